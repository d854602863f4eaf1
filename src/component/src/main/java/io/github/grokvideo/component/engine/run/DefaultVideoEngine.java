// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.EngineLoad;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.EngineSpending;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.engine.JobCompletions;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoFolder;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.submit.Acceptance;
import io.github.grokvideo.component.engine.submit.PriceCheck;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/** The engine: submitter, poller and downloader pass each job on, the waiters are notified of changes. */
public final class DefaultVideoEngine implements VideoEngine, AutoCloseable {

    private final EngineModules parts;
    private final EngineStop stop;
    private final Runnable afterClose;

    /**
     * @param work       runs the engine's steps and the store's calls; may limit its threads, but not its queue
     * @param callbacks  completes the returned futures
     * @param afterClose closes what the engine uses: executors, clients
     */
    public DefaultVideoEngine(
            EngineSettings settings, JobStore store, VideoTransport transport, VideoDownloader downloader, JobTimer timer,
            Executor work, Executor callbacks, RandomGenerator random, Runnable afterClose) {
        this(settings, store, null, transport, downloader, timer, work, callbacks, random, () -> { }, afterClose);
    }

    /**
     * @param others   null = not clustered: only this engine uses the store
     * @param breakOff aborts calls that still hang in the network once nothing more can be charged; their results are still stored
     */
    public DefaultVideoEngine(
            EngineSettings settings, JobStore store, EngineCluster others, VideoTransport transport, VideoDownloader downloader,
            JobTimer timer, Executor work, Executor callbacks, RandomGenerator random, Runnable breakOff, Runnable afterClose) {
        this.afterClose = afterClose;
        this.parts = new EngineModules(
                settings, store, others, transport, downloader, timer, work, callbacks, random, this::submit);
        this.stop = new EngineStop(parts, breakOff);
    }

    /** Blocks if other engines may use the store or there are budgets, and throws what the store throws. */
    public void start() {
        tryOut(null);
        if (parts.cluster != null) {
            // First, since it reads the store's time.
            parts.cluster.start();
        }
        parts.histories.start();
        parts.spending.start();
        parts.retention.start();
    }

    /** Blocks until POSTs in flight are answered, at most submitTimeout, then stops everything. */
    @Override
    public void close() {
        try {
            stop.rest();
        } finally {
            afterClose.run();
        }
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order) {
        if (parts.refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(order.jobId()));
        }
        order.accounts().forEach(parts.accounts::of);
        return parts.steps.begin(() -> parts.submits.submit(order, new Acceptance(order)));
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout) {
        if (parts.refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(order.jobId()));
        }
        order.accounts().forEach(parts.accounts::of);
        Acceptance acceptance = new Acceptance(order);
        return parts.steps.begin(() -> parts.submits.submit(order, acceptance), waitTimeout, () -> {
            acceptance.end(parts.waiters);
            return parts.awaiting.timedOut(acceptance.jobId(), waitTimeout);
        });
    }

    @Override
    public CompletableFuture<VideoJob> await(AwaitOrder wait) {
        return parts.refusing ? CompletableFuture.failedFuture(EngineErrors.detached(wait.jobId()))
                : parts.steps.begin(() -> parts.awaiting.await(wait));
    }

    @Override
    public CompletableFuture<Void> pause(String jobId, Duration duration, Object waiter) {
        return parts.refusing ? CompletableFuture.failedFuture(EngineErrors.detached(jobId)) : parts.pauses.begin(jobId, duration, waiter);
    }

    @Override
    public CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, VideoName name, boolean urlOnly) {
        if (parts.refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(null));
        }
        parts.accounts.of(account);
        return parts.steps.begin(() -> {
            VideoJob job = parts.adoptedTasks.adopt(account, taskId, directory, name, urlOnly);
            parts.dispatcher.resume(job);
            return CompletableFuture.completedFuture(job);
        });
    }

    @Override
    public CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId) {
        return parts.steps.begin(() -> {
            Optional<VideoJob> known = parts.book.find(jobOrTaskId)
                    .or(() -> parts.book.store().findByTask(account.name(), jobOrTaskId));
            if (known.isEmpty()) {
                return parts.adoptedTasks.look(account, jobOrTaskId);
            }
            return parts.dispatcher.ask(known.get());
        });
    }

    @Override
    public CompletableFuture<VideoJob> cancel(VideoAccount account, String jobOrTaskId) {
        return parts.steps.begin(() -> {
            VideoJob known = parts.book.find(jobOrTaskId).or(() -> parts.book.store().findByTask(account.name(), jobOrTaskId))
                    .orElseThrow(() -> EngineErrors.notKnown(jobOrTaskId).toException(jobOrTaskId, account.provider().name()));
            return parts.operations.cancel(known.id());
        });
    }

    @Override
    public CompletableFuture<WebhookResult> notice(VideoAccount account, WebhookNotice notice) {
        return parts.steps.begin(() -> parts.notices.receive(account, notice))
                .exceptionally(stopping -> WebhookResult.of(WebhookResult.Outcome.UNAVAILABLE));
    }

    @Override
    public CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account) {
        return parts.steps.begin(() -> parts.balances.ask(account));
    }

    @Override
    public CompletableFuture<ResolvedRequest> validate(VideoOrder order) {
        return parts.steps.begin(() -> CompletableFuture.completedFuture(PriceCheck.withRoom(
                parts.submits.measured(order), parts.spending.uses(parts.prices.windows(order, parts.timer.now())))));
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return parts.book.find(jobId);
    }

    @Override
    public HandedOutVideo handOut(String jobId) {
        return parts.files.handOut(jobId);
    }

    @Override
    public void delivered(HandedOutVideo handedOut, String place) {
        parts.files.delivered(handedOut, place);
    }

    @Override
    public void settle(HandedOutVideo handedOut, boolean delivered) {
        parts.files.settle(handedOut, delivered);
    }

    @Override
    public void urlDelivered(String jobId) {
        parts.files.urlDelivered(jobId);
    }

    @Override
    public void addListener(VideoJobListener listener) {
        parts.book.addListener(listener);
    }

    @Override
    public void removeListener(VideoJobListener listener) {
        parts.book.removeListener(listener);
    }

    @Override
    public EngineLoad load() {
        return new EngineLoad(parts.calls.inFlight() + parts.queries.inFlight(), parts.calls.waiting() + parts.queries.waiting(),
                parts.downloads.inFlight(), parts.downloads.waiting());
    }

    @Override
    public void tryOut(Path directory) {
        parts.folders.unusable(directory);
    }

    @Override
    public List<VideoFolder> folders() {
        return parts.folders.look();
    }

    @Override
    public void register(VideoAccount account) {
        parts.spending.requireKnown(account);
        parts.accounts.of(account);
    }

    @Override
    public void detach(Object waiter) {
        parts.pauses.detach(waiter);
        stop.withdraw(parts.waiters.detach(waiter));
    }

    @Override
    public void refuse() {
        parts.refusing = true;
    }

    @Override
    public void detachAll() {
        stop.detachAll();
    }

    @Override
    public JobStore store() {
        return parts.book.store();
    }

    @Override
    public String node() {
        return parts.cluster == null ? null : parts.membership.id();
    }

    @Override
    public EngineSpending spending() {
        return parts.spending;
    }

    @Override
    public JobCompletions completions() {
        return parts.completions;
    }

    @Override
    public JobOperations operations() {
        return parts.operations;
    }

}
