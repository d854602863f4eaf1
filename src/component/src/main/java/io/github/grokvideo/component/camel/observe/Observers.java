// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.camel.observe.jobs.PollAnswers;
import io.github.grokvideo.component.camel.observe.jobs.RecentJobs;
import io.github.grokvideo.component.camel.observe.jobs.WebhookCounts;
import io.github.grokvideo.component.camel.observe.submit.SubmitAccounts;
import io.github.grokvideo.component.camel.observe.submit.VideoSubmit;
import io.github.grokvideo.component.camel.observe.trace.CallContexts;
import io.github.grokvideo.component.camel.observe.trace.OpenTelemetrySpans;
import io.github.grokvideo.component.camel.observe.trace.Spans;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.BudgetUse;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that observes the engine of a component: attached when the engine starts, detached when it ends. Failures of observers are
 * logged, and do not affect video jobs. Thread-safe.
 */
public final class Observers {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);
    private static final Duration STORE_FRESH = Duration.ofSeconds(10);
    private static final Duration FOLDERS_FRESH = Duration.ofSeconds(1);
    /** No job has this id. */
    private static final String NOBODY = "grokvideo-store-probe";

    private final CamelContext camelContext;
    private final Supplier<ObserverSettings> settings;
    private final Supplier<Collection<VideoAccount>> accounts;
    private final SubmitAccounts submits;
    private final Clock clock = Clock.systemUTC();
    private final CallContexts contexts;
    private final Spans spans;
    private final ReentrantLock lock = new ReentrantLock();
    private Attached attached;

    /**
     * @param settings read when an engine starts
     * @param accounts those in use at the time of the call
     * @param submits  those that let consoles submit
     */
    public Observers(
            CamelContext camelContext, Supplier<ObserverSettings> settings, Supplier<Collection<VideoAccount>> accounts,
            SubmitAccounts submits) {
        this.submits = submits;
        this.camelContext = camelContext;
        this.settings = settings;
        this.accounts = accounts;
        this.spans = isPresent("io.opentelemetry.api.trace.Span")
                ? new OpenTelemetrySpans(camelContext, this::account, this::parent) : Spans.NONE;
        this.contexts = new CallContexts(spans);
    }

    /** Remembers MDC and span of a call for the work of its job on other threads. Must run on the call's thread. */
    public void begun(String jobId) {
        call().accept(jobId);
    }

    /**
     * Like {@link #begun}, for a call whose job is found later. Must run on the call's thread.
     *
     * @return takes the job's id, on any thread
     */
    public Consumer<String> call() {
        return contexts.call();
    }

    /** The call has begun no job with that id after all. */
    public void notBegun(String jobId) {
        contexts.ended(jobId);
    }

    /** Starts observing an engine. */
    public void attach(VideoEngine engine) {
        lock.lock();
        try {
            detach();
            runLoggingFailures("setting up metrics, health checks, JMX, events and job log", () -> {
                attached = new Attached(engine);
                attached.begin();
            });
        } finally {
            lock.unlock();
        }
    }

    /** Stops observing. */
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

    private static void runLoggingFailures(String what, Step step) {
        try {
            step.run();
        } catch (Exception | LinkageError e) {
            LOG.warn("Failed {}: {}", what, e.toString());
        }
    }

    /** The observers of one engine. */
    private final class Attached implements VideoJobListener {

        private final VideoEngine engine;
        private final OpenJobs jobsInHand;
        private final ExecutorService probing;
        private final NodeView node;
        private final List<JobObserver> observers;
        private final Optional<Metrics> metrics;
        private final List<PassiveCheck> checks;
        private final List<StaticService> beans;
        private final HealthCheckRegistry health;

        private Attached(VideoEngine engine) {
            this.engine = engine;
            jobsInHand = new OpenJobs(engine.node() != null);
            // One thread per probe, which ends when idle; there are never more pending queries than probes.
            probing = camelContext.getExecutorServiceManager().newThreadPool(Observers.this, "GrokVideoProbe", 0, 2);
            GatewayStatus gateways = new GatewayStatus(clock);
            PollAnswers polls = new PollAnswers(clock);
            node = new NodeView(engine, settings.get(), accounts, jobsInHand, new RecentJobs(), new History(), gateways,
                    polls, new Probe(this::askStore, STORE_FRESH, probing, clock),
                    new Probe(() -> Folders.problem(engine.folders()), FOLDERS_FRESH, probing, clock), new WebhookCounts());
            metrics = isPresent("io.micrometer.core.instrument.MeterRegistry") ? MetricsFinder.find(camelContext, jobsInHand)
                    : Optional.empty();
            observers = new ArrayList<>(List.of(
                    node.recentJobs(), node.history(), gateways, polls, node.webhooks(), new JobLog(contexts),
                    new JobEvents(camelContext), spans));
            metrics.ifPresent(observers::add);
            checks = HealthChecks.of(node, clock);
            beans = List.of(new VideoJobs(engine, node, clock), new VideoJobEngine(node), new VideoJobStore(node),
                    new VideoSpending(engine, clock), new VideoProblems(node, clock),
                    new VideoSubmit(engine, submits, node.showPrompts(), clock));
            health = HealthCheckRegistry.get(camelContext);
        }

        /** @return null; an unavailable store throws */
        private String askStore() {
            engine.store().find(NOBODY);
            return null;
        }

        private void begin() {
            engine.addListener(this);
            if (camelContext.hasServices(VideoJobs.class).isEmpty()) {
                beans.forEach(bean -> runLoggingFailures("adding JMX bean and developer console", () -> camelContext.addService(bean)));
            } else {
                LOG.info("JMX and the developer console show the video jobs of another grokvideo component:"
                        + " a context has only one of each");
            }
            if (health != null) {
                checks.forEach(check -> runLoggingFailures("registering health check " + check.getId(), () -> health.register(check)));
            }
        }

        private void end() {
            engine.removeListener(this);
            runLoggingFailures("closing the spans", spans::end);
            runLoggingFailures("closing the metrics", () -> metrics.ifPresent(Metrics::close));
            if (health != null) {
                checks.forEach(check -> runLoggingFailures("unregistering health check " + check.getId(), () -> health.unregister(check)));
            }
            beans.forEach(bean -> runLoggingFailures("removing the JMX bean", () -> camelContext.removeService(bean)));
            camelContext.getExecutorServiceManager().shutdown(probing);
        }

        @Override
        public void onJob(VideoJob before, VideoJob after) {
            JobChange change = jobsInHand.changed(before, after, clock.instant());
            tell(after.id(), observer -> observer.onChange(change));
            if (change.isEnd()) {
                contexts.ended(after.id());
            }
        }

        @Override
        public void onBudgets(List<BudgetUse> uses) {
            tell("", observer -> observer.onBudgets(uses));
        }

        @Override
        public void onBudgetUsed(BudgetUse use, int percent) {
            tell("", observer -> observer.onBudgetUsed(use, percent));
        }

        @Override
        public void onCall(GatewayCall call) {
            tell(call.jobId(), observer -> observer.onCall(call));
        }

        @Override
        public void onNotice(VideoAccount account, WebhookResult result) {
            tell(result.jobId(), observer -> observer.onNotice(account, result));
        }

        private void tell(String jobId, Consumer<JobObserver> news) {
            for (JobObserver observer : observers) {
                try {
                    news.accept(observer);
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("{} failed on an event of job {}: {}", observer.getClass().getSimpleName(), jobId, e.toString());
                }
            }
        }
    }
}
