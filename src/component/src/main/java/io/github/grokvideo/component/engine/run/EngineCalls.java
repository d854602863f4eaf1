// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;

/** Starts callers' steps on a work thread, and always completes them on a callback thread. */
public final class EngineCalls {

    private final JobTimer timer;
    private final Executor work;
    private final Executor callbacks;

    public EngineCalls(JobTimer timer, Executor work, Executor callbacks) {
        this.timer = timer;
        this.work = work;
        this.callbacks = callbacks;
    }

    /** @return fails only with a {@link GrokVideoException} */
    public <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            work.execute(() -> {
                try {
                    step.get().whenComplete((value, failure) -> end(result, value, failure));
                } catch (RuntimeException | Error e) {
                    // An Error too: it must not be hidden by an exchange that never completes.
                    end(result, null, e);
                }
            });
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(null));
        }
        return result;
    }

    /**
     * As {@link #begin(Supplier)}, with a timeout from now on that applies even if no work thread is free or the step does not return.
     *
     * @param overdue supplies the timeout error, which does not end the step; called on a callback thread
     */
    public <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> step, Duration limit, Supplier<GrokVideoException> overdue) {
        CompletableFuture<T> result = begin(step);
        if (!result.isDone()) {
            JobTimer.Cancellable alarm = timer.schedule(limit, () -> callbacks.execute(() -> {
                if (!result.isDone()) {
                    result.completeExceptionally(overdue.get());
                }
            }));
            result.whenComplete((value, failure) -> alarm.cancel());
        }
        return result;
    }

    private <T> void end(CompletableFuture<T> result, T value, Throwable failure) {
        callbacks.execute(() -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(typed(EngineErrors.unwrap(failure)));
            }
        });
    }

    private static GrokVideoException typed(Throwable failure) {
        if (failure instanceof GrokVideoException known) {
            return known;
        }
        GrokVideoException unexpected = JobError.of(ErrorType.JOB_FAILED, "Unexpected: " + failure, Charged.UNKNOWN)
                .toException(null, null);
        unexpected.initCause(failure);
        return unexpected;
    }
}
