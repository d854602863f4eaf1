package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.store.JobStore;

/**
 * Whether the store answers: one cheap read, at most every {@link #FRESH}, on a thread of its own. Whoever asks waits {@link #PATIENCE} at
 * most, however long the store takes. Thread-safe.
 */
final class StoreProbe {

    static final Duration FRESH = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(1);
    /** No job has this id. */
    private static final String NOBODY = "grokvideo-store-probe";

    /**
     * @param error null = it answers
     * @param at    when it was asked
     */
    record Answer(String error, Instant at) {
        boolean isReachable() {
            return error == null;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final JobStore store;
    private final ExecutorService executor;
    private final Clock clock;
    private CompletableFuture<Answer> last;
    private Instant askedAt;

    StoreProbe(JobStore store, ExecutorService executor, Clock clock) {
        this.store = store;
        this.executor = executor;
        this.clock = clock;
    }

    Answer ask() {
        CompletableFuture<Answer> asked = asked();
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return new Answer("no answer for " + Duration.between(askedAt(), clock.instant()).toSeconds() + " s", askedAt());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer("the question was interrupted", clock.instant());
        } catch (ExecutionException e) {
            return new Answer(String.valueOf(e.getCause()), askedAt());
        }
    }

    private Instant askedAt() {
        lock.lock();
        try {
            return askedAt;
        } finally {
            lock.unlock();
        }
    }

    /** A question that is not answered yet is shared: a store that hangs costs one thread. */
    private CompletableFuture<Answer> asked() {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean answered = last != null && last.isDone();
            if (last == null || answered && Duration.between(askedAt, now).compareTo(FRESH) >= 0) {
                askedAt = now;
                last = begin(now);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Answer> begin(Instant now) {
        try {
            return CompletableFuture.supplyAsync(() -> read(now), executor);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.completedFuture(new Answer("the component is stopping", now));
        }
    }

    private Answer read(Instant now) {
        try {
            store.find(NOBODY);
            return new Answer(null, now);
        } catch (RuntimeException away) {
            return new Answer(String.valueOf(away.getMessage()), now);
        }
    }
}
