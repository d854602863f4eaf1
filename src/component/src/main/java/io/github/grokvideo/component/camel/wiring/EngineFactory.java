// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import io.github.grokvideo.component.camel.options.EngineOptions;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.core.ScheduledJobTimer;
import io.github.grokvideo.component.engine.limits.CallLimit;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.CamelHttpTransport;
import io.github.grokvideo.component.transport.media.MediaDownloader;
import org.apache.camel.CamelContext;

/** Builds the engine from the component's options: the one place that wires the layers below together. */
public class EngineFactory {

    /** The engine's own steps are short, except for calls of the store. */
    private static final int WORK_THREADS = 8;
    /** Status queries are started on these, and their answers are read and stored. A query in flight holds none. */
    private static final int QUERY_THREADS = 8;
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(30);

    private final CamelContext camelContext;
    private final EngineOptions component;
    private final Function<String, Optional<VideoAccount>> accounts;
    private final Supplier<List<Budget>> accountBudgets;
    /** Outlives the engine, so that a component that is stopped and started again finds its jobs. */
    private final JobStore memory = new MemoryJobStore();

    /**
     * @param accounts       finds an account by the name stored with a job
     * @param accountBudgets the budgets of the accounts besides the component's own
     */
    public EngineFactory(
            CamelContext camelContext, EngineOptions component, Function<String, Optional<VideoAccount>> accounts,
            Supplier<List<Budget>> accountBudgets) {
        this.accountBudgets = accountBudgets;
        this.camelContext = camelContext;
        this.component = component;
        this.accounts = accounts;
    }

    /** @return a running engine; one that is {@link AutoCloseable} is closed when the component stops */
    public VideoEngine createEngine() {
        EngineSettings settings = EngineSettings.builder(Path.of(component.getWorkDirectory()))
                .submitTimeout(component.getSubmitTimeout()).submitRetryTimeout(component.getSubmitRetryTimeout())
                .pollTimeout(POLL_TIMEOUT).downloadTimeout(component.getDownloadTimeout())
                .downloadIdleTimeout(component.getDownloadIdleTimeout()).maxFileSize(component.getMaxFileSize())
                .ioThreads(component.getIoThreads()).keepUndelivered(component.getKeepUndelivered())
                .keepKeys(component.getKeepKeys()).keepJobs(component.getKeepJobs()).orphanAfter(component.getOrphanAfter())
                .storePrompts(component.isStorePrompts()).minFreeSpace(component.getMinFreeSpace())
                .jobNotFoundAfter(component.getJobNotFoundAfter()).maxRetryAfter(component.getMaxRetryAfter())
                .keepUploads(component.getKeepUploads())
                .spending(SpendingFactory.create(camelContext, component, accountBudgets.get())).build();
        // Opened first: if it fails, nothing else has been started.
        JobStoreOption.Opened jobs = JobStoreOption.open(
                camelContext, component.getJobStore(), component.isCreateSchema(), memory);
        EngineThreads threads = new EngineThreads(camelContext, component);
        try {
            EngineCluster others = jobs.store() instanceof JdbcJobStore shared
                    ? new ClusterFactory(component, accounts).create(shared, settings, threads) : null;
            DefaultVideoEngine engine = engine(settings, jobs, others, threads);
            started(engine);
            return engine;
        } catch (RuntimeException unfit) {
            threads.end();
            jobs.release().run();
            throw unfit;
        }
    }

    private DefaultVideoEngine engine(
            EngineSettings settings, JobStoreOption.Opened jobs, EngineCluster others, EngineThreads threads) {
        ScheduledExecutorService watchdog = threads.timer("GrokVideoWatchdog", 1);
        ExecutorService calls = threads.pool("GrokVideoCall", settings.ioThreads());
        ExecutorService queries = threads.pool("GrokVideoQuery", QUERY_THREADS);
        ExecutorService downloads = threads.pool("GrokVideoDownload", settings.maxDownloads());
        ExecutorService work = threads.lasting("GrokVideoWork", WORK_THREADS);
        ExecutorService callbacks = threads.lasting("GrokVideoCallback", settings.ioThreads());
        CamelHttpClients clients = new CamelHttpClients(camelContext, component.getConnectTimeout(), settings.ioThreads(),
                CallLimit.MOST + settings.ioThreads());
        Outside outside = outside(new Outside(
                jobs.store(), others, new CamelHttpTransport(clients, calls, queries, watchdog),
                new MediaDownloader(clients, downloads, watchdog)));
        return new DefaultVideoEngine(
                settings, outside.store(), outside.others(), outside.transport(), outside.downloader(),
                new ScheduledJobTimer(Clock.systemUTC(), threads.timer("GrokVideoTimer", 1)), work, callbacks, new Random(),
                clients::close, () -> {
                    try {
                        threads.end();
                    } finally {
                        jobs.release().run();
                    }
                });
    }

    /**
     * Everything through which an engine acts outside its JVM.
     *
     * @param others null = the store is used by this engine alone
     */
    public record Outside(JobStore store, EngineCluster others, VideoTransport transport, VideoDownloader downloader) {
    }

    /** @return what the engine uses instead; tests insert wrappers that end the process at a chosen call */
    protected Outside outside(Outside real) {
        return real;
    }

    private static void started(DefaultVideoEngine engine) {
        try {
            engine.start();
        } catch (RuntimeException unfit) {
            engine.close();
            throw unfit;
        }
    }

    /** @return the built-in gateway of that name */
    public Optional<VideoProvider> provider(String name) {
        return VideoProviders.named(name);
    }
}
