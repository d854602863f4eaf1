// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoEngine;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StatefulService;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a context in three steps: refuse new calls, wait until no consumer delivers new messages, detach the waiting exchanges. Without it,
 * the context would use up its whole shutdown timeout for videos that take minutes.
 */
public final class StopSequence extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);
    /** Longest time between refusing and detaching. */
    static final long MAX_WAIT_MILLIS = 1000;
    private static final long CHECK_MILLIS = 20;

    private final CamelContext camelContext;
    private final Supplier<Optional<VideoEngine>> engine;

    public StopSequence(CamelContext camelContext, Supplier<Optional<VideoEngine>> engine) {
        this.camelContext = camelContext;
        this.engine = engine;
    }

    @Override
    public void onContextStopping(CamelContext context) {
        engine.get().ifPresent(this::stop);
    }

    private void stop(VideoEngine stopping) {
        stopping.refuse();
        // The routes are suspended after this call has returned, so the wait happens on a thread of its own.
        ScheduledExecutorService watch
                = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "GrokVideoStop");
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MILLIS);
        watch.scheduleWithFixedDelay(() -> {
            try {
                if (System.nanoTime() - end < 0 && !isQuiet()) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.debug("Cannot check whether the consumers are suspended", e);
            }
            try {
                stopping.detachAll();
            } finally {
                camelContext.getExecutorServiceManager().shutdown(watch);
            }
        }, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean isQuiet() {
        for (Route route : List.copyOf(camelContext.getRoutes())) {
            Consumer consumer = route.getConsumer();
            // Consumers such as seda and direct run until the last exchange has ended, so they are not waited for.
            boolean runsOn = consumer instanceof ShutdownAware aware
                    && aware.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly);
            if (!runsOn && consumer instanceof StatefulService service && service.isStarted()) {
                return false;
            }
        }
        return true;
    }
}
