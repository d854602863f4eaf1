// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.JobTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the open jobs of an account in a store that outlives this engine and may be shared. Thread-safe. */
public final class OpenJobCount {

    /** How long a count is used at most. */
    public static final Duration LIFE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(OpenJobCount.class);

    private final ToIntFunction<String> store;
    private final JobTimer timer;
    private final Executor work;
    private final RandomGenerator random;
    private volatile boolean away;

    /** @param store counts the account's open jobs; blocks */
    public OpenJobCount(ToIntFunction<String> store, JobTimer timer, Executor work, RandomGenerator random) {
        this.store = store;
        this.timer = timer;
        this.work = work;
        this.random = random;
    }

    /** Counts now. Blocks, and throws what the store throws. */
    int of(String account) {
        return store.applyAsInt(account);
    }

    /**
     * Counts on a work thread.
     *
     * @param counted  gets the count; not called if the store does not answer
     * @param outdated called after the count's life, also if there was none
     */
    void begin(String account, IntConsumer counted, Runnable outdated) {
        try {
            work.execute(() -> count(account, counted, outdated));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The open jobs of account {} are not counted: the engine is closed", account);
        }
    }

    private void count(String account, IntConsumer counted, Runnable outdated) {
        // Nodes that have started jobs at the same moment, and more than allowed, do not try again at the same moment.
        timer.schedule(LIFE.dividedBy(2).plusNanos(random.nextLong(LIFE.toNanos() / 2)), outdated);
        int open;
        try {
            open = of(account);
            away = false;
        } catch (RuntimeException failure) {
            if (away) {
                LOG.debug("The open jobs of account {} still cannot be counted", account, failure);
            } else {
                LOG.warn("The open jobs of account {} cannot be counted, so its next jobs wait until they can: {}", account,
                        failure.getMessage());
            }
            away = true;
            return;
        }
        counted.accept(open);
    }
}
