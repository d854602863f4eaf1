package io.github.grokvideo.component.camel;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.GrokVideoException;
import io.github.grokvideo.component.job.InvalidRequestException;
import io.github.grokvideo.component.job.RequestHash;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.Violation;
import org.apache.camel.Exchange;

/** What the operations that spend money share: one order per call, and the same job for a call that Camel repeats. */
abstract class OrderProducer extends GrokVideoProducer<VideoJob> {

    /** Exchange property: the call in progress, as {@link SubmitMemory} names it. */
    private static final String CALL = "CamelGrokVideoCall";
    private static final AtomicLong COUNT = new AtomicLong();

    private final long identity = COUNT.incrementAndGet();
    /** null = none. */
    private volatile MediaPublisher publisher;
    private volatile AutoJobKeyUse autoJobKeys;

    OrderProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String uri = options().getMediaPublisher();
        publisher = uri == null || uri.isBlank() ? null : new MediaPublisher(getEndpoint().getCamelContext(), uri);
        autoJobKeys = new AutoJobKeyUse(getEndpoint());
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (publisher != null) {
            publisher.close();
        }
    }

    /** Whether nobody waits for the video. */
    abstract boolean isDetached();

    /** What follows a submit that the gateway has taken. */
    abstract CompletableFuture<VideoJob> accepted(VideoJob job);

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        VideoOrder order = order(exchange);
        return autoJobKeys.explained(exchange, order.jobId(), engine().submit(order).thenCompose(this::accepted));
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) throws Exception {
        jobHeaders(exchange, job);
        handOn(exchange, job);
        autoJobKeys.endedWell(exchange, job);
        String call = exchange.getProperty(CALL, String.class);
        SubmitMemory.done(exchange, call, job.id());
        exchange.removeProperty(CALL);
    }

    /** Puts the outcome into the body. */
    abstract void handOn(Exchange exchange, VideoJob job) throws Exception;

    @Override
    void fail(Exchange exchange, Throwable failure) {
        Object call = exchange.removeProperty(CALL);
        if (call != null && failure instanceof GrokVideoException known && createdNothing(known)) {
            SubmitMemory.forget(exchange, call.toString());
        }
        super.fail(exchange, failure);
    }

    /**
     * A resumable failure has a job that lives on, unless it came before there was one. A store that is away cannot tell: this call
     * may have met a job that an earlier one paid for.
     */
    private boolean createdNothing(GrokVideoException failure) {
        return failure.isCharged() == Charged.NO && !(failure instanceof StoreUnavailableException)
                && (!failure.isResumable() || find(failure.getJobId()).isEmpty());
    }

    private VideoOrder order(Exchange exchange) {
        OutcomeHeaders.clearJob(exchange.getMessage());
        VideoAccount account = account(exchange);
        OutcomeHeaders.account(exchange.getMessage(), account.provider().name(), account.name());
        VideoRequest request = RequestReader.read(exchange, options());
        String jobKey = header(exchange, GrokVideoConstants.JOB_KEY).orElse(options().getJobKey());
        if (jobKey != null) {
            getEndpoint().getComponent().warnIfNotDurable("jobKey");
        }
        String hash = hash(request);
        String key = autoJobKeys.key(exchange, jobKey, account, hash);
        String call = identity + "|" + account.name() + "|" + (jobKey == null ? "" : jobKey) + "|" + hash;
        String jobId = SubmitMemory.find(exchange, call).orElseGet(() -> UUID.randomUUID().toString());
        SubmitMemory.begun(exchange, call, jobId);
        exchange.setProperty(CALL, call);
        getEndpoint().getComponent().observers().begun(jobId);
        String directory = options().getDirectory();
        return new VideoOrder(
                jobId, account, request, key, options().getOnFailedKey(), options().getSubmitUnknown(),
                directory == null || directory.isBlank() ? null : Path.of(directory),
                options().getOutput() == GrokVideoOutput.url, publisher, this,
                JobLabels.read(exchange, options().getTag(), isDetached()));
    }

    private static String hash(VideoRequest request) {
        try {
            return RequestHash.of(request);
        } catch (UncheckedIOException e) {
            throw InvalidRequestException.of(null, request.model(), List.of(new Violation(
                    request.video() == null ? "images" : "images or video", null,
                    "the local file cannot be read: " + e.getCause().getMessage())));
        }
    }
}
