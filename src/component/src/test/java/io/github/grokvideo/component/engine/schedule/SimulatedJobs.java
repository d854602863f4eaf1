// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.Random;
import java.util.function.BiFunction;

/** Jobs that are polled in simulated time. */
final class SimulatedJobs {

    static final PollSchedule BOUNDS = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60));

    /**
     * Means of many jobs.
     *
     * @param lag seconds between the end of a job and the query that notices it
     */
    record Cost(double queries, double lag) {

        double product() {
            return queries * lag;
        }
    }

    private final Random random = new Random(7);
    private final RenderDistribution distribution;
    /** The percentage that a job of this length tells at this age, in seconds; null = none. */
    private final BiFunction<Double, Double, Integer> progress;

    SimulatedJobs(RenderDistribution distribution, BiFunction<Double, Double, Integer> progress) {
        this.distribution = distribution;
        this.progress = progress;
    }

    /** @param learn whether what the jobs tell is learnt */
    Cost run(int jobs, LearntSchedule learnt, boolean learn) {
        double queries = 0;
        double lag = 0;
        for (int job = 0; job < jobs; job++) {
            double end = distribution.next(random);
            JobProgress known = JobProgress.none();
            Integer percent = null;
            Duration age = Duration.ZERO;
            for (boolean open = true; open;) {
                Duration now = age;
                Integer told = percent;
                age = age.plus(learnt.next(known, now, BOUNDS, 1).orElseGet(() -> now.isZero() ? BOUNDS.shortest()
                        : BOUNDS.next(now, told, random.nextDouble())));
                queries++;
                open = seconds(age) < end;
                if (open) {
                    percent = progress.apply(seconds(age), end);
                    known = known.open(age, percent);
                }
            }
            lag += seconds(age) - end;
            if (learn) {
                learnt.ended(known, age);
            }
        }
        return new Cost(queries / jobs, lag / jobs);
    }

    static double seconds(Duration age) {
        return age.toMillis() / 1000.0;
    }
}
