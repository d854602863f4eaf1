// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.util.Random;
import io.github.grokvideo.component.engine.schedule.SimulatedJobs.Cost;

/** The least queries times lag for jobs whose distribution is known exactly: by trying all times on a fine grid, for many prices. */
final class BestPossible {

    private static final int SAMPLES = 200_000;
    /** Seconds between two points of the grid, as a share of the median. */
    private static final double STEP = 0.01;
    private static final int POINTS = 1500;

    private final double step;
    /** Share of the jobs that are open at each point, and the sum of their ages until then. */
    private final double[] open = new double[POINTS];
    private final double[] moment = new double[POINTS];

    private BestPossible(RenderDistribution distribution) {
        Random random = new Random(11);
        double[] ends = random.doubles(SAMPLES).map(unused -> distribution.next(random)).sorted().toArray();
        step = Math.min(1, ends[SAMPLES / 2] * STEP);
        int seen = 0;
        double sum = 0;
        for (int point = 0; point < POINTS; point++) {
            while (seen < SAMPLES && ends[seen] <= at(point)) {
                sum += ends[seen++];
            }
            open[point] = 1 - (double) seen / SAMPLES;
            moment[point] = sum / SAMPLES;
        }
    }

    private double at(int point) {
        return point * step;
    }

    /** @param queries at most, on average */
    static Cost of(RenderDistribution distribution, double queries) {
        BestPossible known = new BestPossible(distribution);
        Cost best = new Cost(1, Double.MAX_VALUE);
        for (double price = 0.05; price < 50; price *= 1.15) {
            Cost cost = known.cheapest(price);
            if (cost.queries() <= queries && cost.product() < best.product()) {
                best = cost;
            }
        }
        return best;
    }

    private Cost cheapest(double price) {
        double[] cost = new double[POINTS];
        double[] queries = new double[POINTS];
        double[] lag = new double[POINTS];
        int least = (int) Math.ceil(SimulatedJobs.seconds(SimulatedJobs.BOUNDS.least()) / step);
        for (int i = POINTS - 2; i >= 0; i--) {
            cost[i] = Double.MAX_VALUE;
            for (int j = Math.min(POINTS - 1, i + least); j < POINTS; j++) {
                double late = at(j) * (open[i] - open[j]) - (moment[j] - moment[i]);
                double total = price * open[i] + late + cost[j];
                if (total < cost[i]) {
                    cost[i] = total;
                    queries[i] = open[i] + queries[j];
                    lag[i] = late + lag[j];
                }
            }
        }
        return new Cost(queries[0], lag[0]);
    }
}
