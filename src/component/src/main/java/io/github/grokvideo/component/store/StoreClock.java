// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of the store, which all its engines share, whatever their machines' clocks say: a steady clock of this process, corrected by
 * what the store said last. Before it has said anything it is this machine's. Thread-safe.
 */
public final class StoreClock {

    /** What is told is older by half of the way there and back: differences within it are no error of the clock. */
    private static final Duration NOISE = Duration.ofMillis(250);
    /** After a longer way it is not known what the time was when it was told. */
    private static final Duration LONG_WAY = Duration.ofSeconds(2);

    private final Clock steady;
    private volatile Duration ahead;

    /** @param steady one that is not set while it runs */
    public StoreClock(Clock steady) {
        this.steady = steady;
    }

    /** On a clock of this process that begins with the machine's time and is not set with it. */
    public static StoreClock ofThisProcess() {
        return new StoreClock(new SteadyClock());
    }

    /** The time by the store's clock. */
    public Instant now() {
        Duration measured = ahead;
        return measured == null ? steady() : steady().plus(measured);
    }

    /** For spans: it goes on as time does, and is compared with nothing but itself. */
    public Instant steady() {
        return steady.instant();
    }

    /**
     * The store has told its time.
     *
     * @param asked    when it was asked, and {@code answered} when the answer was here; both of {@link #steady()}
     */
    public void told(Instant asked, Instant time, Instant answered) {
        Duration way = Duration.between(asked, answered);
        Duration measured = Duration.between(asked.plus(way.dividedBy(2)), time);
        Duration before = ahead;
        if (before == null || way.compareTo(LONG_WAY) < 0 && measured.minus(before).abs().compareTo(NOISE) > 0) {
            ahead = measured;
        }
    }

    private static final class SteadyClock extends Clock {

        private final Instant begun = Instant.now();
        private final long nanos = System.nanoTime();

        @Override
        public Instant instant() {
            return begun.plusNanos(System.nanoTime() - nanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only instants are asked for");
        }
    }
}
