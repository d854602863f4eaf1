// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;

/**
 * The times of status queries that cost least for jobs of one kind, if a query has a price, and a second between the end of a job and the
 * query that notices it costs 1. Found by dynamic programming over the edges of the buckets. Where queries are many, their rate is
 * proportional to the square root of the hazard, the theoretical optimum. Immutable.
 */
final class PollPlan {

    /** More queries are not made if each would gain less than this, in seconds of lag. */
    private static final double LOWEST_PRICE = 0.2;
    private static final double HIGHEST_PRICE = 2000;
    /** Halvings of the price's range on a logarithmic scale: the price is found to within 1 %. */
    private static final int STEPS = 10;
    /** Now, and the edges of the buckets. */
    private static final int POINTS = RenderTimes.BUCKETS + 1;

    /** The ends of jobs up to each point of time: their weight, and their weight times their age. */
    private record Ends(double[] weight, double[] moment) {

        static Ends of(RenderTimes times) {
            double[] smoothed = times.smoothed();
            double[] weight = new double[POINTS];
            double[] moment = new double[POINTS];
            for (int i = 1; i < POINTS; i++) {
                weight[i] = weight[i - 1] + smoothed[i - 1];
                moment[i] = moment[i - 1] + smoothed[i - 1] * (at(i - 1) + at(i)) / 2;
            }
            return new Ends(weight, moment);
        }

        /** Share of the jobs that are open at a point. */
        double open(int i) {
            return 1 - weight[i] / weight[POINTS - 1];
        }

        /** Seconds between the ends of the jobs that end between two points and the second point, as a mean of all jobs. */
        double lag(int i, int j) {
            return (at(j) * (weight[j] - weight[i]) - (moment[j] - moment[i])) / weight[POINTS - 1];
        }
    }

    private final double price;
    private final int[] next;
    private final double queries;

    private PollPlan(double price, int[] next, double queries) {
        this.price = price;
        this.next = next;
        this.queries = queries;
    }

    /**
     * @param  queries how many a job may take on average
     * @return         the plan with the least lag that takes no more of them
     */
    static PollPlan of(RenderTimes times, PollSchedule bounds, double queries) {
        Ends ends = Ends.of(times);
        PollPlan most = of(ends, bounds, LOWEST_PRICE);
        if (most.queries <= queries) {
            return most;
        }
        double low = LOWEST_PRICE;
        double high = HIGHEST_PRICE;
        PollPlan best = of(ends, bounds, high);
        for (int step = 0; step < STEPS; step++) {
            double middle = Math.sqrt(low * high);
            PollPlan plan = of(ends, bounds, middle);
            if (plan.queries <= queries) {
                best = plan;
                high = middle;
            } else {
                low = middle;
            }
        }
        return best;
    }

    /**
     * Backwards from the last point: the best next query after one that found the job open.
     *
     * @param price of a query, in seconds of lag
     */
    private static PollPlan of(Ends ends, PollSchedule bounds, double price) {
        double least = seconds(bounds.least());
        double longest = seconds(bounds.longest());
        int[] next = new int[POINTS];
        double[] cost = new double[POINTS];
        double[] queries = new double[POINTS];
        for (int i = POINTS - 2; i >= 0; i--) {
            cost[i] = Double.MAX_VALUE;
            double query = price * ends.open(i);
            for (int j = i + 1; j < POINTS && (next[i] == 0 || at(j) - at(i) <= longest); j++) {
                double alone = query + ends.lag(i, j);
                if (alone >= cost[i]) {
                    // The lag only grows with the interval.
                    break;
                }
                double total = alone + cost[j];
                if (total < cost[i] && (j == POINTS - 1 || at(j) - at(i) >= least)) {
                    cost[i] = total;
                    queries[i] = ends.open(i) + queries[j];
                    next[i] = j;
                }
            }
        }
        return new PollPlan(price, next, queries[0]);
    }

    /** Seconds of a point of time; queries are planned for these only. */
    private static double at(int point) {
        return RenderTimes.edge(point - 1);
    }

    /** Seconds of lag that a query is worth. */
    double price() {
        return price;
    }

    /** Queries of a job, on average. */
    double queries() {
        return queries;
    }

    /**
     * @param  age in seconds
     * @return     the age at which the next query is due; not more than {@code age} if the plan has ended before
     */
    double after(double age) {
        int nearest = 0;
        while (nearest < POINTS - 1 && (at(nearest) + at(nearest + 1)) / 2 <= age) {
            nearest++;
        }
        return at(next[nearest]);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
