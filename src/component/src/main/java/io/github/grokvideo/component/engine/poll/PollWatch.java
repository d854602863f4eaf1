// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.KeyGate;
import io.github.grokvideo.component.job.VideoJob;

/** One job that the {@link Poller} asks about, and who wants to know the next answer. The lock guards the timer entry and the askers. */
final class PollWatch {

    final String jobId;
    final String taskId;
    final Instant acceptedAt;
    /** Submitted elsewhere: a task that is not known may be a wrong id. */
    final boolean adopted;
    final AccountLimits lane;
    final ReentrantLock lock = new ReentrantLock();
    /** Answers in a row that taught nothing. */
    volatile int noAnswers;
    /** How often in a row the key was refused. */
    volatile int refusals;
    volatile Instant dueAt;
    /** Before that nobody who begins to wait has a query brought forward; null = it may be at once. */
    private volatile Instant quietUntil;
    final PollNotes notes;
    boolean asking;
    private final List<CompletableFuture<VideoJob>> askers = new ArrayList<>(0);
    private JobTimer.Cancellable next = () -> { };
    private boolean over;

    PollWatch(VideoJob job, AccountLimits lane, PollNotes notes) {
        this.jobId = job.id();
        this.taskId = job.taskId();
        this.acceptedAt = job.acceptedAt();
        this.adopted = job.request() == null;
        this.lane = lane;
        this.noAnswers = job.misses();
        this.notes = notes;
    }

    /** Adds one who wants to know, and brings the query forward. @return false = there will be no further answer */
    boolean join(CompletableFuture<VideoJob> asker, JobTimer timer, Runnable due) {
        lock.lock();
        try {
            if (over) {
                return false;
            }
            askers.add(asker);
            if (!asking) {
                at(Duration.ZERO, timer, due);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The key was refused once more: whoever waits anew is to see it tried again, and a refused key is not to be tried all the time. */
    Duration refused(Instant now) {
        Duration pause = KeyGate.BACKOFF.after(++refusals);
        quietUntil = now.plus(pause);
        return pause;
    }

    void notRefused() {
        refusals = 0;
        quietUntil = null;
    }

    /** Brings the next query forward, as far as a refused key lets it. */
    void wake(JobTimer timer, Runnable due) {
        lock.lock();
        try {
            Instant now = timer.now();
            Instant earliest = quietUntil == null || quietUntil.isBefore(now) ? now : quietUntil;
            if (!over && !asking && dueAt != null && earliest.isBefore(dueAt)) {
                at(Duration.between(now, earliest), timer, due);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next query is due after the delay; at once where somebody asks. */
    void schedule(Duration delay, JobTimer timer, Runnable due) {
        lock.lock();
        try {
            asking = false;
            at(askers.isEmpty() ? delay : Duration.ZERO, timer, due);
        } finally {
            lock.unlock();
        }
    }

    /** Only while holding the lock. */
    void at(Duration delay, JobTimer timer, Runnable due) {
        next.cancel();
        dueAt = timer.now().plus(delay);
        next = timer.schedule(delay, due);
    }

    List<CompletableFuture<VideoJob>> takeAskers(boolean isOver) {
        lock.lock();
        try {
            over = isOver;
            List<CompletableFuture<VideoJob>> taken = List.copyOf(askers);
            askers.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void cancel() {
        lock.lock();
        try {
            next.cancel();
        } finally {
            lock.unlock();
        }
    }
}
