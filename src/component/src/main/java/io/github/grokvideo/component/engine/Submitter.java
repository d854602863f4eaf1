package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.transport.TransportException;

/**
 * Sends a job's one POST. The job is stored as SUBMITTING before it, and what the answer says is stored before anything else is
 * done. Only what provably created nothing is sent again.
 */
final class Submitter {

    private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);

    private final JobBook book;
    private final Waits waits;
    private final GatewayCalls gateway;
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final RandomGenerator random;
    private final MediaDelivery mediaDelivery;
    private final SubmitLookup lookup;
    private final Consumer<VideoJob> accepted;
    private final Membership membership;
    private final InFlight inFlight = new InFlight();
    /** What is being done here, until its outcome is stored. */
    private final Map<String, Submission> inHand = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param accepted is told each job the gateway has taken */
    Submitter(EngineParts parts, CallGate gate, Consumer<VideoJob> accepted) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.gateway = parts.gateway();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.random = parts.random();
        this.mediaDelivery = new MediaDelivery(parts, gate);
        this.lookup = new SubmitLookup(parts, gate);
        this.accepted = accepted;
        this.membership = parts.membership();
    }

    /** Begins when the account has room. The job is stored as NEW. */
    void submit(VideoOrder order, AccountLane lane, Attachment.Decision decision) {
        Submission submission = new Submission(lane, decision.job().id(), decision.request());
        if (decision.leftBehind()) {
            if (inHand.putIfAbsent(submission.jobId, submission) != null) {
                return;
            }
        } else {
            // In place of an earlier one, whose end may be stored and not tidied up yet.
            inHand.put(submission.jobId, submission);
        }
        lane.whenFree(submission, submission.jobId, () -> work.execute(() -> deliverMedia(submission, order)));
    }

    /** Whether a job is on its way to the gateway by this engine. */
    boolean isInHand(String jobId) {
        return inHand.containsKey(jobId);
    }

    /** A job whose POST was in flight when an earlier engine ended. */
    void recover(VideoJob job, AccountLane lane) {
        lane.hold(job.id());
        Submission submission = new Submission(lane, job.id(), job.request());
        submission.submits = job.submits();
        submission.recovered = true;
        if (inHand.putIfAbsent(job.id(), submission) == null) {
            unknown(submission, Failures.submitUnknown("the process ended before the answer came"));
        }
    }

    /** Takes back a job that was not sent yet. */
    void withdraw(String jobId, AccountLane lane) {
        // Whoever is told may send it anew under this id at once: that is not to be taken back.
        Submission submission = inHand.get(jobId);
        if (!book.withdraw(book.find(jobId).stream().toList(), rejection(Failures.withdrawn())).isEmpty()) {
            takenBack(jobId, submission, lane);
            return;
        }
        boolean[] withdrawn = new boolean[1];
        book.change(jobId, job -> {
            withdrawn[0] = job.state() == JobState.NEW;
            return withdrawn[0] ? rejection(Failures.withdrawn()).apply(job) : job;
        });
        if (withdrawn[0]) {
            takenBack(jobId, submission, lane);
        }
    }

    /** @param submission null = it was not in hand */
    private void takenBack(String jobId, Submission submission, AccountLane lane) {
        if (submission != null) {
            submission.withdrawn = true;
            inHand.remove(jobId, submission);
            lane.submitLine().leave(submission);
            lane.leave(submission);
        }
        lane.release(jobId);
    }

    /** Takes back what of these is in hand and not sent yet, as {@link #withdraw(String)}: many with a few calls of the store. */
    void withdraw(List<String> jobIds) {
        Map<String, Submission> submissions = new HashMap<>();
        for (String jobId : jobIds) {
            Submission submission = inHand.get(jobId);
            if (submission != null) {
                submissions.put(jobId, submission);
            }
        }
        if (submissions.size() > 1) {
            try {
                for (VideoJob job : book.withdraw(book.store().findAll(submissions.keySet()), rejection(Failures.withdrawn()))) {
                    Submission submission = submissions.remove(job.id());
                    takenBack(job.id(), submission, submission.lane);
                }
            } catch (RuntimeException away) {
                LOG.warn("{} jobs could not be taken back at once: {}", submissions.size(), away.toString());
            }
        }
        // What has changed meanwhile, and what is not as new as it looks.
        submissions.keySet().forEach(this::withdraw);
    }

    /** Takes back what is in hand and not sent yet. Where the store is away it goes on, as Detached says: a stop is not held up. */
    void withdraw(String jobId) {
        Submission submission = inHand.get(jobId);
        if (submission == null) {
            return;
        }
        try {
            withdraw(jobId, submission.lane);
        } catch (RuntimeException away) {
            LOG.warn("Job {} could not be taken back: {}", jobId, away.toString());
        }
    }

    /** From now on nothing is sent. */
    void stop() {
        stopped = true;
    }

    /** Waits for the answers of the POSTs in flight to be stored. Blocks. */
    boolean awaitAnswers(Duration timeout) {
        return inFlight.awaitNone(timeout);
    }

    private void deliverMedia(Submission submission, VideoOrder order) {
        CompletableFuture<VideoRequest> delivery;
        try {
            VideoJob job = book.find(submission.jobId).orElse(null);
            if (job == null || job.state() != JobState.NEW) {
                notOurs(submission, job);
                return;
            }
            delivery = mediaDelivery.deliver(order, submission.request);
        } catch (StoreUnavailableException away) {
            storeAway(submission, away);
            return;
        } catch (RuntimeException | Error e) {
            reject(submission, Failures.beforeSubmit(e));
            return;
        }
        delivery.whenComplete((request, failure) -> {
            if (failure == null) {
                submission.request = request;
                waitForTurn(submission);
            } else {
                reject(submission, Failures.beforeSubmit(failure));
            }
        });
    }

    private void waitForTurn(Submission submission) {
        submission.lane.submitLine().enter(submission, timer, () -> work.execute(() -> gate.urgent(() -> post(submission))));
        if (submission.withdrawn) {
            submission.lane.submitLine().leave(submission);
        }
    }

    /** @return the call, for the gate to hold its place; completed at once where nothing is sent */
    private CompletableFuture<HttpAnswer> post(Submission submission) {
        // Before the look at stopped: whoever stops the engine and then waits for the answers waits for this one too.
        inFlight.begin();
        HttpCall submit = stopped || submission.withdrawn ? null : readyToSend(submission);
        if (submit == null) {
            inFlight.end();
            return CompletableFuture.completedFuture(null);
        }
        return send(submission, submit).whenComplete((answer, failure) -> {
            try {
                answered(submission, answer, failure == null ? null : Failures.unwrap(failure));
            } finally {
                inFlight.end();
            }
        });
    }

    /** @return the POST of a job that is stored as SUBMITTING; null = nothing is to be sent */
    private HttpCall readyToSend(Submission submission) {
        try {
            HttpCall submit = submission.account().provider().submit(submission.request, submission.jobId);
            boolean[] mine = new boolean[1];
            VideoJob now = book.change(submission.jobId, job -> {
                mine[0] = job.state() == JobState.NEW;
                if (!mine[0]) {
                    return job;
                }
                // Known before it is stored: the store may keep it and not say so.
                submission.submits = job.submits() + 1;
                return job.with(changes -> changes.state(JobState.SUBMITTING).submits(submission.submits)
                        .submittedAt(timer.now()).node(membership.id()));
            }).orElse(null);
            if (mine[0] && now != null && membership.mayPost()) {
                submission.sending(timer.now());
                return submit;
            }
            if (mine[0] && now != null) {
                storeAway(submission, Failures.noHeartbeat(submission.jobId));
                return null;
            }
            notOurs(submission, now);
        } catch (StoreUnavailableException away) {
            storeAway(submission, away);
        } catch (RuntimeException | Error e) {
            reject(submission, Failures.beforeSubmit(e));
        }
        return null;
    }

    /** What the transport throws instead of answering says nothing about what it has sent. */
    private CompletableFuture<HttpAnswer> send(Submission submission, HttpCall submit) {
        try {
            return gateway.call(
                    GatewayCall.Operation.SUBMIT, submission.jobId, submission.account(), submit, settings.submitTimeout());
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Somebody else has taken the job further, or back: those who wait here are told how it stands. */
    private void notOurs(Submission submission, VideoJob job) {
        inHand.remove(submission.jobId, submission);
        if (job == null || job.state() == JobState.NEW || job.state().isEnded() || job.state() == JobState.RENDERED) {
            submission.lane.release(submission.jobId);
        }
        if (job == null) {
            waits.failAll(submission.jobId, Failures.notKnown(submission.jobId).toException(submission.jobId, null));
        } else {
            waits.changed(job);
        }
    }

    /** Nothing was sent, and nobody knows what the store has kept: it is taken back when the store answers again. */
    private void storeAway(Submission submission, StoreUnavailableException away) {
        waits.failAll(submission.jobId, away);
        submission.lane.release(submission.jobId);
        book.changeSurely(submission.jobId, job -> job.state() == JobState.NEW
                || submission.isUnderWay(job) && membership.id().equals(job.node())
                ? rejection(away.getError()).apply(job) : job, job -> inHand.remove(submission.jobId, submission), "not sent");
    }

    private void answered(Submission submission, HttpAnswer answer, Throwable failure) {
        if (failure instanceof TransportException transportFailure && !transportFailure.isSent()) {
            rejectedForNow(submission, Failures.noConnection(failure.getMessage()), null);
        } else if (failure != null) {
            unknown(submission, Failures.submitUnknown(failure.getMessage()));
        } else {
            SubmitAnswer meaning = submission.read(answer, timer.now());
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
        // Stored once: what the job has become since, or its first task, is not undone.
        book.changeSurely(submission.jobId, job -> job.taskId() != null ? job
                : job.with(changes -> {
                    changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(timer.now()).endedAt(null).error(null)
                            .node(membership.id()).delivery(Handover.accepted(job, submission.recovered));
                    if (cost != null) {
                        changes.cost(cost);
                    }
                }), job -> {
                    inHand.remove(submission.jobId, submission);
                    job.filter(stored -> stored.state() == JobState.ACCEPTED).ifPresent(accepted);
                }, "accepted as task " + taskId);
    }

    private void rejectedForNow(Submission submission, JobError error, Duration retryAfter) {
        Duration pause = submission.backoff(retryAfter, random);
        Instant next = timer.now().plus(pause);
        if (next.isAfter(submission.firstPost().plus(settings.submitRetryTimeout()))) {
            reject(submission, retryAfter == null ? error
                    : error.withMessage(error.message() + ". The gateway asks to wait " + retryAfter.toSeconds() + " s"));
            return;
        }
        if (retryAfter != null) {
            submission.lane.submitsRejected(next);
        }
        // NEW again: should this process end during the pause, nothing is in doubt.
        book.changeSurely(submission.jobId, job -> submission.isUnderWay(job)
                ? job.with(changes -> changes.state(JobState.NEW)) : job,
                job -> timer.schedule(pause, () -> work.execute(() -> waitForTurn(submission))), "not created");
    }

    private void reject(Submission submission, JobError error) {
        submission.lane.release(submission.jobId);
        // Should the store take this late: another POST since then was not rejected, and holds the key.
        book.changeSurely(submission.jobId, job -> job.state() == JobState.NEW || submission.isUnderWay(job)
                ? rejection(error).apply(job) : job, job -> inHand.remove(submission.jobId, submission), "rejected");
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
                    UnaryOperator<VideoJob> ending = job -> Handover.doubtful(
                            book.ending(JobState.UNKNOWN, changes -> changes.error(error)).apply(job), submission.recovered,
                            timer.now(), settings.orphanAfter());
                    // Should the store take this late: another POST, or a task that it was told since then, is not in doubt.
                    book.changeSurely(submission.jobId, job -> submission.isUnderWay(job) ? ending.apply(job) : job,
                            job -> inHand.remove(submission.jobId, submission), "unknown");
                });
    }
}
