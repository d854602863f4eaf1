package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.GrokVideoException;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.PollAnswer;
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
    private final Executor callbacks;
    private final EngineSettings settings;
    private final CallGate calls;
    private final Submitter submitter;
    private final Poller poller;
    private final Fetcher fetcher;
    private final VideoFiles files;
    private final Retention retention;
    private final MediaPlan mediaPlan;
    private final Attachment attachment;
    private final Map<String, AccountLane> lanes = new ConcurrentHashMap<>();
    private final ReentrantLock adopting = new ReentrantLock();
    private final Instant begun;
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
        this.begun = timer.now();
        this.afterClose = afterClose;
        this.settings = settings;
        this.transport = transport;
        this.timer = timer;
        this.work = work;
        this.callbacks = callbacks;
        this.waits = new Waits(timer, callbacks);
        this.book = new JobBook(store, waits, timer, work);
        EngineParts parts = new EngineParts(book, waits, transport, downloader, timer, work, settings, random);
        this.calls = new CallGate(settings.ioThreads(), work);
        this.fetcher = new Fetcher(parts, calls);
        this.poller = new Poller(parts, calls, this::rendered);
        this.submitter = new Submitter(parts, calls, job -> poller.begin(job, lane(job)));
        this.files = new VideoFiles(book, timer, settings.workDirectory());
        this.retention = new Retention(parts);
        this.mediaPlan = new MediaPlan(book::find);
        this.attachment = new Attachment(book, timer);
    }

    public void start() {
        retention.start();
    }

    /** Takes up what an earlier engine on the same store left open. */
    private void recover(String account) {
        book.store().list(job -> job.account().equals(account) && !job.state().isEnded() && job.createdAt().isBefore(begun),
                Integer.MAX_VALUE).forEach(this::recover);
    }

    /** Nobody in this engine sends it: what was not sent is given back, what was being sent is in doubt. */
    private void recover(VideoJob job) {
        AccountLane lane = lane(job);
        switch (job.state()) {
            case NEW -> submitter.withdraw(job.id(), lane);
            case SUBMITTING -> submitter.recover(job, lane);
            default -> resume(job);
        }
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
        AccountLane lane = lane(order.account());
        return onWork(() -> submit(order, lane));
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
        if (refusing) {
            return CompletableFuture.failedFuture(Failures.detached(wait.jobId()));
        }
        return onWork(() -> {
            VideoJob job = prepareForWait(wait);
            return wait.waitTimeout().isZero() ? awaitIfReady(wait, job) : await(wait, wait.waitTimeout());
        }).thenApply(job -> {
            if (wait.urlOnly() && job.url() == null) {
                throw JobError.of(ErrorType.UNSUPPORTED, job.provider() + " gave no URL for this video: use output=file", Charged.YES)
                        .toException(job.id(), job.provider());
            }
            return job;
        });
    }

    /** A job that has ended well but has no file here any more is fetched again, from what was paid for already. */
    private VideoJob prepareForWait(VideoWait wait) {
        VideoJob found = book.find(wait.jobId())
                .orElseThrow(() -> Failures.notKnown(wait.jobId()).toException(wait.jobId(), null));
        if (wait.urlOnly() || Waits.Until.DOWNLOADED.isReached(found)) {
            return found;
        }
        return book.change(wait.jobId(), job -> {
            if (job.state().hasVideo() && !Waits.Until.DOWNLOADED.isReached(job)) {
                return job.with(changes -> changes.state(JobState.RENDERED).urlOnly(false).file(null).downloadedAt(null).endedAt(null));
            }
            return job.urlOnly() ? job.with(changes -> changes.urlOnly(false)) : job;
        }).orElse(found);
    }

    private CompletableFuture<VideoJob> await(VideoWait wait, Duration timeout) {
        CompletableFuture<VideoJob> answer = waits.add(wait.jobId(), until(wait), wait.waiter(), timeout,
                () -> Failures.waitTimeout(timeout, book.find(wait.jobId()).map(VideoJob::state).orElse(null))
                        .toException(wait.jobId(), book.find(wait.jobId()).map(VideoJob::provider).orElse(null)));
        lookAgain(wait.jobId());
        return answer;
    }

    private CompletableFuture<VideoJob> awaitIfReady(VideoWait wait, VideoJob job) {
        boolean asks = job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING;
        CompletableFuture<VideoJob> asked = asks ? poller.ask(job.id()) : CompletableFuture.completedFuture(job);
        return asked.thenCompose(now -> {
            if (now.state().isEnded() || now.state() == JobState.RENDERED || now.state() == JobState.DOWNLOADED) {
                return await(wait, settings.downloadTimeout());
            }
            return CompletableFuture.failedFuture(
                    Failures.waitTimeout(Duration.ZERO, now.state()).toException(now.id(), now.provider()));
        });
    }

    private static Waits.Until until(VideoWait wait) {
        return wait.urlOnly() ? Waits.Until.RENDERED : Waits.Until.DOWNLOADED;
    }

    /** What happened between reading a job and waiting for it must not be missed; what rests is set going. */
    private void lookAgain(String jobId) {
        book.find(jobId).ifPresent(job -> {
            waits.changed(job);
            resume(job);
        });
    }

    private void resume(VideoJob job) {
        AccountLane lane = lanes.get(job.account());
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
            fetcher.begin(job, lane(job));
        }
    }

    @Override
    public CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, boolean urlOnly) {
        if (refusing) {
            return CompletableFuture.failedFuture(Failures.stopping(null));
        }
        AccountLane lane = lane(account);
        return onWork(() -> {
            VideoJob job = adoptOnce(account, taskId, directory, urlOnly);
            poller.begin(job, lane);
            return CompletableFuture.completedFuture(job);
        });
    }

    private VideoJob adoptOnce(VideoAccount account, String taskId, Path directory, boolean urlOnly) {
        adopting.lock();
        try {
            Optional<VideoJob> known = book.store().findByTask(account.name(), taskId);
            if (known.isPresent() && known.get().state() != JobState.FAILED) {
                return known.get();
            }
            // A task that was not found may have been a slip of the gateway: asking again costs nothing.
            known.ifPresent(book.store()::remove);
            VideoJob job = VideoJob.create(UUID.randomUUID().toString(), account.name(), account.provider().name(), timer.now(),
                    changes -> changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(timer.now())
                            .directory(directory).urlOnly(urlOnly));
            return book.insert(job);
        } finally {
            adopting.unlock();
        }
    }

    @Override
    public CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId) {
        AccountLane lane = lane(account);
        return onWork(() -> {
            Optional<VideoJob> known = book.find(jobOrTaskId)
                    .or(() -> book.store().findByTask(account.name(), jobOrTaskId));
            if (known.isEmpty()) {
                return statusElsewhere(lane, jobOrTaskId);
            }
            VideoJob job = known.get();
            return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING
                    ? poller.ask(job.id()) : CompletableFuture.completedFuture(job);
        });
    }

    /** A task that was submitted elsewhere is looked at, and not taken in. */
    private CompletableFuture<VideoJob> statusElsewhere(AccountLane lane, String taskId) {
        VideoAccount account = lane.account();
        HttpCall poll = account.provider().poll(taskId);
        return calls.urgent(() -> transport.call(account.access(), poll, settings.pollTimeout())).handle((answer, failure) -> {
            PollAnswer meaning = failure != null
                    ? new PollAnswer.NoAnswer(Failures.unwrap(failure).getMessage(), false, null)
                    : account.provider().polled(answer, timer.now());
            return ForeignTask.read(account, taskId, meaning, timer.now());
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
        return onWork(() -> calls.urgent(() -> transport.call(account.access(), call.get(), settings.pollTimeout()))
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
        return onWork(() -> CompletableFuture.completedFuture(mediaPlan.measure(order)));
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
        lane(account);
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
            book.find(jobId).filter(job -> job.state() == JobState.NEW).ifPresent(job -> submitter.withdraw(jobId, lane(job)));
        }
    }

    private AccountLane lane(VideoAccount account) {
        AccountLane created = new AccountLane(account);
        AccountLane known = lanes.putIfAbsent(account.name(), created);
        if (known == null) {
            work.execute(() -> recover(account.name()));
            return created;
        }
        known.renew(account);
        return known;
    }

    private AccountLane lane(VideoJob job) {
        return lanes.get(job.account());
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

    /** Begins on a work thread, ends on a callback thread. */
    private <T> CompletableFuture<T> onWork(Supplier<CompletableFuture<T>> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            work.execute(() -> {
                try {
                    step.get().whenComplete((value, failure) -> finish(result, value, failure));
                } catch (RuntimeException e) {
                    finish(result, null, e);
                }
            });
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(Failures.stopping(null));
        }
        return result;
    }

    private <T> void finish(CompletableFuture<T> result, T value, Throwable failure) {
        Runnable end = () -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(asGrokVideoException(Failures.unwrap(failure)));
            }
        };
        try {
            callbacks.execute(end);
        } catch (RejectedExecutionException stopped) {
            end.run();
        }
    }

    private static GrokVideoException asGrokVideoException(Throwable failure) {
        if (failure instanceof GrokVideoException known) {
            return known;
        }
        GrokVideoException unexpected = JobError.of(ErrorType.JOB_FAILED, "Unexpected: " + failure, Charged.UNKNOWN)
                .toException(null, null);
        unexpected.initCause(failure);
        return unexpected;
    }
}
