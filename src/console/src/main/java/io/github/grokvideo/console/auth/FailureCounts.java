// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong passwords per key and computes the resulting pause, for a limited number of keys. Not thread-safe. */
final class FailureCounts {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** After this long without a failure, earlier ones no longer count. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final int freeFailures;
    private final int mostKeys;
    /** Ordered by the latest failure, oldest first. */
    private final Map<String, Count> counts = new LinkedHashMap<>();

    /**
     * @param freeFailures failures without a pause
     * @param mostKeys     maximum number of keys; those with the oldest failures are dropped
     */
    FailureCounts(InstantSource clock, int freeFailures, int mostKeys) {
        this.clock = clock;
        this.freeFailures = freeFailures;
        this.mostKeys = mostKeys;
    }

    int of(String key) {
        Count count = current(key);
        return count == null ? 0 : count.failures;
    }

    void failed(String key) {
        Count count = current(key);
        counts.remove(key);
        counts.put(key, new Count(count == null ? 1 : count.failures + 1, clock.millis()));
        if (counts.size() > mostKeys) {
            Iterator<String> oldest = counts.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Removes some failures, down to 0. */
    void forgive(String key, int failures) {
        Count count = current(key);
        if (count != null && failures > 0) {
            counts.replace(key, new Count(Math.max(0, count.failures - failures), count.lastMillis));
        }
    }

    Duration pause(String key) {
        Count count = current(key);
        if (count == null || count.failures < freeFailures) {
            return Duration.ZERO;
        }
        int doublings = count.failures - freeFailures;
        Duration pause = doublings > 6 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << doublings);
        long left = count.lastMillis + Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis()) - clock.millis();
        return Duration.ofMillis(Math.max(0, left));
    }

    private Count current(String key) {
        Count count = counts.get(key);
        if (count != null && clock.millis() - count.lastMillis > FORGOTTEN_AFTER.toMillis()) {
            counts.remove(key);
            return null;
        }
        return count;
    }

    private record Count(int failures, long lastMillis) {
    }
}
