// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a gateway's webhook notices arrive, so that jobs without one need not be polled often. A job that has ended without a notice ends
 * the trust, the next notice restores it. Thread-safe.
 */
final class NoticeTrust {

    private static final Duration LASTS = Duration.ofHours(1);
    private static final int MAX_JOBS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> noticed = new LinkedHashSet<>();
    private Instant until = Instant.MIN;

    void noticed(String jobId, Instant now) {
        lock.lock();
        try {
            until = now.plus(LASTS);
            if (noticed.add(jobId) && noticed.size() > MAX_JOBS) {
                Iterator<String> oldest = noticed.iterator();
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A status query has shown that the job is over. */
    void ended(String jobId) {
        lock.lock();
        try {
            if (!noticed.remove(jobId)) {
                until = Instant.MIN;
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the job's notice is still to come, and can be relied on */
    boolean isExpected(String jobId, Instant now) {
        lock.lock();
        try {
            return now.isBefore(until) && !noticed.contains(jobId);
        } finally {
            lock.unlock();
        }
    }
}
