// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** When jobs of one kind are polled, learnt from those that have ended. Thread-safe. */
public final class LearntSchedule {

    /** The plans are made anew after this many jobs, and then after a twentieth of those that are known: it takes a few milliseconds. */
    private static final int FEW = 5;
    /** Ended jobs that are kept until they are stored, for a store that stays away. */
    private static final int MAX_FRESH = 1_000;
    /** The first query, if progress is to be read: as a share of the time by which half of the jobs have ended. */
    private static final double FIRST_LOOK = 0.25;

    private record Terms(PollSchedule bounds, double eagerness) {
    }

    private record Ended(JobProgress progress, Duration age) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Terms, PollPlan> plans = new ConcurrentHashMap<>();
    private final boolean stored;
    /** Ended jobs that are not stored yet. */
    private final List<Ended> fresh = new ArrayList<>();
    private volatile RenderHistory history = RenderHistory.none();
    private double jobsSincePlans;
    /** Of {@link #fresh}, those that {@link #added} has returned last. */
    private int beingStored;

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

    /** A status query has found that a job has ended, with or without a video. */
    public void ended(JobProgress progress, Duration age) {
        lock.lock();
        try {
            if (stored && fresh.size() < MAX_FRESH) {
                fresh.add(new Ended(progress, age));
            }
            history = history.with(progress, age);
            jobsSincePlans++;
            if (jobsSincePlans >= Math.max(FEW, history.times().jobs() / 20)) {
                forgetPlans();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether jobs have ended here that are not stored yet. */
    boolean hasNews() {
        lock.lock();
        try {
            return !fresh.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the jobs that have ended here to what is stored.
     *
     * @param  before as it was read; null = nothing is stored
     * @return        what to store; null = nothing has been added
     */
    String added(String before) {
        lock.lock();
        try {
            if (fresh.isEmpty()) {
                return null;
            }
            beingStored = fresh.size();
            return HistoryText.write(withFresh(before == null ? RenderHistory.none() : HistoryText.read(before)));
        } finally {
            lock.unlock();
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
                fresh.subList(0, beingStored).clear();
            }
            history = withFresh(HistoryText.read(now));
            forgetPlans();
        } finally {
            lock.unlock();
        }
    }

    private RenderHistory withFresh(RenderHistory known) {
        RenderHistory sum = known;
        for (Ended job : fresh) {
            sum = sum.with(job.progress(), job.age());
        }
        return sum;
    }

    private void forgetPlans() {
        plans.clear();
        jobsSincePlans = 0;
    }
}
