// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;

/**
 * The bounds of the time between two status queries of a job, and when it is polled next as long as nothing is known about such jobs: the
 * interval is a share of the job's age, so that a finished video is noticed after a small share of the total wait, and the number of
 * queries grows logarithmically. Pure.
 *
 * @param shortest as long as nothing is known about such jobs
 * @param least    near the expected end of a job, {@code shortest} at most
 * @param longest  at least {@code shortest}
 */
public record PollSchedule(Duration shortest, Duration least, Duration longest) {

    /** One tenth: a video that took 10 minutes is noticed after 11 at the latest. */
    private static final double SHARE_OF_AGE = 0.1;
    /** Spreads jobs that were submitted together; only lengthens the interval, so that the gateway's minimum is kept. */
    private static final double JITTER = 0.15;
    private static final int MAX_DOUBLINGS = 6;

    public PollSchedule {
        least = least.compareTo(shortest) > 0 ? shortest : least;
        longest = longest.compareTo(shortest) < 0 ? shortest : longest;
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

    /** @return how many queries jobs that take so long would need on average if this were not known */
    double queriesUnlearnt(RenderTimes times) {
        double[] weights = times.smoothed();
        double left = 0;
        for (double weight : weights) {
            left += weight;
        }
        double all = left;
        double queries = 0;
        double age = 0;
        for (int bucket = 0; bucket < weights.length; bucket++) {
            double low = RenderTimes.edge(bucket - 1);
            double high = RenderTimes.edge(bucket);
            while (age < high) {
                queries += (left - weights[bucket] * (age - low) / (high - low)) / all;
                age += clamp(age * 1000 * SHARE_OF_AGE, 0.5).toMillis() / 1000.0;
            }
            left -= weights[bucket];
        }
        return queries;
    }

    private Duration clamp(double millis, double random) {
        double within = Math.max(shortest.toMillis(), Math.min(longest.toMillis(), millis));
        return Duration.ofMillis((long) (within * (1 + JITTER * random)));
    }
}
