// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * One wait for a job's video.
 *
 * @param jobId       ours
 * @param urlOnly     the URL is enough: ends when the video is rendered
 * @param waitTimeout ends the wait, not the job; zero = only if it is ready: one status query at most
 * @param spent       of waitTimeout, before this wait; not negative
 * @param waiter      who waits: {@link VideoEngine#detach} ends all its waits
 */
public record AwaitOrder(String jobId, boolean urlOnly, Duration waitTimeout, Duration spent, Object waiter) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    public AwaitOrder {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(waitTimeout, "waitTimeout");
        Objects.requireNonNull(spent, "spent");
        Objects.requireNonNull(waiter, "waiter");
    }

    /** A wait that begins now. */
    public AwaitOrder(String jobId, boolean urlOnly, Duration waitTimeout, Object waiter) {
        this(jobId, urlOnly, waitTimeout, Duration.ZERO, waiter);
    }

    /** @return how long it may still wait; longer than zero, where it was at first */
    public Duration left() {
        Duration left = waitTimeout.minus(spent);
        return waitTimeout.isZero() || left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }
}
