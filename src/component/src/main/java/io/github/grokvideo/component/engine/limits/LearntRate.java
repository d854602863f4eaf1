// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rate at which a gateway takes submits, where its documents name none. It begins low and grows with every submit that is taken, so
 * that a gateway without a limit is soon used without one. A refusal halves the rate that was really used; from there it grows slowly.
 * Arithmetic on times it is given; not thread-safe.
 */
public final class LearntRate {

    private static final double FIRST = 4;
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 1_000;
    /** Submits that are taken until the rate has grown by what it was after a refusal. */
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

    /** Submits that may go out at once, at least 1. */
    public int burst() {
        return isLimited() ? 1 : (int) perSecond;
    }

    /** Whether a submit was ever refused. */
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

    /** @param sentAt when the refused submit went out: what was sent before the rate was lowered says nothing against the lower one */
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
