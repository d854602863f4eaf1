// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long jobs of one kind take until they end: a histogram with logarithmic buckets and weights that decay. A job's end is only known to
 * lie between two status queries, so its weight is spread over that interval: no library's histogram does both. Immutable.
 */
final class RenderTimes {

    /** From a quarter of a second to about two hours. */
    static final int BUCKETS = 416;
    private static final double FIRST_EDGE = 0.25;
    /** Jobs are queried at edges only: with 5 %, jobs of three minutes are noticed a third later. */
    private static final double RATIO = 1.025;
    private static final double[] EDGES = new double[BUCKETS];
    /** Jobs after which the weight of an observation has fallen to about a third: gateways become faster and slower. */
    private static final double MEMORY = 500;
    /** With fewer jobs than this, the times say little. */
    private static final double ENOUGH = 20;
    /** Weight of a bucket before anything is observed: one job in all, so that no time is considered impossible. */
    private static final double UNSEEN = 1.0 / BUCKETS;
    /**
     * A bucket's weight is shared with its neighbours, up to so many on each side that together they have this share of all jobs:
     * differences between narrow buckets are chance, and peaks stay sharp. Measured: with less, and with fewer neighbours, the plans are
     * worse.
     */
    private static final double SHARE = 0.2;
    private static final int MAX_NEIGHBOURS = 25;

    static {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            EDGES[bucket] = FIRST_EDGE * Math.pow(RATIO, bucket);
        }
    }

    private final double[] weights;

    private RenderTimes(double[] weights) {
        this.weights = weights;
    }

    static RenderTimes none() {
        return new RenderTimes(new double[BUCKETS]);
    }

    /** @throws IllegalArgumentException if these are not the weights of such a histogram */
    static RenderTimes of(double[] weights) {
        if (weights.length != BUCKETS || Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && weight <= 2 * MEMORY))) {
            throw new IllegalArgumentException("Not the weights of render times");
        }
        return new RenderTimes(weights.clone());
    }

    double[] weights() {
        return weights.clone();
    }

    /** Upper edge of a bucket, in seconds; that of -1 is 0. */
    static double edge(int bucket) {
        return bucket < 0 ? 0 : EDGES[bucket];
    }

    /** Whether so many jobs have ended that the times can be relied on. */
    boolean isEnough() {
        return jobs() >= ENOUGH;
    }

    /** Jobs that have ended; older ones count less. */
    double jobs() {
        return Arrays.stream(weights).sum();
    }

    /** @return the weights of the buckets, each more than 0, without differences that are only chance */
    double[] smoothed() {
        double[] smoothed = new double[BUCKETS];
        Arrays.fill(smoothed, UNSEEN);
        double enough = jobs() * SHARE;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int neighbours = weights[bucket] == 0 ? 0 : neighbours(bucket, enough);
            for (int step = -neighbours; step <= neighbours; step++) {
                int neighbour = Math.max(0, Math.min(BUCKETS - 1, bucket + step));
                double share = neighbours + 1 - Math.abs(step);
                smoothed[neighbour] += weights[bucket] * share / ((neighbours + 1) * (neighbours + 1));
            }
        }
        return smoothed;
    }

    private int neighbours(int bucket, double enough) {
        double sum = weights[bucket];
        int neighbours = 0;
        while (neighbours < MAX_NEIGHBOURS && sum < enough) {
            neighbours++;
            sum += bucket >= neighbours ? weights[bucket - neighbours] : 0;
            sum += bucket + neighbours < BUCKETS ? weights[bucket + neighbours] : 0;
        }
        return neighbours;
    }

    /** @return the age in seconds by which half of the jobs have ended */
    double median() {
        double half = jobs() / 2;
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
     * Adds a job that has ended. Within the interval its weight follows that of the jobs before it, which makes the times ever sharper.
     *
     * @param after  age at which it had not ended
     * @param before age at which it had ended
     */
    RenderTimes with(Duration after, Duration before) {
        double from = Math.max(0, after.toMillis() / 1000.0);
        double to = Math.max(before.toMillis() / 1000.0, from + FIRST_EDGE);
        double[] known = smoothed();
        double[] shares = new double[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double low = edge(bucket - 1);
            double high = bucket == BUCKETS - 1 ? Double.MAX_VALUE : edge(bucket);
            double overlap = Math.max(0, Math.min(to, high) - Math.max(from, low));
            shares[bucket] = known[bucket] * Math.min(1, overlap / (edge(bucket) - low));
        }
        double all = Arrays.stream(shares).sum();
        double[] sums = weights.clone();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sums[bucket] = sums[bucket] * (1 - 1 / MEMORY) + shares[bucket] / all;
        }
        return new RenderTimes(sums);
    }
}
