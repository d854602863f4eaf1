// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.engine.JobTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine's timer: a clock and a single-threaded scheduled executor. */
public final class ScheduledJobTimer implements JobTimer {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledJobTimer.class);

    private final Clock clock;
    private final ScheduledExecutorService executor;

    public ScheduledJobTimer(Clock clock, ScheduledExecutorService executor) {
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> scheduled = executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException stopped) {
            // The engine is closing: the next start resumes from the store.
            return () -> { };
        }
    }

    /** Logs exceptions, which would otherwise be lost in the unused future. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RejectedExecutionException stopped) {
            LOG.debug("A scheduled step ran after the engine had closed", stopped);
        } catch (RuntimeException | Error e) {
            LOG.error("A scheduled step could not be started", e);
        }
    }
}
