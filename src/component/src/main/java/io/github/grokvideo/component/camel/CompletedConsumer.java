// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code completed}: consumes ended jobs that no caller is waiting for. One node claims a job until its exchange has ended; then the job is
 * acknowledged or offered again.
 */
final class CompletedConsumer extends ScheduledPollConsumer implements ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(CompletedConsumer.class);

    private static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private final GrokVideoEndpoint endpoint;
    private final CompletedConfiguration options;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ReentrantLock polling = new ReentrantLock();
    private boolean stopping;
    private CompletedFilter filter;
    private ExecutorService workers;

    CompletedConsumer(GrokVideoEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getCompleted();
        endpoint.getComponent().completedConsumers().add(this);
    }

    @Override
    protected void doStart() throws Exception {
        stopping = false;
        atLeastOne("maximumDeliveries", options.getMaximumDeliveries());
        atLeastOne("concurrentConsumers", options.getConcurrentConsumers());
        filter = filter();
        endpoint.getComponent().warnIfNotDurable("grokvideo:completed");
        workers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, "GrokVideoCompleted", options.getConcurrentConsumers());
        super.doStart();
    }

    /** @throws IllegalArgumentException if an option is invalid */
    CompletedFilter filter() {
        return CompletedFilter.of(options, endpoint.getConfiguration(), endpoint.getComponent()::providerName);
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be 1 or more: " + value);
        }
    }

    @Override
    protected void doStop() throws Exception {
        // Camel interrupts the polling thread and remaining pool threads; none of them may be using the store then.
        polling.lock();
        try {
            stopping = true;
        } finally {
            polling.unlock();
        }
        super.doStop();
        if (workers != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdown(workers);
            if (!workers.awaitTermination(LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Jobs are still being delivered {} s after the route was stopped; no longer waiting for them",
                        LAST_STEPS.toSeconds());
            }
            workers = null;
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        endpoint.getComponent().completedConsumers().remove(this);
        super.doShutdown();
    }

    @Override
    protected int poll() throws Exception {
        polling.lock();
        try {
            return stopping ? 0 : claim();
        } finally {
            polling.unlock();
        }
    }

    private int claim() {
        if (endpoint.getCamelContext().isStarted()) {
            endpoint.getComponent().completedConsumers().warnOnce(engine().store());
        }
        int free = options.getConcurrentConsumers() - inFlight.get();
        if (free <= 0) {
            return 0;
        }
        List<VideoJob> claimed = engine().completions().claim(filter, free);
        for (VideoJob job : claimed) {
            inFlight.incrementAndGet();
            workers.execute(() -> deliver(job));
        }
        return claimed.size();
    }

    private void deliver(VideoJob job) {
        Exchange exchange = createExchange(false);
        try {
            OutcomeHeaders.completed(exchange.getMessage(), job);
            body(exchange, job);
        } catch (Exception e) {
            exchange.setException(e);
        }
        // Synchronizations run in reverse order: the job is acknowledged or offered again before its file is settled.
        exchange.getExchangeExtension().addOnCompletion(new Settlement(job));
        // Processed even with an exception, so that the route's error handling and the settlement run.
        getAsyncProcessor().process(exchange, done -> {
            inFlight.decrementAndGet();
            releaseExchange(exchange, false);
        });
    }

    private void body(Exchange exchange, VideoJob job) throws Exception {
        Message message = exchange.getMessage();
        boolean url = job.urlOnly() && job.error() == null;
        OutcomeHeaders.job(message, job, url);
        if (job.error() != null) {
            OutcomeHeaders.failure(message, job.error().toException(job.id(), job.provider()), job);
        } else {
            Delivery.handOn(engine(), exchange, job, url ? GrokVideoOutput.url : endpoint.getConfiguration().getOutput());
        }
    }

    private VideoEngine engine() {
        return endpoint.getComponent().getEngine();
    }

    /** Acknowledges the job, or offers it again, when its exchange has ended. */
    private final class Settlement implements Synchronization {

        private final VideoJob job;

        private Settlement(VideoJob job) {
            this.job = job;
        }

        @Override
        public void onComplete(Exchange exchange) {
            endpoint.getComponent().startedEngine().ifPresent(engine -> engine.completions().acknowledge(job.id()));
        }

        @Override
        public void onFailure(Exchange exchange) {
            int deliveries = job.delivery().count();
            endpoint.getComponent().startedEngine().ifPresent(engine -> {
                if (deliveries < options.getMaximumDeliveries()) {
                    engine.completions().giveBack(job.id(), options.delay(deliveries));
                } else {
                    LOG.warn("Job {} failed in all {} deliveries and stays undelivered: {}", job.id(), deliveries,
                            exchange.getException() == null ? "rolled back" : exchange.getException().toString());
                    engine.completions().rest(job.id());
                }
            });
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return inFlight.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Claimed jobs are still delivered.
    }
}
