// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.engine.schedule.RenderTimes.Interval;

/** What status queries have told about jobs of one kind and a history does not contain yet. Not thread-safe. */
final class Observations {

    /** Ended jobs that are kept, for a store that stays away. */
    private static final int MAX_ENDED = 1_000;

    private record Ended(JobProgress progress, Duration age) {
    }

    private final List<Ended> ended = new ArrayList<>();
    private final double[] open = new double[RenderTimes.BUCKETS];

    /** A job has ended, as a status query found at this age. */
    void ended(JobProgress progress, Duration age) {
        if (ended.size() < MAX_ENDED) {
            ended.add(new Ended(progress, age));
        }
    }

    /** A status query has found a job open at this age. */
    void open(JobProgress before, Duration age) {
        Interval.of(before.openUntil(), age).addOpen(open);
    }

    /** Jobs that have ended. */
    int jobs() {
        return ended.size();
    }

    /** Adds what was observed later. */
    void add(Observations later) {
        later.ended.forEach(job -> ended(job.progress(), job.age()));
        for (int bucket = 0; bucket < open.length; bucket++) {
            open[bucket] += later.open[bucket];
        }
    }

    RenderHistory addedTo(RenderHistory before) {
        RenderHistory sum = before.with(before.times().with(open,
                ended.stream().map(job -> Interval.of(job.progress().openUntil(), job.age())).toList()));
        for (Ended job : ended) {
            sum = sum.with(job.progress(), job.age());
        }
        return sum;
    }
}
