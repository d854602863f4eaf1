// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What has been learnt from the jobs of one kind that have ended. Immutable.
 *
 * @param times         how long they took
 * @param progressError by which share of the time left their progress was wrong, on average; older jobs count less
 * @param progressJobs  jobs that reported progress, up to {@link #MEMORY}
 */
record RenderHistory(RenderTimes times, double progressError, double progressJobs) {

    private static final double MEMORY = 100;
    private static final double ENOUGH = 10;
    /** A progress that is wrong by more is no better than the times of other jobs. */
    private static final double LARGEST_ERROR = 0.35;
    /** One job's bar that stood still must not outweigh all others. */
    private static final double LARGEST_COUNTED = 2;

    static RenderHistory none() {
        return new RenderHistory(RenderTimes.none(), 0, 0);
    }

    RenderHistory with(RenderTimes newTimes) {
        return new RenderHistory(newTimes, progressError, progressJobs);
    }

    /** Adds how well the progress of a job told its end, as a status query found it at this age. */
    RenderHistory with(JobProgress progress, Duration age) {
        OptionalDouble error = progress.error(age);
        if (error.isEmpty()) {
            return this;
        }
        double jobs = Math.min(MEMORY, progressJobs + 1);
        double counted = Math.min(LARGEST_COUNTED, error.getAsDouble());
        return new RenderHistory(times, progressError + (counted - progressError) / jobs, jobs);
    }

    /** Whether this gateway's progress has told the end well. */
    boolean isProgressTrusted() {
        return progressJobs >= ENOUGH && progressError <= LARGEST_ERROR;
    }

    /**
     * When the next query is worth most if progress tells how much time is left.
     *
     * @param  left     estimated seconds until the end
     * @param  rounding by which share the estimate may be wrong because percentages are whole numbers
     * @param  price    seconds of lag that a query is worth
     * @return          seconds until the query: after the end, or before it if a better estimate is worth a query
     */
    double untilQuery(double left, double rounding, double price) {
        double spread = left * Math.max(progressError, rounding);
        return spread > 2 * price ? left - spread : left + spread / 4;
    }
}
