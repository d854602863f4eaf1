// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * One wait for a job's video.
 *
 * @param jobId       our job id
 * @param urlOnly     whether the wait ends as soon as the video is rendered and has a URL
 * @param waitTimeout ends the wait, not the job; zero = return the video only if it is ready, with one status query at most
 * @param spent       part of waitTimeout already used before this wait; not negative
 * @param waiter      owner of the wait: {@link VideoEngine#detach} ends all its waiters
 */
public record AwaitOrder(String jobId, boolean urlOnly, Duration waitTimeout, Duration spent, Object waiter) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    public AwaitOrder {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(waitTimeout, "waitTimeout");
        Objects.requireNonNull(spent, "spent");
        Objects.requireNonNull(waiter, "waiter");
    }

    /** A wait that starts now. */
    public AwaitOrder(String jobId, boolean urlOnly, Duration waitTimeout, Object waiter) {
        this(jobId, urlOnly, waitTimeout, Duration.ZERO, waiter);
    }

    /** @return remaining time; more than zero unless waitTimeout is zero */
    public Duration left() {
        Duration left = waitTimeout.minus(spent);
        return waitTimeout.isZero() || left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }
}
