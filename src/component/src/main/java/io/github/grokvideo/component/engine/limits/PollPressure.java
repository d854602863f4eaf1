// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds how many status queries a gateway that documents no limit takes from an account: a rejection makes them a fifth fewer, every answer
 * allows a little more. All intervals become longer by the same factor, so that queries stay where they are worth most. Thread-safe.
 */
final class PollPressure {

    private static final double LEAST = 1.0 / 32;
    /** Measured with 100 jobs and a gateway that takes 20 a second: 12 are answered, one in eleven is rejected, else four in five. */
    private static final double AFTER_REJECTION = 0.8;
    /** After a thousand answers, half of all queries is regained. */
    private static final double STEP = 0.0005;
    /** Rejections of one burst count once. */
    private static final Duration BURST = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private double share = 1;
    private Instant loweredAt = Instant.MIN;

    void rejected(Instant now) {
        lock.lock();
        try {
            if (loweredAt.isBefore(now.minus(BURST))) {
                share = Math.max(LEAST, share * AFTER_REJECTION);
                loweredAt = now;
            }
        } finally {
            lock.unlock();
        }
    }

    void answered() {
        lock.lock();
        try {
            share = Math.min(1, share + STEP);
        } finally {
            lock.unlock();
        }
    }

    Duration stretched(Duration interval) {
        lock.lock();
        try {
            return share == 1 ? interval : Duration.ofMillis((long) (interval.toMillis() / share));
        } finally {
            lock.unlock();
        }
    }
}
