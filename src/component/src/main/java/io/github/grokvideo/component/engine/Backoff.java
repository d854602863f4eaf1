// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
/**
 * Exponential backoff: the pause doubles with each consecutive failure.
 *
 * @param first   first pause, longer than zero
 * @param longest longest pause, before jitter
 * @param jitter  the most that is added at random, as a share of the pause, so that simultaneous failures are not retried together; 0 =
 *                none
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    private static final int MAX_DOUBLINGS = 30;

    /** Without jitter. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, 0);
    }

    /** @param failures consecutive failures, at least 1 */
    public Duration after(int failures) {
        return after(failures, 0);
    }

    /**
     * @param failures consecutive failures, at least 1
     * @param random   0 to 1
     */
    public Duration after(int failures, double random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis((long) (Math.min(doubled, longest.toMillis()) * (1 + jitter * random)));
    }
}
