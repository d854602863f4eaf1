// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** When jobs of one kind are polled, learnt from those that have ended. Thread-safe. */
public final class LearntSchedule {

    /** Plans are made anew after so many jobs, and later after a twentieth of those that are known: it takes a few milliseconds. */
    private static final int FEW = 5;
    /** The first query, if progress is to be read: as a share of the time by which half of the jobs have ended. */
    private static final double FIRST_LOOK = 0.25;

    private record Terms(PollSchedule bounds, double eagerness) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Terms, PollPlan> plans = new ConcurrentHashMap<>();
    private final boolean stored;
    private volatile RenderHistory history = RenderHistory.none();
    /** What is not in {@link #history} yet. */
    private Observations since = new Observations();
    /** What is not stored yet. */
    private Observations unstored = new Observations();
    /** Before that, what {@link #added} has returned and may have been stored; null = there is nothing. */
    private Observations beingStored;

    /** @param stored whether {@link #added} is called from time to time */
    LearntSchedule(boolean stored) {
        this.stored = stored;
    }

    /**
     * @param  progress  what is known about the job
     * @param  age       time since ACCEPTED
     * @param  eagerness queries, as a multiple of those that would be made without knowledge; more than 0
     * @return           time until the next status query; empty = too little is known, or the job takes longer than all others
     */
    public Optional<Duration> next(JobProgress progress, Duration age, PollSchedule bounds, double eagerness) {
        RenderHistory known = history;
        if (!known.times().isEnough()) {
            return Optional.empty();
        }
        PollPlan plan = plans.computeIfAbsent(new Terms(bounds, eagerness), terms -> PollPlan.of(
                known.times(), bounds, bounds.queriesUnlearnt(known.times()) * eagerness));
        double now = age.toMillis() / 1000.0;
        double wait = plan.after(now) - now;
        if (known.isProgressTrusted()) {
            if (progress.left().isPresent()) {
                wait = known.untilQuery(progress.left().getAsDouble(), progress.rounding(), plan.price());
            } else if (progress.openUntil().isZero()) {
                wait = Math.min(wait, known.times().median() * FIRST_LOOK);
            }
        }
        if (wait <= 0) {
            return Optional.empty();
        }
        long millis = Math.round(wait * 1000);
        return Optional.of(Duration.ofMillis(Math.max(bounds.least().toMillis(), Math.min(bounds.longest().toMillis(), millis))));
    }

    /** A status query has found a job open at this age. */
    public void open(JobProgress before, Duration age) {
        lock.lock();
        try {
            since.open(before, age);
            if (stored) {
                unstored.open(before, age);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A status query has found that a job has ended, with or without a video. */
    public void ended(JobProgress progress, Duration age) {
        lock.lock();
        try {
            if (stored) {
                unstored.ended(progress, age);
            }
            since.ended(progress, age);
            if (since.jobs() >= Math.max(FEW, history.times().jobs() / 20)) {
                continueWith(since.addedTo(history));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether jobs have ended here that are not stored yet. */
    boolean hasNews() {
        lock.lock();
        try {
            return unstored.jobs() > 0 || beingStored != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the jobs that were observed here to what is stored.
     *
     * @param  before as it was read; null = nothing is stored
     * @return        what to store; null = no job has ended
     */
    String added(String before) {
        lock.lock();
        try {
            takeBack();
            if (unstored.jobs() == 0) {
                return null;
            }
            beingStored = unstored;
            unstored = new Observations();
            return HistoryText.write(beingStored.addedTo(before == null ? RenderHistory.none() : HistoryText.read(before)));
        } finally {
            lock.unlock();
        }
    }

    /** What was being stored may not have been. */
    private void takeBack() {
        if (beingStored != null) {
            beingStored.add(unstored);
            unstored = beingStored;
            beingStored = null;
        }
    }

    /**
     * Continues with what is stored now, by this node or another one.
     *
     * @param hasAdded whether it contains what {@link #added} has returned last
     */
    void renew(String now, boolean hasAdded) {
        lock.lock();
        try {
            if (hasAdded) {
                beingStored = null;
            }
            takeBack();
            continueWith(unstored.addedTo(HistoryText.read(now)));
        } finally {
            lock.unlock();
        }
    }

    private void continueWith(RenderHistory now) {
        history = now;
        since = new Observations();
        plans.clear();
    }
}
