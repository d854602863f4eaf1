// SPDX-License-Identifier: Apache-2.0
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
import java.util.function.Supplier;

/**
 * Checks with one cheap query whether the store or a disk works, on another thread, and reuses the answer for a while. Callers wait
 * {@link #PATIENCE} at most. Thread-safe.
 */
final class Probe {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * @param error null = it works
     * @param at    when it was checked
     */
    record Answer(String error, Instant at) {
        boolean isReachable() {
            return error == null;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<String> question;
    private final Duration fresh;
    private final ExecutorService executor;
    private final Clock clock;
    private CompletableFuture<Answer> last;
    private Instant askedAt;

    /**
     * @param question returns what is wrong, null = nothing; or throws
     * @param fresh    how long an answer is reused
     */
    Probe(Supplier<String> question, Duration fresh, ExecutorService executor, Clock clock) {
        this.question = question;
        this.fresh = fresh;
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
            return new Answer("the check was interrupted", clock.instant());
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

    /** A pending query is shared: a store that hangs blocks one thread. */
    private CompletableFuture<Answer> asked() {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean answered = last != null && last.isDone();
            if (last == null || answered && Duration.between(askedAt, now).compareTo(fresh) >= 0) {
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
            return new Answer(question.get(), now);
        } catch (RuntimeException away) {
            return new Answer(String.valueOf(away.getMessage()), now);
        }
    }
}
