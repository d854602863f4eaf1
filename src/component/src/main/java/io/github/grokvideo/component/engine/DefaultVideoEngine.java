package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/** Puts the parts together: submitter, poller and fetcher hand a job on, the waits tell who wants to know. */
public final class DefaultVideoEngine implements VideoEngine, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultVideoEngine.class);
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);
    private static final int OPEN_JOBS_NAMED = 20;

    private final JobBook book;
    private final Waits waits;
    private final VideoTransport transport;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final CallGate calls;
    private final Submitter submitter;
    private final Poller poller;
    private final Fetcher fetcher;
    private final VideoFiles files;
    private final Retention retention;
    private final MediaPlan mediaPlan;
    private final Attachment attachment;
    private final AccountLanes lanes;
    private final Steps steps;
    private final Awaiting awaiting;
    private final ForeignTasks foreignTasks;
    private final Recovery recovery;
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
        this.afterClose = afterClose;
        this.settings = settings;
        this.transport = transport;
        this.timer = timer;
        this.work = work;
        this.steps = new Steps(work, callbacks);
        this.lanes = new AccountLanes(this::recover);
        this.waits = new Waits(timer, callbacks);
        this.book = new JobBook(store, waits, timer, work);
        EngineParts parts = new EngineParts(book, waits, transport, downloader, timer, work, settings, random);
        this.calls = new CallGate(settings.ioThreads(), work);
        this.fetcher = new Fetcher(parts, calls);
        this.poller = new Poller(parts, calls, this::rendered);
        this.submitter = new Submitter(parts, calls, job -> poller.begin(job, lanes.of(job)));
        this.awaiting = new Awaiting(parts, poller, this::lookAgain);
        this.foreignTasks = new ForeignTasks(parts, calls);
        this.files = new VideoFiles(book, timer, settings.workDirectory());
        this.retention = new Retention(parts);
        this.recovery = new Recovery(parts, submitter, this::resume);
        this.mediaPlan = new MediaPlan(book::find);
        this.attachment = new Attachment(book, timer);
    }

    public void start() {
        retention.start();
    }

    private void recover(AccountLane lane) {
        recovery.begin(lane);
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
        recovery.stop();
        if (!submitter.awaitAnswers(settings.submitTimeout().plus(ANSWER_MARGIN))) {
            LOG.error("A submit was still without an answer when the engine stopped: its job will be UNKNOWN");
        }
        poller.stop();
        fetcher.stop();
        retention.stop();
        warnOfOpenJobs();
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order) {
        if (refusing) {
            return CompletableFuture.failedFuture(Failures.stopping(order.jobId()));
        }
        AccountLane lane = lanes.of(order.account());
        return steps.begin(() -> lane.afterRecovery(work, () -> submit(order, lane)));
    }

    private CompletableFuture<VideoJob> submit(VideoOrder order, AccountLane lane) {
        Attachment.Decision decision = attachment.decide(order, () -> mediaPlan.measure(order));
        CompletableFuture<VideoJob> answer = waits.add(decision.job().id(), Waits.Until.ACCEPTED, order.waiter());
        if (decision.request() != null) {
            submitter.submit(order, lane, decision.job(), decision.request());
        }
        lookAgain(decision.job().id());
        return answer;
    }

    @Override
    public CompletableFuture<VideoJob> await(VideoWait wait) {
        return refusing ? CompletableFuture.failedFuture(Failures.detached(wait.jobId()))
                : steps.begin(() -> awaiting.await(wait));
    }

    /** What happened between reading a job and waiting for it must not be missed; what rests is set going. */
    private void lookAgain(String jobId) {
        book.find(jobId).ifPresent(job -> {
            waits.changed(job);
            resume(job);
        });
    }

    private void resume(VideoJob job) {
        AccountLane lane = lanes.of(job);
        if (lane == null || refusing) {
            return;
        }
        switch (job.state()) {
            case ACCEPTED, RUNNING -> {
                poller.begin(job, lane);
                poller.wake(job.id());
            }
            case RENDERED -> rendered(job);
            default -> { }
        }
    }

    private void rendered(VideoJob job) {
        if (!job.urlOnly()) {
            fetcher.begin(job, lanes.of(job));
        }
    }

    @Override
    public CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, boolean urlOnly) {
        if (refusing) {
            return CompletableFuture.failedFuture(Failures.stopping(null));
        }
        AccountLane lane = lanes.of(account);
        return steps.begin(() -> {
            VideoJob job = foreignTasks.adopt(account, taskId, directory, urlOnly);
            poller.begin(job, lane);
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
            VideoJob job = known.get();
            return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING
                    ? poller.ask(job.id()) : CompletableFuture.completedFuture(job);
        });
    }

    @Override
    public CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account) {
        Optional<HttpCall> call = account.provider().balance();
        String name = account.provider().name();
        if (call.isEmpty()) {
            return CompletableFuture.failedFuture(
                    JobError.of(ErrorType.UNSUPPORTED, account.provider().balanceUnsupported(), Charged.NO).toException(null, name));
        }
        return steps.begin(() -> calls.urgent(() -> transport.call(account.access(), call.get(), settings.pollTimeout()))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        throw Failures.noConnection(Failures.unwrap(failure).getMessage()).toException(null, name);
                    }
                    BalanceAnswer meaning = account.provider().balance(answer);
                    if (meaning instanceof BalanceAnswer.Refused refused) {
                        throw refused.error().toException(null, name);
                    }
                    return (BalanceAnswer.Balance) meaning;
                }));
    }

    @Override
    public CompletableFuture<ResolvedRequest> validate(VideoOrder order) {
        return steps.begin(() -> CompletableFuture.completedFuture(mediaPlan.measure(order)));
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return book.find(jobId);
    }

    @Override
    public HandedOut handOut(String jobId) {
        return files.handOut(jobId);
    }

    @Override
    public void settle(HandedOut handedOut, boolean delivered) {
        files.settle(handedOut, delivered);
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
    public void register(VideoAccount account) {
        lanes.of(account);
    }

    @Override
    public void detach(Object waiter) {
        withdraw(waits.detach(waiter));
    }

    @Override
    public void refuse() {
        refusing = true;
    }

    @Override
    public void detachAll() {
        withdraw(waits.detach(null));
    }

    @Override
    public JobStore store() {
        return book.store();
    }

    /** Jobs that were not sent yet and that nobody waits for any more are not sent at all. */
    private void withdraw(List<String> jobIds) {
        for (String jobId : jobIds) {
            book.find(jobId).filter(job -> job.state() == JobState.NEW).ifPresent(job -> submitter.withdraw(jobId, lanes.of(job)));
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
