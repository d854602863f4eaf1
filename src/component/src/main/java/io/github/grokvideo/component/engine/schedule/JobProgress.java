// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the status queries of one open job have told so far: until when it was open, and when its progress says that it ends. Immutable. */
public final class JobProgress {

    /** Estimates that are kept, to be compared with the end: enough to judge the gateway, little to hold for each of many jobs. */
    private static final int MAX_ESTIMATES = 4;
    private static final JobProgress NONE = new JobProgress(0, 0, 0, Double.NaN, 0, List.of());

    /** Estimated seconds that were left at an age, in seconds. */
    private record Estimate(double age, double left) {

        /** @return by which share of the time left it was wrong; 0 = it may have been right */
        double error(double after, double before) {
            double end = age + left;
            double off = Math.max(0, Math.max(after - end, end - before));
            return off / left;
        }
    }

    private final double openAt;
    private final double changedAt;
    private final int percent;
    /** Seconds left at {@link #openAt}; NaN = unknown. */
    private final double left;
    /** By which share {@link #left} may be wrong because percentages are whole numbers. */
    private final double rounding;
    private final List<Estimate> estimates;

    private JobProgress(double openAt, double changedAt, int percent, double left, double rounding, List<Estimate> estimates) {
        this.openAt = openAt;
        this.changedAt = changedAt;
        this.percent = percent;
        this.left = left;
        this.rounding = rounding;
        this.estimates = estimates;
    }

    public static JobProgress none() {
        return NONE;
    }

    /**
     * A status query has found the job open.
     *
     * @param age      time since ACCEPTED
     * @param progress 0..100; null = not reported
     */
    public JobProgress open(Duration age, Integer progress) {
        double now = seconds(age);
        if (progress == null || progress <= 0 || progress >= 100 || now <= changedAt) {
            return new JobProgress(now, changedAt, percent, Double.NaN, 0, estimates);
        }
        if (progress <= percent) {
            // The bar stands still or goes back: it is behind what it has promised, and the time left does not shrink.
            return new JobProgress(now, changedAt, percent, left, rounding, estimates);
        }
        // From the last two points, so that a bar whose speed changes is followed; the first point is the start.
        double estimated = (100.0 - progress) * (now - changedAt) / (progress - percent);
        List<Estimate> kept = estimates;
        if (kept.size() < MAX_ESTIMATES) {
            kept = new ArrayList<>(estimates);
            kept.add(new Estimate(now, estimated));
        }
        return new JobProgress(now, now, progress, estimated, 1.0 / (progress - percent), List.copyOf(kept));
    }

    /** Age at the last query that found it open; zero = there was none. */
    public Duration openUntil() {
        return Duration.ofMillis(Math.round(openAt * 1000));
    }

    /** @return estimated seconds until the end; empty = its progress does not tell */
    OptionalDouble left() {
        return Double.isNaN(left) ? OptionalDouble.empty() : OptionalDouble.of(left);
    }

    double rounding() {
        return rounding;
    }

    /**
     * The job has ended.
     *
     * @param  before its age at the query that found it ended
     * @return        by which share of the time left the estimates were wrong, on average; empty = there were none
     */
    OptionalDouble error(Duration before) {
        return estimates.stream().mapToDouble(estimate -> estimate.error(openAt, seconds(before))).average();
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1000.0;
    }
}
