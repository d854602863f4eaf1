package io.github.grokvideo.component.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.GrokVideoException;
import io.github.grokvideo.component.job.JobError;

/** Begins what a caller asked for on a work thread, and answers on a callback thread, whatever happens. */
final class Steps {

    private final Executor work;
    private final Executor callbacks;

    Steps(Executor work, Executor callbacks) {
        this.work = work;
        this.callbacks = callbacks;
    }

    /** @return fails with a {@link GrokVideoException} only */
    <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            work.execute(() -> {
                try {
                    step.get().whenComplete((value, failure) -> end(result, value, failure));
                } catch (RuntimeException | Error e) {
                    // Also an Error: an exchange that never ends would hide it.
                    end(result, null, e);
                }
            });
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(Failures.stopping(null));
        }
        return result;
    }

    private <T> void end(CompletableFuture<T> result, T value, Throwable failure) {
        Runnable end = () -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(typed(Failures.unwrap(failure)));
            }
        };
        try {
            callbacks.execute(end);
        } catch (RejectedExecutionException stopped) {
            // An exchange that never ends would be worse than one that ends on this thread.
            end.run();
        }
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
