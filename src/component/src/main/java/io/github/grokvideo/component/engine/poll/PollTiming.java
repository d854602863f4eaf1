// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.schedule.JobProgress;
import io.github.grokvideo.component.engine.schedule.LearntSchedule;
import io.github.grokvideo.component.engine.schedule.PollSchedule;
import io.github.grokvideo.component.engine.schedule.RenderHistories;
import io.github.grokvideo.component.job.VideoJob;

/** When a job is polled: as learnt from jobs of its kind, or by its age as long as nothing is known about them. Thread-safe. */
public final class PollTiming {

    /** Spreads the queries of jobs that were submitted together; small, since the learnt time is worth more the better it is kept. */
    private static final double JITTER = 0.02;

    private final RenderHistories histories;
    private final RandomGenerator random;

    public PollTiming(EngineParts parts, RenderHistories histories) {
        this.histories = histories;
        this.random = parts.random();
    }

    LearntSchedule learnt(VideoJob job) {
        return histories.of(job);
    }

    /** @return time until the first status query of a job that was just accepted */
    public Duration first(VideoJob job, AccountLimits limits, Instant now) {
        Duration first = limits.firstPoll(job, now);
        if (first.isZero()) {
            return first;
        }
        return learnt(learnt(job), JobProgress.none(), Duration.ZERO, limits, limits.pollSchedule(job.id(), now)).orElse(first);
    }

    /** @return time until the next status query of a job that is open at this age */
    Duration next(PollWatch watch, Duration age, Integer progress, Instant now) {
        JobProgress before = watch.notes.progress();
        JobProgress known = watch.notes.open(age, progress);
        PollSchedule bounds = watch.schedule(now);
        if (isClose(before, age, bounds)) {
            watch.learnt.open(before, age);
        }
        return learnt(watch.learnt, known, age, watch.limits, bounds).orElseGet(() -> bounds.next(age, progress, random.nextDouble()));
    }

    private Optional<Duration> learnt(
            LearntSchedule kind, JobProgress progress, Duration age, AccountLimits limits, PollSchedule bounds) {
        return kind.next(progress, age, bounds, limits.account().pollEagerness())
                .map(wait -> Duration.ofMillis((long) (wait.toMillis() * (1 + JITTER * random.nextDouble()))));
    }

    /** A status query has found a job ended at this age. */
    void ended(PollWatch watch, Duration age, Instant now) {
        JobProgress known = watch.notes.progress();
        if (isClose(known, age, watch.schedule(now))) {
            watch.learnt.ended(known, age);
        }
    }

    /** After an outage the end may have been at any time in it, and another node may have polled the job. */
    private static boolean isClose(JobProgress before, Duration age, PollSchedule bounds) {
        return age.minus(before.openUntil()).compareTo(bounds.longest().multipliedBy(2)) <= 0;
    }
}
