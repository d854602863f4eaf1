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

/** The thread pools of one engine, from Camel's ExecutorServiceManager, and their shutdown. */
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

    /** For tasks that only pass work on. Its queue is unbounded: Camel's default of 1000 would reject the 1001st waiting job. */
    ScheduledExecutorService timer(String name, int threads) {
        ScheduledExecutorService timer = executors.newScheduledThreadPool(owner, name, profile(name, threads, -1));
        timers.add(timer);
        return timer;
    }

    /** Like {@link #timer}, for periodic tasks that call the store. */
    ScheduledExecutorService storeTimer(String name, int threads) {
        ScheduledExecutorService timer = executors.newScheduledThreadPool(owner, name, profile(name, threads, -1));
        first.add(timer);
        return timer;
    }

    /** Its tasks are completed first on shutdown. */
    ExecutorService pool(String name, int threads) {
        ExecutorService pool = unbounded(name, threads);
        first.add(pool);
        return pool;
    }

    /** For work passed on by the other pools; completed after theirs. */
    ExecutorService lasting(String name, int threads) {
        ExecutorService pool = unbounded(name, threads);
        last.add(pool);
        return pool;
    }

    /**
     * The queue is unbounded, since the engine's gates limit what enters it; rejected tasks never run on the caller's thread. Not -1, which
     * Camel takes to mean no queue here.
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
     * Blocks until running tasks have ended, up to {@link #LAST_STEPS}. Does not interrupt threads that may be writing to the store, since
     * that would close an H2 file for everyone. Tasks that hang in the network are given up.
     */
    void end() {
        timers.forEach(executors::shutdownNow);
        long end = System.nanoTime() + LAST_STEPS.toNanos();
        end(first, end);
        end(last, end);
    }

    private void end(List<ExecutorService> pools, long end) {
        // Camel no longer tracks the pools after this, so it does not interrupt them later.
        pools.forEach(executors::shutdown);
        try {
            for (ExecutorService pool : pools) {
                if (!pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    LOG.warn("Threads are still busy {} s after the engine was closed, and are left running: {}",
                            LAST_STEPS.toSeconds(), pool);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
