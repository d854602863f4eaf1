// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long jobs of one kind take until they end: a life table with logarithmic buckets and weights that decay. It counts the jobs that have
 * ended in each bucket and those that have come so far, so that open jobs count as well: while the first jobs of a kind run, only the short
 * ones have ended (the estimator of Kaplan and Meier). A job's end is only known to lie between two status queries, so its weight is spread
 * over that interval: no library's histogram does both. Immutable.
 */
final class RenderTimes {

    /** From 30 milliseconds, a fast gateway's double, to about two hours. */
    static final int BUCKETS = 626;
    private static final double FIRST_EDGE = 0.03;
    /** Jobs are queried at edges only: with 5 %, jobs of three minutes are noticed a third later. */
    private static final double RATIO = 1.02;
    private static final double[] EDGES = new double[BUCKETS];
    /** Jobs after which the weight of an observation has fallen to about a third: gateways become faster and slower. */
    private static final double MEMORY = 500;
    /** With fewer jobs than this, the times say little. */
    private static final double ENOUGH = 20;
    /**
     * While a larger share of the jobs is open, the times are not relied on: a plan makes up for the early queries that it saves, and these
     * jobs have had theirs. Measured: with a half, the first jobs of a kind take a quarter more queries.
     */
    private static final double MOST_OPEN = 0.05;
    /** Weight of a bucket before anything is observed: one job in all, so that no time is considered impossible. */
    private static final double UNSEEN = 1.0 / BUCKETS;
    /** Beyond the greatest age that was observed, jobs are taken to end at the rate of the buckets before: the last half of that age. */
    private static final int LATEST = 35;
    /** Added to the jobs that ended in these, so that later ends are never impossible. */
    private static final double LEAST_ENDED = 0.5;
    /**
     * A bucket's weight is shared with its neighbours, up to so many on each side that together they have this share of all jobs:
     * differences between narrow buckets are chance, and peaks stay sharp. Measured: with less, and with fewer neighbours, the plans are
     * worse.
     */
    private static final double SHARE = 0.2;
    private static final int MAX_NEIGHBOURS = 31;

    static {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            EDGES[bucket] = FIRST_EDGE * Math.pow(RATIO, bucket);
        }
    }

    /** Jobs that have ended in each bucket. */
    private final double[] ended;
    /** Jobs that were observed to come so far, with those that have ended in the bucket. */
    private final double[] reached;
    private final double jobs;
    private final boolean reliable;

    private RenderTimes(double[] ended, double[] reached) {
        this.ended = ended;
        this.reached = reached;
        this.jobs = Arrays.stream(ended).sum();
        this.reliable = jobs >= ENOUGH && open() <= MOST_OPEN;
    }

    static RenderTimes none() {
        return new RenderTimes(new double[BUCKETS], new double[BUCKETS]);
    }

    /**
     * @param  ended   weights of the jobs that have ended in each bucket
     * @param  reached of those that have come so far
     * @throws IllegalArgumentException if these are not the weights of such a table
     */
    static RenderTimes of(double[] ended, double[] reached) {
        checkWeights(ended);
        checkWeights(reached);
        return new RenderTimes(ended.clone(), reached.clone());
    }

    private static void checkWeights(double[] weights) {
        if (weights.length != BUCKETS || Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && weight < Double.MAX_VALUE))) {
            throw new IllegalArgumentException("Not the weights of render times");
        }
    }

    double[] ended() {
        return ended.clone();
    }

    double[] reached() {
        return reached.clone();
    }

    /** Upper edge of a bucket, in seconds; that of -1 is 0. */
    static double edge(int bucket) {
        return bucket < 0 ? 0 : EDGES[bucket];
    }

    /** Whether the times can be relied on: so many jobs have ended, and of those that began with them few are open. */
    boolean isEnough() {
        return reliable;
    }

    /** Share of the jobs that are open after the last bucket that one has come to. */
    private double open() {
        double open = 1;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            open *= 1 - hazard(bucket);
        }
        return open;
    }

    /** Share of the jobs that have come to a bucket which ended in it; 0 if none has come so far. */
    private double hazard(int bucket) {
        return reached[bucket] == 0 ? 0 : Math.min(1, ended[bucket] / reached[bucket]);
    }

    /** Jobs that have ended; older ones count less. */
    double jobs() {
        return jobs;
    }

    /** @return when jobs end: the weights of the buckets, each more than 0, without differences that are only chance */
    double[] smoothed() {
        double[] weights = weights();
        double[] smoothed = new double[BUCKETS];
        Arrays.fill(smoothed, UNSEEN);
        double enough = jobs * SHARE;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int neighbours = weights[bucket] == 0 ? 0 : neighbours(weights, bucket, enough);
            for (int step = -neighbours; step <= neighbours; step++) {
                int neighbour = Math.max(0, Math.min(BUCKETS - 1, bucket + step));
                double share = neighbours + 1 - Math.abs(step);
                smoothed[neighbour] += weights[bucket] * share / ((neighbours + 1) * (neighbours + 1));
            }
        }
        return smoothed;
    }

    private static int neighbours(double[] weights, int bucket, double enough) {
        double sum = weights[bucket];
        int neighbours = 0;
        while (neighbours < MAX_NEIGHBOURS && sum < enough) {
            neighbours++;
            sum += bucket >= neighbours ? weights[bucket - neighbours] : 0;
            sum += bucket + neighbours < BUCKETS ? weights[bucket + neighbours] : 0;
        }
        return neighbours;
    }

    /** @return when jobs end, also those that are still open; the sum is that of the jobs that have ended */
    private double[] weights() {
        double[] weights = new double[BUCKETS];
        double open = jobs;
        int latest = -1;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (reached[bucket] > 0) {
                weights[bucket] = open * hazard(bucket);
                open -= weights[bucket];
                latest = bucket;
            }
        }
        double rate = lateRate(latest);
        for (int bucket = latest + 1; bucket < BUCKETS && open > 0; bucket++) {
            double end = open * (bucket == BUCKETS - 1 ? 1 : 1 - Math.exp(-rate * width(bucket)));
            weights[bucket] = end;
            open -= end;
        }
        return weights;
    }

    /** @return jobs that end in a second, of one that is open, as far as jobs have come */
    private double lateRate(int latest) {
        double ends = LEAST_ENDED;
        double seconds = 0;
        for (int bucket = Math.max(0, latest - LATEST); bucket <= latest; bucket++) {
            ends += ended[bucket];
            seconds += reached[bucket] * width(bucket);
        }
        return seconds == 0 ? 1 / edge(BUCKETS - 1) : ends / seconds;
    }

    private static double width(int bucket) {
        return edge(bucket) - edge(bucket - 1);
    }

    /** @return the age in seconds by which half of the jobs have ended */
    double median() {
        double[] weights = weights();
        double half = jobs / 2;
        double sum = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sum += weights[bucket];
            if (sum >= half) {
                return edge(bucket);
            }
        }
        return edge(BUCKETS - 1);
    }

    /**
     * Adds what was observed later. A job's end is somewhere between two ages: there it follows those before it, which makes the times ever
     * sharper.
     *
     * @param open for each bucket, jobs that were observed to be open in it
     * @param ends of jobs that have ended
     */
    RenderTimes with(double[] open, List<Interval> ends) {
        double kept = Math.pow(1 - 1 / MEMORY, ends.size());
        double[] newEnded = new double[BUCKETS];
        double[] newReached = new double[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            newEnded[bucket] = ended[bucket] * kept;
            newReached[bucket] = (reached[bucket] + open[bucket]) * kept;
        }
        if (!ends.isEmpty()) {
            double[] known = smoothed();
            ends.forEach(end -> end.addTo(newEnded, newReached, known));
        }
        return new RenderTimes(newEnded, newReached);
    }

    /** Two ages of a job, in seconds; the second is greater. */
    record Interval(double from, double to) {

        static Interval of(Duration from, Duration to) {
            double start = Math.max(0, from.toMillis() / 1000.0);
            return new Interval(start, Math.max(to.toMillis() / 1000.0, start + FIRST_EDGE));
        }

        /** A job was open all the time: adds it to the buckets, each in proportion. */
        void addOpen(double[] open) {
            for (int bucket = first(); isIn(bucket); bucket++) {
                open[bucket] += share(bucket);
            }
        }

        private void addTo(double[] ended, double[] reached, double[] known) {
            double all = 0;
            for (int bucket = first(); isIn(bucket); bucket++) {
                all += known[bucket] * share(bucket);
            }
            double open = 1;
            for (int bucket = first(); isIn(bucket); bucket++) {
                double end = known[bucket] * share(bucket) / all;
                ended[bucket] += end;
                reached[bucket] += Math.max(end, open * share(bucket));
                open = Math.max(0, open - end);
            }
        }

        private int first() {
            int found = Arrays.binarySearch(EDGES, from);
            return Math.min(BUCKETS - 1, found >= 0 ? found + 1 : -found - 1);
        }

        private boolean isIn(int bucket) {
            return bucket < BUCKETS && (edge(bucket - 1) < to || bucket == BUCKETS - 1);
        }

        /** The share of a bucket that is in it; the last one has no end. */
        private double share(int bucket) {
            if (bucket == BUCKETS - 1) {
                return 1;
            }
            double overlap = Math.min(to, edge(bucket)) - Math.max(from, edge(bucket - 1));
            return Math.max(0, Math.min(1, overlap / width(bucket)));
        }
    }
}
