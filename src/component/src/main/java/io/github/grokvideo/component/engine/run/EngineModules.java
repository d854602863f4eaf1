// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.cluster.ClusterMember;
import io.github.grokvideo.component.engine.core.AwaitCall;
import io.github.grokvideo.component.engine.core.CallbackExecutor;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.InFlightCounter;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.StatusQueries;
import io.github.grokvideo.component.engine.core.StoreTimer;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.engine.download.Downloader;
import io.github.grokvideo.component.engine.files.HandOutDirectory;
import io.github.grokvideo.component.engine.files.LeftoverFiles;
import io.github.grokvideo.component.engine.files.Retention;
import io.github.grokvideo.component.engine.files.VideoFiles;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.engine.limits.OpenJobCount;
import io.github.grokvideo.component.engine.limits.QueryGate;
import io.github.grokvideo.component.engine.notice.WebhookNotices;
import io.github.grokvideo.component.engine.poll.PollTiming;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.engine.schedule.RenderHistories;
import io.github.grokvideo.component.engine.submit.MediaPlan;
import io.github.grokvideo.component.engine.submit.OrderJobs;
import io.github.grokvideo.component.engine.submit.PriceCheck;
import io.github.grokvideo.component.engine.submit.SubmitDecision;
import io.github.grokvideo.component.engine.submit.Submitter;
import io.github.grokvideo.component.engine.submit.UploadRemoval;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/** The parts of one engine and their wiring. All of them run on the work pool or the caller's thread. */
final class EngineModules {

    final JobBook book;
    final JobWaiters waiters;
    final JobTimer timer;
    final Executor work;
    final EngineSettings settings;
    final Submitter submitter;
    final RenderHistories histories;
    final LedgerSpending spending;
    final PriceCheck prices;
    final Poller poller;
    final Downloader downloader;
    final CallGate calls;
    final QueryGate queries;
    final CallGate downloads;
    final VideoFolders folders;
    final HandOutDirectory handOuts;
    final VideoFiles files;
    final Retention retention;
    final MediaPlan mediaPlan;
    final OrderJobs orderJobs;
    final SubmitDecision submitDecision;
    final OrderSubmits submits;
    final Accounts accounts;
    final EngineCalls steps;
    final BalanceQuery balances;
    final AwaitCall awaiting;
    final Pauses pauses;
    final AdoptedTasks adoptedTasks;
    /** Used only if the engine is not clustered. */
    final StartupRecovery recovery;
    /** null = not clustered: only this engine uses the store. */
    final ClusterMember cluster;
    final Membership membership;
    final JobDispatcher dispatcher;
    final CompletedJobs completions;
    final OperatorActions operations;
    final WebhookNotices notices;
    /** Withdrawals in progress: they write to the store, also on threads that are not the engine's. */
    final InFlightCounter withdrawing = new InFlightCounter();
    /** The engine is stopping: no new work is started. */
    volatile boolean refusing;

    /**
     * @param others null = not clustered: only this engine uses the store
     * @param submit how an operator's retry submits
     */
    EngineModules(
            EngineSettings settings, JobStore store, EngineCluster others, VideoTransport transport, VideoDownloader downloader,
            JobTimer timer, Executor work, Executor callbacks, RandomGenerator random,
            Function<VideoOrder, CompletableFuture<VideoJob>> submit) {
        this.settings = settings;
        this.timer = others == null ? timer : new StoreTimer(timer, others.nodes().clock());
        this.work = work;
        Executor callbackExecutor = new CallbackExecutor(callbacks);
        this.steps = new EngineCalls(timer, work, callbackExecutor);
        this.accounts = others == null ? new Accounts(this::accountSeen, name -> Optional.empty(), null)
                : new Accounts(this::accountSeen, others.accounts(), new OpenJobCount(store::countOpen, this.timer, work, random));
        this.waiters = new JobWaiters(this.timer, callbackExecutor);
        this.book = new JobBook(store, waiters, this.timer, work, settings);
        this.pauses = new Pauses(this.timer, callbackExecutor);
        book.addListener(pauses);
        this.membership = new Membership(others, timer, work, settings.submitTimeout(), this::heartbeat);
        this.folders = new VideoFolders(settings);
        GatewayCalls gateway = new GatewayCalls(transport, downloader, book, this.timer);
        EngineParts parts = new EngineParts(book, waiters, gateway, new StatusQueries(gateway, this.timer, settings), this.timer, work,
                settings, random, membership, folders);
        this.calls = new CallGate(settings.ioThreads(), work);
        this.queries = new QueryGate(calls, transport::queriesHoldThreads, work);
        this.downloads = new CallGate(settings.maxDownloads(), work);
        this.downloader = new Downloader(parts, calls, downloads);
        this.histories = new RenderHistories(store.learnt().orElse(null), this.timer, work);
        this.spending = new LedgerSpending(book, settings.spending(), steps, this.timer, work);
        this.prices = new PriceCheck(settings.spending().budgets());
        PollTiming timing = new PollTiming(parts, histories);
        this.dispatcher = new JobDispatcher(parts, accounts, timing, () -> refusing);
        this.poller = new Poller(parts, queries, timing, dispatcher::rendered);
        this.submitter = new Submitter(parts, calls, dispatcher::accepted);
        this.awaiting = new AwaitCall(
                parts, dispatcher::ask, dispatcher::refresh, submitter::stage, dispatcher::lastPoll);
        this.adoptedTasks = new AdoptedTasks(parts, calls);
        book.addListener(new UploadRemoval(parts, calls, accounts));
        this.balances = new BalanceQuery(parts, calls);
        this.handOuts = new HandOutDirectory(settings.workDirectory());
        this.files = new VideoFiles(parts, handOuts);
        this.retention = new Retention(parts, new LeftoverFiles(parts, handOuts), others != null && others.alone());
        this.mediaPlan = new MediaPlan(book::find);
        this.orderJobs = new OrderJobs(parts);
        this.submitDecision = new SubmitDecision(parts, orderJobs, submitter::isSubmitting);
        this.submits = new OrderSubmits(this);
        this.recovery = new StartupRecovery(parts, accounts, submitter, dispatcher::resume);
        this.cluster = others == null ? null
                : new ClusterMember(parts, others, accounts, submitter, poller, this.downloader, awaiting);
        dispatcher.connect(poller, this.downloader, cluster);
        this.completions = new CompletedJobs(parts, dispatcher, awaiting::changedElsewhere);
        this.operations = new OperatorActions(parts, submitter.waiting(), dispatcher, retention, new JobResubmission(accounts, submit),
                new JobCancellation(parts, calls, accounts, dispatcher));
        this.notices = new WebhookNotices(parts, accounts, transport, dispatcher::pollSoon);
    }

    private void accountSeen(String account) {
        if (cluster == null) {
            work.execute(() -> recovery.begin(account));
        }
    }

    private void heartbeat(List<StoreNode> nodes) {
        cluster.round(nodes);
    }
}
