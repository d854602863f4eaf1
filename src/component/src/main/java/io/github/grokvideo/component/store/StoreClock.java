// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The store's time, shared by all its engines whatever their machines' clocks say: a monotonic clock of this process, corrected by the time
 * the store last reported. Until the store has reported one it is this machine's time. Thread-safe.
 */
public final class StoreClock {

    /** Half a round trip is only an estimate of the age of a reading, so smaller differences are not corrected. */
    private static final Duration NOISE = Duration.ofMillis(250);
    /** Readings with a longer round trip are too inaccurate to use. */
    private static final Duration LONG_WAY = Duration.ofSeconds(2);

    private final Clock steady;
    private volatile Duration ahead;

    /**
     * Creates a clock that shows the time of {@code steady} until the store reports its own.
     *
     * @param steady a clock that is never adjusted while it runs
     */
    public StoreClock(Clock steady) {
        this.steady = steady;
    }

    /**
     * Creates a clock on top of this process's monotonic clock, which starts at the machine's time and does not follow later adjustments.
     *
     * @return the clock
     */
    public static StoreClock ofThisProcess() {
        return new StoreClock(new SteadyClock());
    }

    /**
     * The store's time.
     *
     * @return now
     */
    public Instant now() {
        Duration measured = ahead;
        return measured == null ? steady() : steady().plus(measured);
    }

    /**
     * The uncorrected monotonic time, for measuring durations. Compare it only with other values of this method.
     *
     * @return now
     */
    public Instant steady() {
        return steady.instant();
    }

    /**
     * Corrects the clock by a time that the store reported.
     *
     * @param asked    {@link #steady()} when the query was sent
     * @param time     the store's time
     * @param answered {@link #steady()} when the answer arrived
     */
    public void adjust(Instant asked, Instant time, Instant answered) {
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
            throw new UnsupportedOperationException("The time zone cannot be changed");
        }
    }
}
