// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The submit rate of a gateway that documents none. It starts low and grows with every accepted submit, so that a gateway without a limit
 * is soon used without one. A rejection halves the rate actually used; from there it grows slowly. Uses only the times passed in; not
 * thread-safe.
 */
public final class LearntRate {

    private static final double FIRST = 4;
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 1_000;
    /** Accepted submits until the rate has grown by its value after the last rejection. */
    private static final int STEPS = 20;
    private static final double SMALLEST_STEP = 0.02;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Deque<Instant> sent = new ArrayDeque<>();
    private double perSecond = FIRST;
    private double step = 1;
    private Instant slowedAt = Instant.MIN;

    /** Submits per second, more than 0. */
    public double perSecond() {
        return perSecond;
    }

    /** Submits that may be sent at once, at least 1. */
    public int burst() {
        return isLimited() ? 1 : (int) perSecond;
    }

    /** Whether a submit was ever rejected for its rate. */
    boolean isLimited() {
        return slowedAt != Instant.MIN;
    }

    public void sent(Instant now) {
        forgetBefore(now);
        if (sent.size() < FASTEST) {
            sent.add(now);
        }
    }

    public void taken() {
        perSecond = Math.min(FASTEST, perSecond + step);
    }

    /** @param sentAt when the rejected submit was sent: one sent before the last slowdown does not count against the lower rate */
    public void refused(Instant sentAt, Instant now) {
        if (!sentAt.isAfter(slowedAt)) {
            return;
        }
        forgetBefore(now);
        double used = Math.max(1, sent.size()) / (double) WINDOW.toSeconds();
        perSecond = Math.max(SLOWEST, Math.min(perSecond, used) / 2);
        step = Math.max(SMALLEST_STEP, perSecond / STEPS);
        slowedAt = now;
    }

    private void forgetBefore(Instant now) {
        Instant begin = now.minus(WINDOW);
        while (!sent.isEmpty() && !sent.peekFirst().isAfter(begin)) {
            sent.removeFirst();
        }
    }
}
