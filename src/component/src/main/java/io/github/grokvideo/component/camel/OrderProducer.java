// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.observe.Observers;
import io.github.grokvideo.component.camel.request.JobLabels;
import io.github.grokvideo.component.camel.request.MediaDirectories;
import io.github.grokvideo.component.camel.request.RequestReader;
import io.github.grokvideo.component.camel.work.SubmitMemory;
import io.github.grokvideo.component.camel.work.WorkScope;
import io.github.grokvideo.component.camel.work.WorkScopes;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;

/** Base of the operations that spend money: one order per call, and the same job if Camel redelivers the call. */
abstract class OrderProducer extends GrokVideoProducer<VideoJob> {

    /** Exchange property: the {@link SubmitMemory.Call} in progress. */
    private static final String CALL = "CamelGrokVideoCall";
    private volatile AutoJobKeyUse autoJobKeys;
    private volatile List<VideoAccount> failover = List.of();

    OrderProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Fails on a wrong mediaPublisher before the first job.
        publisher();
        Path directory = VideoTarget.directory(options());
        if (directory != null && options().getOutput() != GrokVideoOutput.url) {
            engine().tryOut(directory);
        }
        failover = FailoverAccounts.of(getEndpoint().getComponent(), options());
        autoJobKeys = new AutoJobKeyUse(getEndpoint());
    }

    /** @return null = none */
    private MediaPublisher publisher() {
        String uri = options().getMediaPublisher();
        return uri == null || uri.isBlank() ? null : getEndpoint().getComponent().publisher(uri);
    }

    /** Whether the call returns without waiting for the video. */
    abstract boolean isDetached();

    /**
     * Submits the job, unless that was done before.
     *
     * @return the outcome of the call
     */
    abstract CompletableFuture<VideoJob> ordered(VideoOrder order);

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        VideoOrder order = order(exchange);
        List<String> own = order.accounts().stream().map(order::jobId).toList();
        Observers observers = getEndpoint().getComponent().observers();
        own.forEach(observers::begun);
        // With failover, the call has one job in the end: the first account's, or the one that its outcome is about.
        return autoJobKeys.explained(exchange, own, ordered(order).whenComplete((job, failure) -> own.stream().skip(1)
                .filter(id -> !id.equals(job == null ? jobId(failure) : job.id())).forEach(observers::notBegun)));
    }

    /** @return null = the failure is about no job */
    private static String jobId(Throwable failure) {
        return unwrapped(failure) instanceof GrokVideoException known ? known.getJobId() : null;
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) throws Exception {
        jobHeaders(exchange, job);
        handOn(exchange, job);
        autoJobKeys.succeeded(exchange, job);
        if (exchange.removeProperty(CALL) instanceof SubmitMemory.Call call) {
            call.handedOn(exchange);
        }
    }

    /** Puts the outcome into the body. */
    abstract void handOn(Exchange exchange, VideoJob job) throws Exception;

    @Override
    void fail(Exchange exchange, Throwable failure) {
        if (exchange.removeProperty(CALL) instanceof SubmitMemory.Call call) {
            call.failed(failure instanceof GrokVideoException known && createdNothing(known));
        }
        super.fail(exchange, failure);
    }

    /**
     * A resumable failure leaves a live job, unless it happened before there was one. If the store is unavailable, an earlier call may
     * already have paid for a job. A job that was still queued when its wait timed out will still be sent.
     */
    private boolean createdNothing(GrokVideoException failure) {
        return failure.getCharged() == Charged.NO && !(failure instanceof StoreUnavailableException)
                && !(failure instanceof WaitTimeoutException)
                && (!failure.isResumable() || find(failure.getJobId()).isEmpty());
    }

    private VideoOrder order(Exchange exchange) {
        OutcomeHeaders.clearJob(exchange.getMessage());
        VideoAccount account = account(exchange);
        OutcomeHeaders.account(exchange.getMessage(), account.provider().name(), account.name());
        VideoTarget place = VideoTarget.of(exchange, options());
        VideoRequest request = RequestReader.read(
                exchange, options(), MediaDirectories.of(options().getMediaDirectories()));
        String jobKey = header(exchange, GrokVideoConstants.JOB_KEY).orElse(options().getJobKey());
        if (jobKey != null) {
            getEndpoint().getComponent().warnIfNotDurable("jobKey");
        }
        String hash = LocalMedia.hash(request, account.provider().name());
        String key = autoJobKeys.key(exchange, jobKey, account, hash);
        String jobId = call(exchange, String.join("|", getEndpoint().getOperation().name(), account.name(),
                jobKey == null ? "" : jobKey, hash)).jobId();
        return VideoOrder.builder(jobId, account, request).failover(failover).jobKey(key).onFailedKey(options().getOnFailedKey())
                .submitUnknown(options().getSubmitUnknown()).onBudget(options().getOnBudget())
                .maxJobCost(maxJobCost())
                .directory(place.directory()).name(place.name())
                .urlOnly(options().getOutput() == GrokVideoOutput.url).mediaPublisher(publisher())
                .waiter(RouteStops.waiter(exchange)).labels(JobLabels.read(exchange, options().getTag(), isDetached()))
                .priority(JobLabels.priority(exchange, options().getPriority())).build();
    }

    private static SubmitMemory.Call call(Exchange exchange, String request) {
        WorkScope scope = WorkScopes.of(exchange.getContext()).of(exchange);
        SubmitMemory.Call call = scope.memory().begin(request, exchange, scope);
        exchange.setProperty(CALL, call);
        return call;
    }
}
