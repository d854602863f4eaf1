package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that watches the engine of a component: attached when the engine begins, detached when it ends. Thread-safe. What goes wrong
 * with observing is logged, and no reason not to make videos.
 */
public final class Observers {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final CamelContext camelContext;
    private final Supplier<ObserverSettings> settings;
    private final Supplier<Collection<VideoAccount>> accounts;
    private final Clock clock = Clock.systemUTC();
    private final GatewayNews gatewayNews;
    private final CallContexts contexts;
    private final Spans spans;
    private final ReentrantLock lock = new ReentrantLock();
    private Attached attached;

    /**
     * @param settings asked when an engine begins
     * @param accounts those in use at the time of the call
     */
    public Observers(CamelContext camelContext, Supplier<ObserverSettings> settings, Supplier<Collection<VideoAccount>> accounts) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.accounts = accounts;
        this.gatewayNews = new GatewayNews(accounts);
        this.spans = isPresent("io.opentelemetry.api.trace.Span")
                ? new OpenTelemetrySpans(camelContext, this::account, this::parent) : Spans.NONE;
        this.contexts = new CallContexts(spans);
    }

    /** @return a transport that tells what it does */
    public VideoTransport observed(VideoTransport transport) {
        return new ObservedTransport(transport, gatewayNews);
    }

    /** @return a downloader that tells what it does */
    public VideoDownloader observed(VideoDownloader downloader) {
        return new ObservedDownloader(downloader, gatewayNews);
    }

    /** Remembers MDC and span of a call for what its job does on other threads. On the call's thread. */
    public void begun(String jobId) {
        call().accept(jobId);
    }

    /**
     * As {@link #begun} for a call whose job is found later. On the call's thread.
     *
     * @return takes the job's id, on any thread
     */
    public Consumer<String> call() {
        return contexts.call();
    }

    /** Begins to watch an engine. */
    public void attach(VideoEngine engine) {
        lock.lock();
        try {
            detach();
            carefully("metrics, health checks, JMX, events and job log", () -> {
                attached = new Attached(engine);
                attached.begin();
            });
        } finally {
            lock.unlock();
        }
    }

    /** Watches no longer. */
    public void detach() {
        lock.lock();
        try {
            if (attached != null) {
                attached.end();
                attached = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Object parent(String jobId) {
        return contexts.find(jobId).map(CallContexts.CallContext::span).orElse(null);
    }

    private VideoAccount account(String name) {
        return accounts.get().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Observers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void carefully(String what, Step step) {
        try {
            step.run();
        } catch (Exception | LinkageError e) {
            LOG.warn("Without {}: {}", what, e.toString());
        }
    }

    /** The observers of one engine. */
    private final class Attached {

        private final VideoEngine engine;
        private final JobsInHand jobsInHand;
        private final ExecutorService probing;
        private final NodeView node;
        private final List<JobObserver> observers;
        private final Optional<Metrics> metrics;
        private final List<PassiveCheck> checks;
        private final VideoJobs videoJobs;
        private final HealthCheckRegistry health;
        private final VideoJobListener listener = this::onJob;

        private Attached(VideoEngine engine) {
            this.engine = engine;
            jobsInHand = new JobsInHand(engine.node() != null);
            // One thread, that ends when it is not asked for long; more questions than one never wait.
            probing = camelContext.getExecutorServiceManager().newThreadPool(Observers.this, "GrokVideoProbe", 0, 1);
            GatewayStatus gateways = new GatewayStatus(clock);
            node = new NodeView(engine, settings.get(), accounts, jobsInHand, new RecentJobs(), new History(), gateways,
                    new StoreProbe(engine.store(), probing, clock));
            metrics = isPresent("io.micrometer.core.instrument.MeterRegistry") ? MetricsFinder.find(camelContext, jobsInHand)
                    : Optional.empty();
            observers = new ArrayList<>(List.of(
                    node.recentJobs(), node.history(), gateways, new JobLog(contexts), new JobEvents(camelContext), spans));
            metrics.ifPresent(observers::add);
            gatewayNews.add(gateways);
            metrics.ifPresent(gatewayNews::add);
            checks = HealthChecks.of(node, clock);
            videoJobs = new VideoJobs(engine, node, clock);
            health = HealthCheckRegistry.get(camelContext);
        }

        private void begin() {
            engine.addListener(listener);
            if (camelContext.hasServices(VideoJobs.class).isEmpty()) {
                carefully("the JMX bean and developer console of video jobs", () -> camelContext.addService(videoJobs));
            } else {
                LOG.info("VideoJobs in JMX and the developer console show another component's jobs: there is one of them in a context");
            }
            if (health != null) {
                checks.forEach(check -> carefully("health check " + check.getId(), () -> health.register(check)));
            }
        }

        private void end() {
            engine.removeListener(listener);
            gatewayNews.remove(node.gateways());
            metrics.ifPresent(gatewayNews::remove);
            carefully("an orderly end of the spans", spans::end);
            carefully("an orderly end of the metrics", () -> metrics.ifPresent(Metrics::close));
            if (health != null) {
                checks.forEach(check -> carefully("an orderly end of " + check.getId(), () -> health.unregister(check)));
            }
            carefully("an orderly end of the JMX bean", () -> camelContext.removeService(videoJobs));
            camelContext.getExecutorServiceManager().shutdownNow(probing);
        }

        private void onJob(VideoJob before, VideoJob after) {
            JobChange change = jobsInHand.changed(before, after, clock.instant());
            for (JobObserver observer : observers) {
                try {
                    observer.onChange(change);
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("{} could not follow job {}: {}", observer.getClass().getSimpleName(), after.id(), e.toString());
                }
            }
            if (change.isEnd()) {
                contexts.ended(after.id());
            }
        }
    }
}
