// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** A rate limit with a burst. Callers do not block; they get a time to come back. Thread-safe. */
public final class RateBucket {

    private final ReentrantLock lock = new ReentrantLock();
    private Duration spacing;
    private Duration burst;
    private Instant nextFree = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;

    /**
     * @param perSecond 0 or less = unlimited
     * @param burst     permits that may be used at once, at least 1
     */
    public RateBucket(double perSecond, int burst) {
        this(spacing(perSecond), spacing(perSecond).multipliedBy(Math.max(0, burst - 1)));
    }

    private RateBucket(Duration spacing, Duration burst) {
        this.spacing = spacing;
        this.burst = burst;
    }

    /** Changes the rate from now on. */
    void pace(double perSecond, int permitsAtOnce) {
        lock.lock();
        try {
            spacing = spacing(perSecond);
            burst = spacing.multipliedBy(Math.max(0, permitsAtOnce - 1));
        } finally {
            lock.unlock();
        }
    }

    private static Duration spacing(double perSecond) {
        return perSecond <= 0 ? Duration.ZERO : Duration.ofNanos((long) (1_000_000_000L / perSecond));
    }

    /**
     * Takes the next permit.
     *
     * @return how long to wait before using it
     */
    public Duration reserve(Instant now) {
        lock.lock();
        try {
            Instant earliest = now.minus(burst);
            Instant mine = nextFree.isBefore(earliest) ? earliest : nextFree;
            nextFree = mine.plus(spacing);
            return mine.isAfter(now) ? Duration.between(now, mine) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** Returns permits; those beyond the burst are lost, and a pause stays. */
    void giveBack(int permits) {
        lock.lock();
        try {
            if (nextFree != Instant.MIN) {
                Instant earlier = nextFree.minus(spacing.multipliedBy(permits));
                nextFree = earlier.isBefore(pausedUntil) ? pausedUntil : earlier;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a permit if one is free now. */
    boolean tryTake(Instant now) {
        lock.lock();
        try {
            if (nextFree.isAfter(now)) {
                return false;
            }
            reserve(now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Grants no permit before this time, as the gateway requested. */
    public void pauseUntil(Instant time) {
        lock.lock();
        try {
            if (nextFree.isBefore(time)) {
                nextFree = time;
                pausedUntil = time;
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return how long {@link #tryTake} will fail; zero = it would succeed now */
    Duration untilFree(Instant now) {
        lock.lock();
        try {
            return nextFree.isAfter(now) ? Duration.between(now, nextFree) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** @return a new bucket with the same rate and no burst */
    RateBucket alike() {
        return new RateBucket(spacing(), Duration.ZERO);
    }

    Duration spacing() {
        lock.lock();
        try {
            return spacing;
        } finally {
            lock.unlock();
        }
    }
}
