// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread pools of one engine, from Camel's ExecutorServiceManager, and their end. */
final class EngineThreads {

    private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);
    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private final ExecutorServiceManager executors;
    private final Object owner;
    private final List<ExecutorService> timers = new ArrayList<>();
    private final List<ExecutorService> first = new ArrayList<>();
    private final List<ExecutorService> last = new ArrayList<>();

    EngineThreads(CamelContext camelContext, Object owner) {
        this.executors = camelContext.getExecutorServiceManager();
        this.owner = owner;
    }

    /** Its tasks only hand work on. Its queue has no bound: Camel's default of 1000 would reject the 1001st waiting job. */
    ScheduledExecutorService timer(String name, int threads) {
        ScheduledExecutorService timer = executors.newScheduledThreadPool(owner, name, profile(name, threads, -1));
        timers.add(timer);
        return timer;
    }

    /** As {@link #timer}, for periodic tasks that call the store. */
    ScheduledExecutorService storeTimer(String name, int threads) {
        ScheduledExecutorService timer = executors.newScheduledThreadPool(owner, name, profile(name, threads, -1));
        first.add(timer);
        return timer;
    }

    /** What it has begun is brought to its end first. */
    ExecutorService pool(String name, int threads) {
        ExecutorService pool = unbounded(name, threads);
        first.add(pool);
        return pool;
    }

    /** For what the others hand on: it is brought to its end after them. */
    ExecutorService lasting(String name, int threads) {
        ExecutorService pool = unbounded(name, threads);
        last.add(pool);
        return pool;
    }

    /**
     * The queue has no bound since what enters it is bounded by the engine's gates; no caller ever runs what is rejected. Not -1,
     * which Camel takes for no queue at all here.
     */
    private ExecutorService unbounded(String name, int threads) {
        ThreadPoolProfile profile = profile(name, threads, Integer.MAX_VALUE);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        return executors.newThreadPool(owner, name, profile);
    }

    private static ThreadPoolProfile profile(String name, int threads, int queue) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(queue);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /**
     * Blocks while last steps are taken. No thread is interrupted that may be writing to the store: an H2 file would be closed for all.
     * What hangs in the network is given up.
     */
    void end() {
        timers.forEach(executors::shutdownNow);
        long end = System.nanoTime() + LAST_STEPS.toNanos();
        end(first, end);
        end(last, end);
    }

    private void end(List<ExecutorService> pools, long end) {
        // Camel forgets them with this, and interrupts none of them later.
        pools.forEach(executors::shutdown);
        try {
            for (ExecutorService pool : pools) {
                if (!pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    LOG.warn("Threads are still busy {} s after the engine was closed, and are left to themselves: {}",
                            LAST_STEPS.toSeconds(), pool);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
