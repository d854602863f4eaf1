// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.JobTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps that need the store and must not be lost: repeated for the life of the process until the store answers. Thread-safe. */
public final class StoreRetry {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRetry.class);
    /** A database that restarts or fails over is back within seconds, and one attempt a second does not burden it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobTimer timer;
    private final Executor work;

    public StoreRetry(JobTimer timer, Executor work) {
        this.timer = timer;
        this.work = work;
    }

    /**
     * Runs a step in the calling thread and, if it throws, again in the engine's threads.
     *
     * @param what what is not done as long as the store is not available, for the log
     */
    public void run(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            warn(what, unavailable);
            schedule(what, true, asSupplier(step), done -> { });
        }
    }

    /** Runs a step in the engine's threads after a pause, and again if it throws. */
    public void later(String what, Runnable step) {
        schedule(what, false, asSupplier(step), done -> { });
    }

    /**
     * Repeats a step that has failed, in the engine's threads. The caller has logged the failure.
     *
     * @param then takes what the step returned; what it throws itself does not repeat the step
     */
    <T> void again(String what, Supplier<T> step, Consumer<T> then) {
        schedule(what, true, step, then);
    }

    /** @param warned whether the log has a warning already: one is enough for an outage */
    private <T> void schedule(String what, boolean warned, Supplier<T> step, Consumer<T> then) {
        timer.schedule(PAUSE, () -> work.execute(() -> {
            T result;
            try {
                result = step.get();
            } catch (RuntimeException unavailable) {
                if (warned) {
                    LOG.debug("{}: the store is still not available", what, unavailable);
                } else {
                    warn(what, unavailable);
                }
                schedule(what, true, step, then);
                return;
            }
            then.accept(result);
        }));
    }

    private static Supplier<Void> asSupplier(Runnable step) {
        return () -> {
            step.run();
            return null;
        };
    }

    private static void warn(String what, RuntimeException unavailable) {
        LOG.warn("{}: the store is not available. It is tried every {} ms until it is: {}", what, PAUSE.toMillis(), unavailable.toString());
    }
}
