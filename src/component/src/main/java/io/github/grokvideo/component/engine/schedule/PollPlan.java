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
    private static final double LOWEST_PRICE = 0.25;
    private static final double HIGHEST_PRICE = 2000;
    /** Halvings of the price's range; more change nothing that can be measured. */
    private static final int STEPS = 16;

    private final double price;
    private final double[] at;
    private final int[] next;
    private double queries;

    /** @param price of a query, in seconds of lag */
    private PollPlan(RenderTimes times, PollSchedule bounds, double price) {
        int points = RenderTimes.BUCKETS + 1;
        this.price = price;
        this.at = new double[points];
        this.next = new int[points];
        double[] weight = new double[points];
        double[] moment = new double[points];
        double[] smoothed = times.smoothed();
        for (int i = 1; i < points; i++) {
            at[i] = RenderTimes.edge(i - 1);
            weight[i] = weight[i - 1] + smoothed[i - 1];
            moment[i] = moment[i - 1] + smoothed[i - 1] * (at[i - 1] + at[i]) / 2;
        }
        solve(weight, moment, seconds(bounds.least()), seconds(bounds.longest()));
    }

    /**
     * @param  queries how many a job may take on average
     * @return         the plan with the least lag that takes no more of them
     */
    static PollPlan of(RenderTimes times, PollSchedule bounds, double queries) {
        double low = LOWEST_PRICE;
        double high = HIGHEST_PRICE;
        PollPlan cheapest = new PollPlan(times, bounds, low);
        PollPlan best = cheapest.queries <= queries ? cheapest : new PollPlan(times, bounds, high);
        for (int step = 0; step < STEPS && best != cheapest; step++) {
            double middle = Math.sqrt(low * high);
            PollPlan plan = new PollPlan(times, bounds, middle);
            if (plan.queries <= queries) {
                best = plan;
                high = middle;
            } else {
                low = middle;
            }
        }
        return best;
    }

    /** Backwards from the last point: the best next query after one at point {@code i} that found the job open. */
    private void solve(double[] weight, double[] moment, double least, double longest) {
        int last = at.length - 1;
        double all = weight[last];
        double[] cost = new double[at.length];
        double[] count = new double[at.length];
        for (int i = last - 1; i >= 0; i--) {
            double open = 1 - weight[i] / all;
            cost[i] = Double.MAX_VALUE;
            for (int j = i + 1; j <= last && (next[i] == 0 || at[j] - at[i] <= longest); j++) {
                double lag = (at[j] * (weight[j] - weight[i]) - (moment[j] - moment[i])) / all;
                double total = price * open + lag + cost[j];
                if (total < cost[i] && (j == last || at[j] - at[i] >= least)) {
                    cost[i] = total;
                    count[i] = open + count[j];
                    next[i] = j;
                }
            }
        }
        queries = count[0];
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
        while (nearest < at.length - 1 && (at[nearest] + at[nearest + 1]) / 2 <= age) {
            nearest++;
        }
        return at[next[nearest]];
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
