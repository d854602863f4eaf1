// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import io.github.grokvideo.component.job.PlainDuration;

/**
 * Runs untrusted code on separate threads and waits for a limited time, so that the caller is never blocked for long. Code that does not
 * return occupies its thread; after a few such calls, further ones are refused. Thread-safe.
 */
public final class TimeLimit {

    private static final int MAX_OVERDUE = 8;

    private final Executor threads;
    private final Duration limit;
    private final AtomicInteger overdue = new AtomicInteger();

    /**
     * @param threads must provide a thread for each concurrent call
     * @param limit   longer than zero
     */
    public TimeLimit(Executor threads, Duration limit) {
        this.threads = threads;
        this.limit = limit;
    }

    /** @throws TimeoutException completing "the code ...": it has not returned, or was not called */
    <T> T call(Supplier<T> code) throws TimeoutException {
        if (overdue.get() >= MAX_OVERDUE) {
            throw new TimeoutException("was not called because " + MAX_OVERDUE + " earlier calls have not returned yet");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(code.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return await(result);
    }

    /** Ignores interrupts, as when the engine stops: the answer may be about a paid job. Restores the flag at the end. */
    private <T> T await(CompletableFuture<T> result) throws TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            overdue.incrementAndGet();
            result.whenComplete((value, failure) -> overdue.decrementAndGet());
            throw new TimeoutException("has not returned within " + PlainDuration.of(limit));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
