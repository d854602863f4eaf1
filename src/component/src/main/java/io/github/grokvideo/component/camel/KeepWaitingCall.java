// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call with {@code keepWaiting}: it survives failures that pass by themselves or that an operator can fix. After each failure it pauses,
 * with a growing backoff, and resumes its job by id, which costs nothing.
 */
final class KeepWaitingCall {

    private static final Logger LOG = LoggerFactory.getLogger(KeepWaitingCall.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.2);

    private final GrokVideoComponent component;
    private final VideoEngine engine;
    private final Object waiter;
    private final Function<Boolean, CompletableFuture<String>> find;
    private final BiFunction<String, Duration, CompletableFuture<VideoJob>> video;
    private final boolean submitOnly;
    private final CompletableFuture<VideoJob> outcome = new CompletableFuture<>();
    /** Attempts run one after another, possibly on different threads. */
    private volatile String jobId;
    private volatile boolean accepted;
    private volatile int failures;
    private volatile boolean warned;

    /**
     * @param jobId id of the job, for pauses before the job has begun
     * @param find  begins or finds the job and returns its id; its argument says whether an earlier attempt may have begun the job
     * @param video waits for the video of a job; gets the time spent since the attempt began
     */
    KeepWaitingCall(
            GrokVideoComponent component, String jobId, Object waiter, Function<Boolean, CompletableFuture<String>> find,
            BiFunction<String, Duration, CompletableFuture<VideoJob>> video) {
        this(component, jobId, waiter, find, video, false);
    }

    private KeepWaitingCall(
            GrokVideoComponent component, String jobId, Object waiter, Function<Boolean, CompletableFuture<String>> find,
            BiFunction<String, Duration, CompletableFuture<VideoJob>> video, boolean submitOnly) {
        this.component = component;
        this.engine = component.getEngine();
        this.jobId = jobId;
        this.waiter = waiter;
        this.find = find;
        this.video = video;
        this.submitOnly = submitOnly;
    }

    /**
     * A submit that is retried until its account can submit.
     *
     * @param submit its argument says whether an earlier attempt may have begun the job
     */
    static KeepWaitingCall ofSubmit(
            GrokVideoComponent component, String jobId, Object waiter, Function<Boolean, CompletableFuture<VideoJob>> submit) {
        AtomicReference<VideoJob> submitted = new AtomicReference<>();
        return new KeepWaitingCall(component, jobId, waiter, again -> submit.apply(again).thenApply(job -> {
            submitted.set(job);
            return job.id();
        }), (id, spent) -> CompletableFuture.completedFuture(submitted.get()), true);
    }

    /** @return completes with the job, or exceptionally with a failure that ends the wait */
    CompletableFuture<VideoJob> begin() {
        attempt(false);
        return outcome;
    }

    private void attempt(boolean again) {
        CompletableFuture<VideoJob> attempt;
        try {
            attempt = accepted ? video.apply(jobId, Duration.ZERO) : begun(again);
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
            return;
        }
        attempt.whenComplete((job, failure) -> {
            if (failure == null) {
                outcome.complete(job);
            } else {
                failed(GrokVideoProducer.unwrapped(failure));
            }
        });
    }

    private CompletableFuture<VideoJob> begun(boolean again) {
        long begun = System.nanoTime();
        return find.apply(again).thenCompose(id -> {
            jobId = id;
            accepted = true;
            return video.apply(id, Duration.ofNanos(System.nanoTime() - begun));
        });
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof GrokVideoException failure) || !passes(failure)) {
            outcome.completeExceptionally(cause);
            return;
        }
        tell(failure);
        try {
            CompletableFuture<Void> pause = engine.pause(jobId, pause(failure), waiter);
            if (component.routeStops().isStopped(waiter)) {
                // The route may have stopped before this pause was registered.
                engine.detach(waiter);
            }
            pause.whenComplete((over, stopped) -> {
                if (stopped == null) {
                    attempt(true);
                } else {
                    outcome.completeExceptionally(GrokVideoProducer.unwrapped(stopped));
                }
            });
        } catch (RuntimeException | Error e) {
            LOG.debug("Job {}: the call cannot keep waiting", jobId, e);
            outcome.completeExceptionally(failure);
        }
    }

    /** Whether the job is still alive or can still begin. A job that has ended would only fail the same way again. */
    private boolean passes(GrokVideoException failure) {
        return switch (failure.getError().type()) {
            case WAIT_TIMEOUT, STORE_UNAVAILABLE -> true;
            case RATE_LIMITED -> !accepted;
            // Another call or node released the job before it was sent. A detach caused by a stop is not retryable.
            case DETACHED -> !accepted && failure.getError().retryable();
            // A permanent refusal is not retryable.
            case DOWNLOAD_FAILED -> failure.getError().retryable();
            case AUTHENTICATION -> submitOnly || failure.isResumable();
            // A route that only submits, for example from a queue, keeps its message until someone adds credit or raises the limit.
            case INSUFFICIENT_CREDIT, SPEND_LIMIT -> submitOnly;
            default -> false;
        };
    }

    private void tell(GrokVideoException failure) {
        if (warned) {
            LOG.debug("Still waiting for job {}: {}", jobId, failure.getMessage());
        } else {
            warned = true;
            LOG.warn("Still waiting for job {}, because keepWaiting is on: {}", jobId, failure.getMessage());
        }
    }

    /** A call that has timed out needs no growing backoff; one that fails at once does. */
    private Duration pause(GrokVideoException failure) {
        failures = failure.getError().type() == ErrorType.WAIT_TIMEOUT ? 1 : failures + 1;
        return BACKOFF.after(failures, ThreadLocalRandom.current().nextDouble());
    }
}
