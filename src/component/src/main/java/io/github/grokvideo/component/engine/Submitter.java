package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.transport.TransportException;
import io.github.grokvideo.component.transport.VideoTransport;

/**
 * Sends a job's one POST. The job is stored as SUBMITTING before it, and what the answer says is stored before anything else is
 * done. Only what provably created nothing is sent again.
 */
final class Submitter {

    private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

    private final JobBook book;
    private final Waits waits;
    private final VideoTransport transport;
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final RandomGenerator random;
    private final MediaDelivery mediaDelivery;
    private final SubmitLookup lookup;
    private final Consumer<VideoJob> accepted;
    private final InFlight inFlight = new InFlight();

    /** @param accepted is told each job the gateway has taken */
    Submitter(EngineParts parts, CallGate gate, Consumer<VideoJob> accepted) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.transport = parts.transport();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.random = parts.random();
        this.mediaDelivery = new MediaDelivery(parts.transport(), gate, parts.settings());
        this.lookup = new SubmitLookup(parts, gate);
        this.accepted = accepted;
    }

    /** One job on its way to the gateway. Its fields are handed from one step to the next, never shared. */
    private static final class Submission {
        private final AccountLane lane;
        private final String jobId;
        private VideoRequest request;
        private Instant firstTry;
        private int rejections;

        private Submission(AccountLane lane, String jobId, VideoRequest request) {
            this.lane = lane;
            this.jobId = jobId;
            this.request = request;
        }

        private VideoAccount account() {
            return lane.account();
        }
    }

    /** Begins when the account has room. The job is stored as NEW. */
    void submit(VideoOrder order, AccountLane lane, VideoJob job, VideoRequest request) {
        Submission submission = new Submission(lane, job.id(), request);
        lane.whenFree(job.id(), () -> work.execute(() -> deliverMedia(submission, order)));
    }

    /** A job whose POST was in flight when an earlier engine ended. */
    void recover(VideoJob job, AccountLane lane) {
        lane.hold(job.id());
        unknown(new Submission(lane, job.id(), job.request()), Failures.submitUnknown("the process ended before the answer came"));
    }

    /** Takes back a job that was not sent yet. */
    void withdraw(String jobId, AccountLane lane) {
        boolean[] withdrawn = new boolean[1];
        book.change(jobId, job -> {
            withdrawn[0] = job.state() == JobState.NEW;
            return withdrawn[0] ? rejection(Failures.withdrawn()).apply(job) : job;
        });
        if (withdrawn[0]) {
            lane.release(jobId);
        }
    }

    /** Waits for the answers of the POSTs in flight to be stored. Blocks. */
    boolean awaitAnswers(Duration timeout) {
        return inFlight.awaitNone(timeout);
    }

    private void deliverMedia(Submission submission, VideoOrder order) {
        try {
            if (book.find(submission.jobId).map(VideoJob::state).orElse(null) != JobState.NEW) {
                submission.lane.release(submission.jobId);
                return;
            }
        } catch (StoreUnavailableException away) {
            storeAway(submission, away);
            return;
        }
        mediaDelivery.deliver(order, submission.request).whenComplete((request, failure) -> {
            if (failure == null) {
                submission.request = request;
                submission.firstTry = timer.now();
                waitForTurn(submission);
            } else {
                reject(submission, Failures.beforeSubmit(failure));
            }
        });
    }

    private void waitForTurn(Submission submission) {
        Duration turn = submission.lane.reserveSubmit(timer.now());
        timer.schedule(turn, () -> work.execute(() -> {
            submission.lane.submitStarted();
            gate.urgent(() -> post(submission)).whenComplete((answer, failure) -> { });
        }));
    }

    /** @return the call, for the gate to hold its place; completed at once where nothing is sent */
    private CompletableFuture<HttpAnswer> post(Submission submission) {
        CompletableFuture<HttpAnswer> call;
        try {
            var submit = submission.account().provider().submit(submission.request, submission.jobId);
            if (!markSubmitting(submission)) {
                submission.lane.release(submission.jobId);
                return CompletableFuture.completedFuture(null);
            }
            inFlight.begin();
            call = transport.call(submission.account().access(), submit, settings.submitTimeout());
        } catch (StoreUnavailableException away) {
            storeAway(submission, away);
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            reject(submission, Failures.beforeSubmit(e));
            return CompletableFuture.completedFuture(null);
        }
        return call.whenComplete((answer, failure) -> {
            try {
                answered(submission, answer, failure == null ? null : Failures.unwrap(failure));
            } finally {
                inFlight.end();
            }
        });
    }

    /** Nothing was sent. Whether the row says NEW or SUBMITTING is not known; nobody must take it for a job on its way. */
    private void storeAway(Submission submission, StoreUnavailableException away) {
        submission.lane.release(submission.jobId);
        waits.failAll(submission.jobId, away);
        book.rejectUnsent(submission.jobId, away);
    }

    private boolean markSubmitting(Submission submission) {
        boolean[] mine = new boolean[1];
        book.change(submission.jobId, job -> {
            mine[0] = job.state() == JobState.NEW;
            return mine[0] ? job.with(changes -> changes.state(JobState.SUBMITTING).submits(job.submits() + 1)) : job;
        });
        return mine[0];
    }

    private void answered(Submission submission, HttpAnswer answer, Throwable failure) {
        if (failure instanceof TransportException transportFailure && !transportFailure.isSent()) {
            rejectedForNow(submission, Failures.noConnection(failure.getMessage()), null);
        } else if (failure != null) {
            unknown(submission, Failures.submitUnknown(failure.getMessage()));
        } else {
            SubmitAnswer meaning;
            try {
                meaning = submission.account().provider().submitted(answer, timer.now());
            } catch (RuntimeException e) {
                meaning = new SubmitAnswer.Unknown(Failures.submitUnknown("its answer, " + answer + ", could not be read: " + e));
            }
            if (meaning instanceof SubmitAnswer.Accepted taken) {
                accept(submission, taken.taskId(), taken.cost());
            } else if (meaning instanceof SubmitAnswer.Rejected rejected && rejected.repeatable()) {
                rejectedForNow(submission, rejected.error(), rejected.retryAfter());
            } else if (meaning instanceof SubmitAnswer.Rejected rejected) {
                reject(submission, rejected.error());
            } else {
                unknown(submission, ((SubmitAnswer.Unknown) meaning).error());
            }
        }
    }

    private void accept(Submission submission, String taskId, Cost cost) {
        LOG.debug("Job {} is task {} at {}", submission.jobId, taskId, submission.account().provider().name());
        book.changeSurely(submission.jobId, job -> job.state().isWaiting() ? job
                : job.with(changes -> {
                    changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(timer.now()).endedAt(null).error(null);
                    if (cost != null) {
                        changes.cost(cost);
                    }
                }), accepted, "accepted as task " + taskId);
    }

    private void rejectedForNow(Submission submission, JobError error, Duration retryAfter) {
        Duration pause = retryAfter != null ? retryAfter : backoff(submission.rejections++);
        Instant next = timer.now().plus(pause);
        if (next.isAfter(submission.firstTry.plus(settings.submitRetryTimeout()))) {
            reject(submission, retryAfter == null ? error
                    : error.withMessage(error.message() + ". The gateway asks to wait " + retryAfter.toSeconds() + " s"));
            return;
        }
        if (retryAfter != null) {
            submission.lane.submitsRejected(next);
        }
        // NEW again: should this process end during the pause, nothing is in doubt.
        book.changeSurely(submission.jobId, job -> job.state() == JobState.SUBMITTING
                ? job.with(changes -> changes.state(JobState.NEW)) : job,
                job -> timer.schedule(pause, () -> work.execute(() -> waitForTurn(submission))), "not created");
    }

    private Duration backoff(int rejections) {
        long millis = FIRST_BACKOFF.toMillis() << Math.min(rejections, 10);
        long capped = Math.min(millis, LONGEST_BACKOFF.toMillis());
        return Duration.ofMillis((long) (capped * (1 + 0.25 * random.nextDouble())));
    }

    private void reject(Submission submission, JobError error) {
        submission.lane.release(submission.jobId);
        book.changeSurely(submission.jobId, rejection(error), job -> { }, "rejected");
    }

    /** A rejected job frees its key: nothing was created, the same message may try again. */
    private UnaryOperator<VideoJob> rejection(JobError error) {
        return book.ending(JobState.REJECTED, changes -> changes.jobKey(null).error(error));
    }

    private void unknown(Submission submission, JobError error) {
        lookup.look(submission.account(), submission.jobId,
                taskId -> accept(submission, taskId, null),
                () -> {
                    LOG.warn("Job {}: {}", submission.jobId, error.message());
                    submission.lane.release(submission.jobId);
                    book.changeSurely(submission.jobId, book.ending(JobState.UNKNOWN, changes -> changes.error(error)),
                            job -> { }, "unknown");
                });
    }
}
