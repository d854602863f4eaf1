package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.engine.DefaultVideoEngine;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.ScheduledJobTimer;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.transport.CamelHttpClients;
import io.github.grokvideo.component.transport.CamelHttpTransport;
import io.github.grokvideo.component.transport.MediaDownloader;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Builds what the component stands on from its options: the one place where the layers below are put together. */
class EngineFactory {

    /** The engine's own steps are short, but for the store's answer. */
    private static final int WORK_THREADS = 8;
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private final CamelContext camelContext;
    private final GrokVideoComponent component;
    /** Outlives the engine: a component that is stopped and started again finds its jobs. */
    private final JobStore memory = new MemoryJobStore();

    EngineFactory(CamelContext camelContext, GrokVideoComponent component) {
        this.camelContext = camelContext;
        this.component = component;
    }

    /** @return a running engine; one that is {@link AutoCloseable} is closed when the component stops */
    VideoEngine createEngine() {
        EngineSettings settings = new EngineSettings(
                Path.of(component.getWorkDirectory()), component.getSubmitTimeout(), component.getSubmitRetryTimeout(), POLL_TIMEOUT,
                component.getDownloadTimeout(), component.getDownloadIdleTimeout(), component.getMaxFileSize(),
                component.getIoThreads(), component.getKeepUndelivered(), component.getKeepKeys());
        // First: where it is not fit nothing else has been begun.
        JobStoreOption.Opened jobs = JobStoreOption.open(
                camelContext, component.getJobStore(), component.isCreateSchema(), memory);
        ScheduledExecutorService timer = timer("GrokVideoTimer");
        ScheduledExecutorService watchdog = timer("GrokVideoWatchdog");
        ExecutorService work = pool("GrokVideoWork", WORK_THREADS);
        ExecutorService callbacks = pool("GrokVideoCallback", settings.ioThreads());
        ExecutorService calls = pool("GrokVideoCall", settings.ioThreads());
        ExecutorService downloads = pool("GrokVideoDownload", settings.maxDownloads());
        CamelHttpClients clients = new CamelHttpClients(camelContext, component.getConnectTimeout(), settings.ioThreads());
        DefaultVideoEngine engine = new DefaultVideoEngine(
                settings, jobs.store(),
                component.observers().observed(new CamelHttpTransport(clients, calls, watchdog)),
                component.observers().observed(new MediaDownloader(clients, downloads, watchdog)),
                new ScheduledJobTimer(Clock.systemUTC(), timer), work, callbacks, new Random(), () -> {
                    ExecutorServiceManager executors = camelContext.getExecutorServiceManager();
                    try {
                        executors.shutdownNow(timer);
                        clients.close();
                        executors.shutdownNow(downloads);
                        executors.shutdownNow(calls);
                        executors.shutdownNow(watchdog);
                        executors.shutdown(work);
                        // What is left to call back is called back, and what is left to store is stored.
                        executors.shutdownGraceful(callbacks);
                        awaitEnd(work);
                    } finally {
                        jobs.release().run();
                    }
                });
        engine.start();
        return engine;
    }

    private void awaitEnd(ExecutorService work) {
        try {
            camelContext.getExecutorServiceManager().awaitTermination(work, LAST_STEPS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the built-in gateway of that name */
    Optional<VideoProvider> provider(String name) {
        return VideoProviders.named(name);
    }

    /** Its queue has no bound: Camel's default of 1000 would reject the 1001st waiting job. */
    private ScheduledExecutorService timer(String name) {
        return camelContext.getExecutorServiceManager().newScheduledThreadPool(component, name, profile(name, 1, -1));
    }

    /**
     * The queue has no bound since what enters it is bounded by the engine's gates; no caller ever runs what is rejected. Not -1,
     * which Camel takes for no queue at all here.
     */
    private ExecutorService pool(String name, int threads) {
        ThreadPoolProfile profile = profile(name, threads, Integer.MAX_VALUE);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        return camelContext.getExecutorServiceManager().newThreadPool(component, name, profile);
    }

    private static ThreadPoolProfile profile(String name, int threads, int queue) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(queue);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
