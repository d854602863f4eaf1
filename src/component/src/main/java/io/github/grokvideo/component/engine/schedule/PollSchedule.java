// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;

/**
 * Computes when a job is polled next. Pure. The interval is a share of the job's age: a finished video is noticed after a small share of
 * the total wait, and the number of queries grows logarithmically.
 */
public final class PollSchedule {

    /** One tenth: a video that took 10 minutes is noticed after 11 at the latest. */
    private static final double SHARE_OF_AGE = 0.1;
    /** Spreads jobs that were submitted together; only lengthens the interval, so that the gateway's minimum is kept. */
    private static final double JITTER = 0.15;
    private static final int MAX_DOUBLINGS = 6;

    private final Duration shortest;
    private final Duration longest;

    PollSchedule(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest.compareTo(shortest) < 0 ? shortest : longest;
    }

    /**
     * @param age      time since ACCEPTED
     * @param progress 0..100; null = not reported
     * @param random   0..1, for the jitter
     */
    public Duration next(Duration age, Integer progress, double random) {
        double millis = age.toMillis() * SHARE_OF_AGE;
        if (progress != null && progress > 0 && progress < 100) {
            double remaining = age.toMillis() * (100.0 - progress) / progress;
            millis = Math.min(millis, remaining);
        }
        return clamp(millis, random);
    }

    /** @param noAnswers consecutive queries without a usable answer, at least 1 */
    public Duration afterNoAnswer(int noAnswers, double random) {
        return clamp(shortest.toMillis() * Math.pow(2, Math.min(noAnswers, MAX_DOUBLINGS)), random);
    }

    /** @return the gateway's Retry-After, but at least the shortest interval: it may be zero, or wrong because of a wrong clock */
    public Duration retryAfter(Duration retryAfter) {
        return retryAfter.compareTo(shortest) < 0 ? shortest : retryAfter;
    }

    public Duration longest() {
        return longest;
    }

    private Duration clamp(double millis, double random) {
        double within = Math.max(shortest.toMillis(), Math.min(longest.toMillis(), millis));
        return Duration.ofMillis((long) (within * (1 + JITTER * random)));
    }
}
