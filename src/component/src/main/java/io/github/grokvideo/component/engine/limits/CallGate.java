// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits concurrent calls, urgent ones first; the others wait as queue entries, not as threads. Thread-safe. */
public final class CallGate {

    private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

    private record Call<T>(Supplier<CompletableFuture<T>> start, CompletableFuture<T> result) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Call<?>> urgent = new ArrayDeque<>();
    private final Queue<Call<?>> ordinary = new ArrayDeque<>();
    private final Executor work;
    private int limit;
    private int running;

    /** @param work starts calls that had to wait, so that the transport's thread that ends a call is not blocked */
    public CallGate(int calls, Executor work) {
        this.limit = calls;
        this.work = work;
    }

    public <T> CompletableFuture<T> urgent(Supplier<CompletableFuture<T>> call) {
        return enter(urgent, call);
    }

    public <T> CompletableFuture<T> ordinary(Supplier<CompletableFuture<T>> call) {
        return enter(ordinary, call);
    }

    /** Starts waiting calls if the limit grows. If it shrinks, running calls go on, and no other starts until they are few enough. */
    public void resize(int calls) {
        lock.lock();
        try {
            limit = calls;
        } finally {
            lock.unlock();
        }
        begin(0);
    }

    public int inFlight() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    public int waiting() {
        lock.lock();
        try {
            return urgent.size() + ordinary.size();
        } finally {
            lock.unlock();
        }
    }

    private <T> CompletableFuture<T> enter(Queue<Call<?>> queue, Supplier<CompletableFuture<T>> start) {
        Call<T> call = new Call<>(start, new CompletableFuture<>());
        lock.lock();
        try {
            if (running >= limit) {
                queue.add(call);
                return call.result();
            }
            running++;
        } finally {
            lock.unlock();
        }
        start(call);
        return call.result();
    }

    private <T> void start(Call<T> call) {
        CompletableFuture<T> begun;
        try {
            begun = Objects.requireNonNull(call.start().get(), "a call without a result");
        } catch (RuntimeException | Error e) {
            if (e instanceof Error) {
                LOG.error("A call could not be started", e);
            }
            begun = CompletableFuture.failedFuture(e);
        }
        begun.whenComplete((value, failure) -> {
            try {
                begin(1);
            } finally {
                if (failure == null) {
                    call.result().complete(value);
                } else {
                    call.result().completeExceptionally(failure);
                }
            }
        });
    }

    /**
     * Starts the waiting calls for which there is room.
     *
     * @param ended running calls that have just ended; their places go to waiting calls, not to new ones
     */
    private void begin(int ended) {
        int over = ended;
        for (Call<?> next = next(over); next != null; next = next(over)) {
            Call<?> begun = next;
            over = 0;
            try {
                work.execute(() -> start(begun));
            } catch (RejectedExecutionException stopped) {
                // The engine has closed: fail this call, and pass its place on to the next.
                over = 1;
                begun.result().completeExceptionally(stopped);
            }
        }
    }

    /** @return the call that gets a place; null = none is waiting, or there is no room */
    private Call<?> next(int ended) {
        lock.lock();
        try {
            running -= ended;
            if (running >= limit) {
                return null;
            }
            Call<?> next = urgent.isEmpty() ? ordinary.poll() : urgent.poll();
            if (next != null) {
                running++;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
