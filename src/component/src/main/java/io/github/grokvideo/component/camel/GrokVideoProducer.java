// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import io.github.grokvideo.component.camel.options.Amounts;
import io.github.grokvideo.component.camel.request.FieldValue;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base of all operations: starts an asynchronous engine call for an exchange, calls the callback exactly once, and sets the outcome headers
 * on success and on failure.
 *
 * @param <T> the engine's result
 */
abstract class GrokVideoProducer<T> extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(GrokVideoProducer.class);

    private final GrokVideoEndpoint endpoint;
    private volatile VideoAccount account;

    GrokVideoProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Starts the call. An exception thrown here fails the exchange. */
    abstract CompletableFuture<T> begin(Exchange exchange) throws Exception;

    /** Puts the result into the message. An exception thrown here fails the exchange. */
    abstract void succeed(Exchange exchange, T answer) throws Exception;

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        long begun = System.nanoTime();
        CompletableFuture<T> future;
        try {
            OutcomeHeaders.clear(exchange.getMessage());
            future = begin(exchange);
        } catch (Throwable e) {
            end(exchange, begun, null, e);
            callback.done(true);
            return true;
        }
        if (future.isDone()) {
            future.whenComplete((answer, failure) -> end(exchange, begun, answer, failure));
            callback.done(true);
            return true;
        }
        future.whenComplete((answer, failure) -> {
            end(exchange, begun, answer, failure);
            callback.done(false);
        });
        return false;
    }

    /** Never throws, since the callback must still be called. */
    private void end(Exchange exchange, long begun, T answer, Throwable failure) {
        Throwable cause = failure;
        try {
            if (cause == null) {
                succeed(exchange, answer);
            }
        } catch (Throwable e) {
            cause = e;
        }
        try {
            if (cause != null) {
                cause = unwrapped(cause);
                exchange.setException(cause);
                fail(exchange, cause);
            }
            exchange.getMessage().setHeader(GrokVideoConstants.WAIT_MILLIS, Duration.ofNanos(System.nanoTime() - begun).toMillis());
        } catch (Throwable e) {
            LOG.warn("The headers of exchange {} are incomplete", exchange.getExchangeId(), e);
        }
    }

    /** Sets the headers of the failure. Operations override it to clean up. */
    void fail(Exchange exchange, Throwable failure) {
        if (failure instanceof GrokVideoException known) {
            Optional<VideoJob> found = find(known.getJobId());
            found.ifPresent(job -> OutcomeHeaders.job(exchange.getMessage(), job, false));
            OutcomeHeaders.failure(exchange.getMessage(), known, found.orElse(null));
        }
        if (failure instanceof DetachedException) {
            endpoint.getComponent().quietDetachment().of(exchange);
        }
    }

    /** @param jobId null = there is none */
    Optional<VideoJob> find(String jobId) {
        try {
            return jobId == null ? Optional.empty()
                    : endpoint.getComponent().startedEngine().flatMap(engine -> engine.find(jobId));
        } catch (GrokVideoException e) {
            LOG.debug("Job {} cannot be looked up", jobId, e);
            return Optional.empty();
        }
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The account that pays for this message: the one its header names, else the endpoint's. */
    VideoAccount account(Exchange exchange) {
        String name = exchange.getMessage().getHeader(GrokVideoConstants.ACCOUNT, String.class);
        if (name == null || name.isBlank()) {
            return account;
        }
        try {
            return endpoint.getComponent().account(name.strip());
        } catch (IllegalArgumentException e) {
            throw InvalidRequestException.of(
                    null, null, java.util.List.of(new Violation("account", FieldValue.shown(name), e.getMessage())));
        }
    }

    /** What one job may cost; null = as its account says. The component's own option is the limit of the account default. */
    Cost maxJobCost() {
        String most = options().getMaxJobCost();
        return Objects.equals(most, endpoint.getComponent().getConfiguration().getMaxJobCost()) ? null
                : Amounts.cost("maxJobCost", most);
    }

    /**
     * Waits for a job's video until the waiter's route stops.
     *
     * @param spent part of waitTimeout used before this wait; not negative
     */
    CompletableFuture<VideoJob> await(String jobId, Duration spent, Object waiter) {
        CompletableFuture<VideoJob> video = engine().await(new AwaitOrder(
                jobId, options().getOutput() == GrokVideoOutput.url, options().getWaitTimeout(), spent, waiter));
        if (endpoint.getComponent().routeStops().isStopped(waiter)) {
            // The route may have stopped before this wait was registered.
            engine().detach(waiter);
        }
        return video;
    }

    /**
     * Waits for the video of a call's job; with keepWaiting, through temporary failures.
     *
     * @param jobId id under which the job is begun
     * @param find  begins or finds the job and returns its id; its argument says whether an earlier attempt of this call may have begun it
     */
    CompletableFuture<VideoJob> video(String jobId, Object waiter, Function<Boolean, CompletableFuture<String>> find) {
        // waitTimeout=0 only checks whether the video is ready.
        if (options().isKeepWaiting() && !options().getWaitTimeout().isZero()) {
            return new KeepWaitingCall(endpoint.getComponent(), jobId, waiter, find, (id, spent) -> await(id, spent, waiter)).begin();
        }
        long begun = System.nanoTime();
        return find.apply(false).thenCompose(id -> await(id, Duration.ofNanos(System.nanoTime() - begun), waiter));
    }

    /** Sets the job's headers; the URL keeps its secret query only with output=url. */
    void jobHeaders(Exchange exchange, VideoJob job) {
        OutcomeHeaders.job(exchange.getMessage(), job, options().getOutput() == GrokVideoOutput.url);
    }

    Optional<String> header(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.getMessage().getHeader(name, String.class)).map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    GrokVideoConfiguration options() {
        return endpoint.getConfiguration();
    }

    VideoEngine engine() {
        return endpoint.getComponent().getEngine();
    }

    @Override
    public GrokVideoEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        account = endpoint.checked();
    }
}
