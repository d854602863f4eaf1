package io.github.grokvideo.component.camel;

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

/** The thread pools of one engine, from Camel's ExecutorServiceManager, and their end. */
final class EngineThreads {

    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private final ExecutorServiceManager executors;
    private final Object owner;
    private final List<ExecutorService> first = new ArrayList<>();
    private final List<ExecutorService> last = new ArrayList<>();

    EngineThreads(CamelContext camelContext, Object owner) {
        this.executors = camelContext.getExecutorServiceManager();
        this.owner = owner;
    }

    /** Its queue has no bound: Camel's default of 1000 would reject the 1001st waiting job. */
    ScheduledExecutorService timer(String name, int threads) {
        ScheduledExecutorService timer = executors.newScheduledThreadPool(owner, name, profile(name, threads, -1));
        first.add(timer);
        return timer;
    }

    /** What it does is cut short at the end. */
    ExecutorService pool(String name, int threads) {
        ExecutorService pool = unbounded(name, threads);
        first.add(pool);
        return pool;
    }

    /** What it has begun is brought to its end: calls back, and stores. */
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

    /** Blocks while last steps are taken. */
    void end() {
        first.forEach(executors::shutdownNow);
        last.forEach(executors::shutdown);
        try {
            for (ExecutorService pool : last) {
                executors.awaitTermination(pool, LAST_STEPS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
