// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.concurrent.TimeUnit;

/**
 * How many calls may be in flight at one host. It grows while answers are quick and calls wait, shrinks a little when answers become slow,
 * and is halved when none come: more calls at once would then only wait at the gateway. Pure; times are those of {@link System#nanoTime()}.
 *
 * @param calls    {@link #LEAST} to {@link #MOST}
 * @param shortest the shortest time seen until an answer, in nanoseconds; slowly forgotten, since the way to the gateway may change
 * @param halvedAt calls that began earlier do not halve it again
 */
public record CallLimit(int calls, long shortest, long halvedAt) {

    public static final int FIRST = 64;
    public static final int LEAST = 16;
    public static final int MOST = 512;

    /** Answers within twice the shortest time are quick. */
    private static final int QUICK = 2;
    /** Answers that take four times as long are slow. */
    private static final int SLOW = 4;
    /** Short times vary a lot, for reasons of this machine's. */
    private static final long ALWAYS_QUICK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int FORGOTTEN_AFTER = 1 << 14;

    public static CallLimit first(long now) {
        return new CallLimit(FIRST, Long.MAX_VALUE, now);
    }

    /** @param waiting whether calls wait because of this limit; otherwise it is not what answers depend on */
    CallLimit answered(long begun, long now, boolean waiting) {
        long took = now - begun;
        long base = took <= shortest ? took : shortest + (took - shortest) / FORGOTTEN_AFTER;
        int next = calls;
        if (waiting && took <= Math.max(ALWAYS_QUICK, QUICK * base)) {
            next = Math.min(MOST, calls + 1);
        } else if (waiting && took > Math.max(ALWAYS_QUICK, SLOW * base) && calls > FIRST) {
            next = calls - 1;
        }
        return new CallLimit(next, base, halvedAt);
    }

    /** There was no answer, or one of an overloaded gateway. Many calls fail together, and count once. */
    CallLimit failed(long begun, long now) {
        return begun - halvedAt < 0 ? this : new CallLimit(Math.max(LEAST, calls / 2), shortest, now);
    }
}
