// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import io.github.grokvideo.component.engine.run.Pauses;

/**
 * Pauses that double with each failure in a row.
 *
 * @param first   pause, longer than zero
 * @param longest pause, before the jitter
 * @param jitter  how much chance may add, as a share of the pause, so that many that fail together are not tried again together; 0 = none
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    private static final int MOST_DOUBLINGS = 30;

    /** Without jitter. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, 0);
    }

    /** @param failures in a row, at least 1 */
    public Duration after(int failures) {
        return after(failures, 0);
    }

    /**
     * @param failures in a row, at least 1
     * @param random   0 to 1
     */
    public Duration after(int failures, double random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis((long) (Math.min(doubled, longest.toMillis()) * (1 + jitter * random)));
    }
}
