// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
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

    /**
     * One job after the other.
     *
     * @param learn whether what the jobs tell is learnt
     */
    Cost run(int jobs, LearntSchedule learnt, boolean learn) {
        Sum sum = new Sum();
        for (int number = 0; number < jobs; number++) {
            Job job = new Job(learnt, learn);
            while (job.isOpen()) {
                job.query();
            }
            sum.add(job);
        }
        return sum.mean();
    }

    /** Jobs that begin at the same time, and learn from each other. */
    Cost wave(int jobs, LearntSchedule learnt) {
        PriorityQueue<Job> open = new PriorityQueue<>(Comparator.comparing(job -> job.due));
        for (int number = 0; number < jobs; number++) {
            open.add(new Job(learnt, true));
        }
        Sum sum = new Sum();
        while (!open.isEmpty()) {
            Job job = open.poll();
            job.query();
            if (job.isOpen()) {
                open.add(job);
            } else {
                sum.add(job);
            }
        }
        return sum.mean();
    }

    private static final class Sum {

        private int jobs;
        private double queries;
        private double lag;

        void add(Job job) {
            jobs++;
            queries += job.queries;
            lag += job.lag();
        }

        Cost mean() {
            return new Cost(queries / jobs, lag / jobs);
        }
    }

    private final class Job {

        private final LearntSchedule learnt;
        private final boolean learn;
        private final double end = distribution.next(random);
        private JobProgress known = JobProgress.none();
        /** Age at the next query, or at that which has found the job ended. */
        private Duration due;
        private int queries;
        private boolean ended;

        Job(LearntSchedule learnt, boolean learn) {
            this.learnt = learnt;
            this.learn = learn;
            due = learnt.next(known, Duration.ZERO, BOUNDS, 1).orElse(BOUNDS.shortest());
        }

        boolean isOpen() {
            return !ended;
        }

        double lag() {
            return seconds(due) - end;
        }

        void query() {
            queries++;
            ended = seconds(due) >= end;
            if (ended) {
                if (learn) {
                    learnt.ended(known, due);
                }
                return;
            }
            Integer percent = progress.apply(seconds(due), end);
            if (learn) {
                learnt.open(known, due);
            }
            known = known.open(due, percent);
            due = due.plus(learnt.next(known, due, BOUNDS, 1).orElseGet(() -> BOUNDS.next(due, percent, random.nextDouble())));
        }
    }

    static double seconds(Duration age) {
        return age.toMillis() / 1000.0;
    }
}
