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
import io.github.grokvideo.component.engine.schedule.LearntSchedule;
import io.github.grokvideo.component.engine.schedule.PollSchedule;
import io.github.grokvideo.component.job.VideoJob;

/** A job that the {@link Poller} polls, and the callers that want the next answer. The lock guards the timer entry and the callers. */
final class PollWatch {

    final String jobId;
    final String taskId;
    final Instant acceptedAt;
    /** Submitted elsewhere: if the task is unknown, the id may be wrong. */
    final boolean adopted;
    /** Whether the gateway puts the video elsewhere itself. */
    final boolean elsewhere;
    final AccountLimits limits;
    final ReentrantLock lock = new ReentrantLock();
    /** Consecutive queries without a usable answer. */
    volatile int noAnswers;
    /** Consecutive queries for which the key was rejected. */
    volatile int refusals;
    volatile Instant dueAt;
    /** Until then a new waiter does not bring the next query forward; null = no restriction. */
    private volatile Instant quietUntil;
    final PollNotes notes;
    /** What is known about jobs of its kind. */
    final LearntSchedule learnt;
    boolean asking;
    /** Another query follows the one in flight, which may have been sent too early. */
    private boolean hinted;
    private final List<CompletableFuture<VideoJob>> askers = new ArrayList<>(0);
    private JobTimer.Cancellable next = () -> { };
    private boolean over;

    /** As the job was read just before its only query; null = it is polled for long, so only the store knows how it stands. */
    final VideoJob justRead;

    PollWatch(VideoJob job, AccountLimits limits, PollNotes notes, LearntSchedule learnt, boolean once) {
        this.jobId = job.id();
        this.taskId = job.taskId();
        this.acceptedAt = job.acceptedAt();
        this.adopted = job.request() == null;
        this.elsewhere = job.details().uploadTo() != null;
        this.limits = limits;
        this.noAnswers = job.misses();
        this.notes = notes;
        this.learnt = learnt;
        this.justRead = once ? job : null;
    }

    /**
     * Adds a caller that wants the next answer, and brings the query forward.
     *
     * @return false = there will be no further answer
     */
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

    PollSchedule schedule(Instant now) {
        return limits.pollSchedule(jobId, now);
    }

    /** The key was rejected again: new waiters should see it retried, but not without a pause. */
    Duration refused(Instant now) {
        Duration pause = KeyGate.BACKOFF.after(++refusals);
        quietUntil = now.plus(pause);
        return pause;
    }

    void notRefused() {
        refusals = 0;
        quietUntil = null;
    }

    /** Brings the next query forward, but not before the pause after a rejected key. */
    void wake(JobTimer timer, Runnable due) {
        bringForward(timer, due);
    }

    /**
     * As {@link #wake}, for news about the job: if a query is in flight, another one follows it.
     *
     * @return by how much the next query was brought forward
     */
    Duration hint(JobTimer timer, Runnable due) {
        lock.lock();
        try {
            if (asking) {
                hinted = true;
                return Duration.ZERO;
            }
            return bringForward(timer, due);
        } finally {
            lock.unlock();
        }
    }

    /** The query is sent now: it answers earlier hints. */
    void sent() {
        lock.lock();
        try {
            hinted = false;
        } finally {
            lock.unlock();
        }
    }

    private Duration bringForward(JobTimer timer, Runnable due) {
        lock.lock();
        try {
            Instant now = timer.now();
            Instant earliest = quietUntil == null || quietUntil.isBefore(now) ? now : quietUntil;
            if (over || asking || dueAt == null || !earliest.isBefore(dueAt)) {
                return Duration.ZERO;
            }
            Duration sooner = Duration.between(earliest, dueAt);
            at(Duration.between(now, earliest), timer, due);
            return sooner;
        } finally {
            lock.unlock();
        }
    }

    /** Schedules the next query after the delay, or immediately if callers want an answer. */
    void schedule(Duration delay, JobTimer timer, Runnable due) {
        lock.lock();
        try {
            asking = false;
            at(askers.isEmpty() && !hinted ? delay : Duration.ZERO, timer, due);
        } finally {
            lock.unlock();
        }
    }

    /** Call only with the lock held. */
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
