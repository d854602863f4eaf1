package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import io.github.grokvideo.component.job.GrokVideoException;
import io.github.grokvideo.component.provider.ProviderLimits;

/** One account's limits at work: how fast it submits and polls, and how many jobs it has at the gateway. Thread-safe. */
final class AccountLane {

    private record Turn(String jobId, Runnable start) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Turn> queue = new ArrayDeque<>();
    private final Set<String> holders = new HashSet<>();
    private final AtomicInteger submitsWaiting = new AtomicInteger();
    private final RateBucket submits;
    private final RateBucket polls;
    private final boolean shareAfter429;
    private volatile VideoAccount account;
    private volatile boolean pollsShareSubmits;
    private volatile CompletableFuture<Void> recovery = new CompletableFuture<>();

    AccountLane(VideoAccount account) {
        this.account = account;
        ProviderLimits limits = account.provider().limits();
        submits = account.submitsPerSecond() == null
                ? new RateBucket(limits.submitsPerSecond(), limits.submitBurst())
                : new RateBucket(account.submitsPerSecond(), 1);
        polls = new RateBucket(limits.pollsPerSecond(), (int) Math.max(1, limits.pollsPerSecond()));
        shareAfter429 = limits.shareAfter429();
    }

    VideoAccount account() {
        return account;
    }

    /** A key may be renewed while jobs of the account wait. */
    void renew(VideoAccount renewed) {
        account = renewed;
    }

    /** What an earlier engine left open of the account has been taken up. */
    void recovered() {
        recovery.complete(null);
    }

    /** Those who wait for it fail; who comes later waits for the next try. */
    void recoveryFailed(GrokVideoException reason) {
        CompletableFuture<Void> failed = recovery;
        if (!failed.isDone()) {
            recovery = new CompletableFuture<>();
            failed.completeExceptionally(reason);
        }
    }

    <T> CompletableFuture<T> afterRecovery(Executor work, Supplier<CompletableFuture<T>> step) {
        CompletableFuture<Void> first = recovery;
        return first.isDone() ? step.get() : first.thenComposeAsync(done -> step.get(), work);
    }

    PollSchedule pollSchedule() {
        ProviderLimits limits = account.provider().limits();
        return new PollSchedule(
                account.pollInterval() == null ? limits.pollInterval() : account.pollInterval(),
                account.maxPollInterval() == null ? limits.maxPollInterval() : account.maxPollInterval());
    }

    Duration firstPoll() {
        return account.pollInterval() == null ? account.provider().limits().firstPoll() : account.pollInterval();
    }

    /** Runs {@code start} as soon as the account may have another job at the gateway, in order of calls; at once if it may now. */
    void whenFree(String jobId, Runnable start) {
        lock.lock();
        try {
            if (account.maxConcurrentJobs() > 0 && holders.size() >= account.maxConcurrentJobs()) {
                queue.add(new Turn(jobId, start));
                return;
            }
            holders.add(jobId);
        } finally {
            lock.unlock();
        }
        start.run();
    }

    /** A job that is at the gateway already takes a place without asking. */
    void hold(String jobId) {
        lock.lock();
        try {
            holders.add(jobId);
        } finally {
            lock.unlock();
        }
    }

    /** The job is no longer at the gateway, or never got there. Further calls do nothing. */
    void release(String jobId) {
        Turn next = null;
        lock.lock();
        try {
            if (holders.remove(jobId)) {
                if (holders.size() < account.maxConcurrentJobs()) {
                    next = queue.poll();
                }
                if (next != null) {
                    holders.add(next.jobId());
                }
            } else {
                queue.removeIf(turn -> turn.jobId().equals(jobId));
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.start().run();
        }
    }

    Duration reserveSubmit(Instant now) {
        submitsWaiting.incrementAndGet();
        return submits.reserve(now);
    }

    void submitStarted() {
        submitsWaiting.decrementAndGet();
    }

    /** The gateway wants no submits for a while. */
    void submitsRejected(Instant until) {
        submits.pauseUntil(until);
    }

    /** @return how long to wait before asking; zero = now. When polls share the submit bucket, submits go first. */
    Duration reservePoll(Instant now) {
        if (!pollsShareSubmits) {
            return polls.reserve(now);
        }
        if (submitsWaiting.get() == 0 && submits.tryTake(now)) {
            return Duration.ZERO;
        }
        return submits.spacing().isZero() ? Duration.ZERO : submits.spacing();
    }

    /** @return whether a permit taken by {@link #reservePoll} stays valid after its wait */
    boolean pollReservationHolds() {
        return !pollsShareSubmits;
    }

    void pollRejected(Instant until) {
        if (shareAfter429) {
            pollsShareSubmits = true;
        }
        polls.pauseUntil(until);
    }
}
