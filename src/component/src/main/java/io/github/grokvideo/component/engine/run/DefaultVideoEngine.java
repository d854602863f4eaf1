// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.EngineLoad;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.engine.JobCompletions;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoFolder;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.cluster.ClusterMember;
import io.github.grokvideo.component.engine.core.AwaitCall;
import io.github.grokvideo.component.engine.core.CallbackExecutor;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.InFlightCounter;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.StoreTimer;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.engine.download.Downloader;
import io.github.grokvideo.component.engine.files.HandOutDirectory;
import io.github.grokvideo.component.engine.files.LeftoverFiles;
import io.github.grokvideo.component.engine.files.Retention;
import io.github.grokvideo.component.engine.files.VideoFiles;
import io.github.grokvideo.component.engine.files.VideoNames;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.engine.submit.Acceptance;
import io.github.grokvideo.component.engine.submit.MediaPlan;
import io.github.grokvideo.component.engine.submit.SubmitDecision;
import io.github.grokvideo.component.engine.submit.Submitter;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together: submitter, poller and fetcher hand a job on, the waits tell who wants to know. */
public final class DefaultVideoEngine implements VideoEngine, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultVideoEngine.class);
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);
    private static final int OPEN_JOBS_NAMED = 20;

    private final JobBook book;
    private final JobWaiters waits;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final Submitter submitter;
    private final Poller poller;
    private final Downloader fetcher;
    private final CallGate calls;
    private final CallGate downloads;
    private final VideoFolders folders;
    private final HandOutDirectory handOuts;
    private final VideoFiles files;
    private final Retention retention;
    private final MediaPlan mediaPlan;
    private final SubmitDecision attachment;
    private final Accounts lanes;
    private final EngineCalls steps;
    private final BalanceQuery balances;
    private final AwaitCall awaiting;
    private final Pauses pauses;
    private final AdoptedTasks foreignTasks;
    /** Where the store is this engine's alone. */
    private final StartupRecovery recovery;
    /** null = the store is this engine's alone. */
    private final ClusterMember cluster;
    private final Membership membership;
    private final JobDispatcher dispatcher;
    private final CompletedJobs completions;
    private final OperatorActions operations;
    /** Who takes jobs back writes to the store, also on threads that are not the engine's. */
    private final InFlightCounter withdrawing = new InFlightCounter();
    private final Runnable breakOff;
    private final Runnable afterClose;
    private volatile boolean refusing;

    /**
     * @param work       runs the engine's own steps and the store's calls; may be bounded in threads, not in tasks
     * @param callbacks  completes the futures given out
     * @param afterClose ends what the engine stands on: executors, clients
     */
    public DefaultVideoEngine(
            EngineSettings settings, JobStore store, VideoTransport transport, VideoDownloader downloader, JobTimer timer,
            Executor work, Executor callbacks, RandomGenerator random, Runnable afterClose) {
        this(settings, store, null, transport, downloader, timer, work, callbacks, random, () -> { }, afterClose);
    }

    /**
     * @param others   null = the store is this engine's alone and ends with it
     * @param breakOff ends calls that still hang in the network when nothing is paid by them any more; what they bring is stored yet
     */
    public DefaultVideoEngine(
            EngineSettings settings, JobStore store, EngineCluster others, VideoTransport transport, VideoDownloader downloader,
            JobTimer timer, Executor work, Executor callbacks, RandomGenerator random, Runnable breakOff, Runnable afterClose) {
        this.breakOff = breakOff;
        this.afterClose = afterClose;
        this.settings = settings;
        this.timer = others == null ? timer : new StoreTimer(timer, others.nodes().clock());
        this.work = work;
        Executor callbackExecutor = new CallbackExecutor(callbacks);
        this.steps = new EngineCalls(timer, work, callbackExecutor);
        this.lanes = new Accounts(this::accountSeen, others == null ? name -> Optional.empty() : others.accounts());
        this.waits = new JobWaiters(this.timer, callbackExecutor);
        this.book = new JobBook(store, waits, this.timer, work, settings.orphanAfter());
        this.pauses = new Pauses(this.timer, callbackExecutor);
        book.addListener(pauses);
        this.membership = new Membership(others, timer, work, settings.submitTimeout(), this::heartbeat);
        this.folders = new VideoFolders(settings);
        EngineParts parts = new EngineParts(book, waits, new GatewayCalls(transport, downloader, book, this.timer), this.timer, work,
                settings, random, membership, folders);
        this.calls = new CallGate(settings.ioThreads(), work);
        this.downloads = new CallGate(settings.maxDownloads(), work);
        this.fetcher = new Downloader(parts, calls, downloads);
        this.dispatcher = new JobDispatcher(parts, lanes, () -> refusing);
        this.poller = new Poller(parts, calls, dispatcher::rendered);
        this.submitter = new Submitter(parts, calls, dispatcher::accepted);
        this.awaiting = new AwaitCall(
                parts, dispatcher::ask, dispatcher::lookAgain, submitter::stage, dispatcher::lastPoll);
        this.foreignTasks = new AdoptedTasks(parts, calls);
        this.balances = new BalanceQuery(parts, calls);
        this.handOuts = new HandOutDirectory(settings.workDirectory());
        this.files = new VideoFiles(parts, handOuts);
        this.retention = new Retention(parts, new LeftoverFiles(parts, handOuts), others != null && others.alone());
        this.mediaPlan = new MediaPlan(book::find);
        this.attachment = new SubmitDecision(parts, submitter::isInHand);
        this.recovery = new StartupRecovery(parts, lanes, submitter, dispatcher::resume);
        this.cluster = others == null ? null
                : new ClusterMember(parts, others, lanes, submitter, poller, fetcher, awaiting);
        dispatcher.connect(poller, fetcher, cluster);
        this.completions = new CompletedJobs(parts, dispatcher, awaiting::changedElsewhere);
        this.operations = new OperatorActions(parts, dispatcher, retention, new JobResubmission(lanes, this::submit));
    }

    /** Blocks where other engines may be on the store, and throws what that throws. */
    public void start() {
        tryOut(null);
        if (cluster != null) {
            // First: it asks for the store's time.
            cluster.start();
        }
        retention.start();
    }

    private void accountSeen(String account) {
        if (cluster == null) {
            work.execute(() -> recovery.begin(account));
        }
    }

    private void heartbeat(List<StoreNode> nodes) {
        cluster.round(nodes);
    }

    /** Waits for POSTs in flight, at most submitTimeout; then everything rests. Blocks. */
    @Override
    public void close() {
        try {
            rest();
        } finally {
            afterClose.run();
        }
    }

    private void rest() {
        refuse();
        detachAll();
        submitter.stop();
        Instant end = timer.now().plus(settings.submitTimeout()).plus(ANSWER_MARGIN);
        if (!submitter.awaitAnswers(settings.submitTimeout().plus(ANSWER_MARGIN))) {
            LOG.error("A submit was still without an answer when the engine stopped: its job will be UNKNOWN");
        }
        Duration left = Duration.between(timer.now(), end);
        if (!book.awaitStored(left.isNegative() ? Duration.ZERO : left)) {
            LOG.error("The store was still away when the engine stopped: what it did not take is in this log only");
        }
        poller.stop();
        fetcher.stop();
        // First of all, so that nobody waits for the network and everybody for the store: no thread is interrupted that may be in it.
        breakOff.run();
        if (cluster != null) {
            cluster.stop();
        }
        if (!withdrawing.awaitNone(ANSWER_MARGIN)) {
            LOG.warn("Jobs that were not sent are still being taken back");
        }
        retention.stop();
        handOuts.close();
        membership.leave();
        try {
            warnOfOpenJobs();
        } catch (RuntimeException away) {
            LOG.warn("The open jobs could not be named: {}", away.toString());
        }
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order) {
        if (refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(order.jobId()));
        }
        AccountLimits lane = lanes.of(order.account());
        return steps.begin(() -> submit(order, lane, new Acceptance(order)));
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout) {
        if (refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(order.jobId()));
        }
        AccountLimits lane = lanes.of(order.account());
        Acceptance acceptance = new Acceptance(order);
        return steps.begin(() -> submit(order, lane, acceptance), waitTimeout, () -> {
            acceptance.end(waits);
            return awaiting.timedOut(acceptance.jobId(), waitTimeout);
        });
    }

    private CompletableFuture<VideoJob> submit(VideoOrder order, AccountLimits lane, Acceptance acceptance) {
        if (refusing) {
            throw EngineErrors.stopping(order.jobId());
        }
        // First, so that it cannot take a job of this call for one that was left behind.
        if (cluster == null) {
            recovery.ensure(order.account().name());
        }
        SubmitDecision.Decision decision = attachment.decide(order, () -> measured(order));
        CompletableFuture<VideoJob> answer = acceptance.begin(waits, decision.job().id());
        if (decision.request() != null && !refusing) {
            submitter.submit(order, lane, decision);
        }
        if (decision.request() != null && refusing) {
            // Those who waited may have been freed before this one waited.
            submitter.withdraw(decision.job().id(), lane);
        }
        dispatcher.lookAgainSurely(decision.job().id());
        return answer;
    }

    @Override
    public CompletableFuture<VideoJob> await(AwaitOrder wait) {
        return refusing ? CompletableFuture.failedFuture(EngineErrors.detached(wait.jobId()))
                : steps.begin(() -> awaiting.await(wait));
    }

    @Override
    public CompletableFuture<Void> pause(String jobId, Duration duration, Object waiter) {
        return refusing ? CompletableFuture.failedFuture(EngineErrors.detached(jobId)) : pauses.begin(jobId, duration, waiter);
    }

    @Override
    public CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, VideoName name, boolean urlOnly) {
        if (refusing) {
            return CompletableFuture.failedFuture(EngineErrors.stopping(null));
        }
        lanes.of(account);
        return steps.begin(() -> {
            VideoJob job = foreignTasks.adopt(account, taskId, directory, name, urlOnly);
            dispatcher.resume(job);
            return CompletableFuture.completedFuture(job);
        });
    }

    @Override
    public CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId) {
        return steps.begin(() -> {
            Optional<VideoJob> known = book.find(jobOrTaskId)
                    .or(() -> book.store().findByTask(account.name(), jobOrTaskId));
            if (known.isEmpty()) {
                return foreignTasks.look(account, jobOrTaskId);
            }
            return dispatcher.ask(known.get());
        });
    }

    @Override
    public CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account) {
        return steps.begin(() -> balances.ask(account));
    }

    @Override
    public CompletableFuture<ResolvedRequest> validate(VideoOrder order) {
        return steps.begin(() -> CompletableFuture.completedFuture(measured(order)));
    }

    private ResolvedRequest measured(VideoOrder order) {
        return VideoNames.checked(order, mediaPlan.measure(order));
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return book.find(jobId);
    }

    @Override
    public HandedOutVideo handOut(String jobId) {
        return files.handOut(jobId);
    }

    @Override
    public void delivered(HandedOutVideo handedOut) {
        files.delivered(handedOut);
    }

    @Override
    public void settle(HandedOutVideo handedOut, boolean delivered) {
        files.settle(handedOut, delivered);
    }

    @Override
    public void urlDelivered(String jobId) {
        files.urlDelivered(jobId);
    }

    @Override
    public void addListener(VideoJobListener listener) {
        book.addListener(listener);
    }

    @Override
    public void removeListener(VideoJobListener listener) {
        book.removeListener(listener);
    }

    @Override
    public EngineLoad load() {
        return new EngineLoad(calls.inFlight(), calls.waiting(), downloads.inFlight(), downloads.waiting());
    }

    @Override
    public void tryOut(Path directory) {
        folders.unusable(directory);
    }

    @Override
    public List<VideoFolder> folders() {
        return folders.look();
    }

    @Override
    public void register(VideoAccount account) {
        lanes.of(account);
    }

    @Override
    public void detach(Object waiter) {
        pauses.detach(waiter);
        withdraw(waits.detach(waiter));
    }

    @Override
    public void refuse() {
        refusing = true;
    }

    @Override
    public void detachAll() {
        pauses.detach(null);
        List<String> jobIds = waits.detach(null);
        withdraw(jobIds);
        if (!jobIds.isEmpty()) {
            LOG.info("Camel stops, and nobody waits for {} jobs any more. Those that were sent go on at their gateways; the same messages"
                    + " attach to them again{}", jobIds.size(), book.store().isDurable() ? "" : " as long as this JVM lives");
        }
    }

    @Override
    public JobStore store() {
        return book.store();
    }

    @Override
    public String node() {
        return cluster == null ? null : membership.id();
    }

    @Override
    public JobCompletions completions() {
        return completions;
    }

    @Override
    public JobOperations operations() {
        return operations;
    }

    /** Jobs that were not sent yet and that nobody waits for any more are not sent at all. */
    private void withdraw(List<String> jobIds) {
        withdrawing.begin();
        try {
            // Somebody told of the end of a wait may wait anew already.
            submitter.withdraw(jobIds.stream().filter(jobId -> !waits.isAwaited(jobId)).toList());
        } finally {
            withdrawing.end();
        }
    }

    private void warnOfOpenJobs() {
        if (book.store().isDurable()) {
            return;
        }
        List<VideoJob> open = book.store().list(job -> job.state().isWaiting(), OPEN_JOBS_NAMED + 1);
        if (!open.isEmpty()) {
            LOG.warn("{} paid jobs are open, and the memory store forgets them with this JVM. Await them by task id: {}",
                    open.size() > OPEN_JOBS_NAMED ? "More than " + OPEN_JOBS_NAMED : open.size(),
                    open.stream().limit(OPEN_JOBS_NAMED).map(job -> job.provider() + " " + job.taskId()).toList());
        }
    }
}
