package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.ErrorType;
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
    private final VideoFolders folders;
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
        this.folders = parts.folders();
        this.membership = parts.membership();
    }

    /** Begins when the account has room. The job is stored as NEW. */
    void submit(VideoOrder order, AccountLane lane, Attachment.Decision decision) {
        Submission submission = new Submission(lane, decision.job().id(), decision.request());
        submission.file = !decision.job().urlOnly();
        submission.directory = decision.job().directory();
        if (decision.leftBehind()) {
            if (inHand.putIfAbsent(submission.jobId, submission) != null) {
                return;
            }
        } else {
            // In place of an earlier one, whose end may be stored and not tidied up yet.
            inHand.put(submission.jobId, submission);
        }
        lane.whenFree(submission, submission.jobId,
                () -> submission.keyGate().enter(submission, timer, () -> work.execute(() -> deliverMedia(submission, order))));
    }

    /** Whether a job is on its way to the gateway by this engine. */
    boolean isInHand(String jobId) {
        return inHand.containsKey(jobId);
    }

    /** @return what a job in hand waits for, in words that complete "it is ..."; empty = it is not in hand here */
    Optional<String> stage(String jobId) {
        return Optional.ofNullable(inHand.get(jobId)).map(submission -> submission.stage);
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
            submission.keyGate().leave(submission, timer);
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
            submission.stage = "bringing its images or video to the gateway";
            delivery = mediaDelivery.deliver(order, submission.request, job.requestHash());
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
                waitForTurn(submission, false);
            } else {
                reject(submission, Failures.beforeSubmit(failure));
            }
        });
    }

    /** @param again it had its turn, and nothing came of it */
    private void waitForTurn(Submission submission, boolean again) {
        submission.stage = "queued for its turn to be submitted (rate limit, ioThreads)";
        Runnable start = () -> work.execute(() -> gate.urgent(() -> post(submission)));
        if (again) {
            submission.lane.submitLine().enterAgain(submission, timer, start);
        } else {
            submission.lane.submitLine().enter(submission, timer, start);
        }
        if (submission.withdrawn) {
            submission.lane.submitLine().leave(submission);
        }
    }

    /** The key was refused to another one meanwhile. @return whether the submission waits for what becomes of the next one */
    private boolean heldBack(Submission submission) {
        KeyGate gate = submission.keyGate();
        if (gate.mayGo(submission)) {
            return false;
        }
        gate.enter(submission, timer, () -> waitForTurn(submission, true));
        if (submission.withdrawn) {
            gate.leave(submission, timer);
        }
        return true;
    }

    /** @return the call, for the gate to hold its place; completed at once where nothing is sent */
    private CompletableFuture<HttpAnswer> post(Submission submission) {
        // Before the look at stopped: whoever stops the engine and then waits for the answers waits for this one too.
        inFlight.begin();
        HttpCall submit = stopped || submission.withdrawn || heldBack(submission) ? null : readyToSend(submission);
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
            Optional<JobError> noPlace = submission.file ? folders.unusable(submission.directory) : Optional.empty();
            if (noPlace.isPresent()) {
                reject(submission, noPlace.get());
                return null;
            }
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
                submission.stage = "being submitted";
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
        submission.keyGate().leave(submission, timer);
        if (job == null || job.state() == JobState.NEW || job.state().isEnded() || job.state() == JobState.RENDERED) {
            submission.lane.release(submission.jobId);
        }
        if (job == null) {
            JobError gone = submission.submits == 0 ? Failures.withdrawn() : Failures.notKnown(submission.jobId);
            waits.failAll(submission.jobId, gone.toException(submission.jobId, submission.account().provider().name()));
        } else {
            waits.changed(job);
        }
    }

    /** Nothing was sent, and nobody knows what the store has kept: it is taken back when the store answers again. */
    private void storeAway(Submission submission, StoreUnavailableException away) {
        waits.failAll(submission.jobId, away);
        submission.lane.release(submission.jobId);
        submission.keyGate().leave(submission, timer);
        book.changeSurely(submission.jobId, job -> job.state() == JobState.NEW
                || submission.isUnderWay(job) && membership.id().equals(job.node())
                ? rejection(away.getError()).apply(job) : job, job -> inHand.remove(submission.jobId, submission), "not sent");
    }

    /** Throws nothing: whoever waits for the answer would wait for ever. */
    private void answered(Submission submission, HttpAnswer answer, Throwable failure) {
        try {
            outcome(submission, answer, failure);
        } catch (RuntimeException | Error e) {
            LOG.error("Job {}: what came of its submit ({}) could not be dealt with", submission.jobId, answer, e);
            unknown(submission, Failures.submitUnknown("what came of it could not be dealt with: " + e));
        }
    }

    private void outcome(Submission submission, HttpAnswer answer, Throwable failure) {
        if (failure instanceof TransportException transportFailure && !transportFailure.isSent()) {
            rejectedForNow(submission, Failures.noConnection(failure.getMessage()), null);
        } else if (failure != null) {
            SubmitAnswer.Accepted named = submission.namedBefore(failure, timer.now());
            if (named != null) {
                accept(submission, named.taskId(), named.cost());
            } else {
                unknown(submission, Failures.submitUnknown(failure.getMessage()));
            }
        } else {
            SubmitAnswer meaning = submission.read(answer, timer.now());
            if (meaning instanceof SubmitAnswer.Accepted taken) {
                submission.lane.submitTaken();
                accept(submission, taken.taskId(), taken.cost());
            } else if (meaning instanceof SubmitAnswer.Rejected rejected && rejected.repeatable()) {
                submission.lane.submitRefused(submission.lastPost(), timer.now());
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
        submission.keyGate().open();
        AcceptedTask task = new AcceptedTask(submission, taskId, cost);
        book.changeSurely(submission.jobId, job -> task.given(job, timer.now(), membership.id()), job -> {
            inHand.remove(submission.jobId, submission);
            if (job.map(VideoJob::taskId).filter(taskId::equals).isPresent()) {
                task.late().ifPresent(LOG::warn);
                job.filter(stored -> stored.state() == JobState.ACCEPTED).ifPresent(accepted);
            } else {
                keep(task, job);
            }
        }, "accepted as task " + taskId);
    }

    /** The job has another task, which was paid for as well, or is gone: this one is kept as a job of its own. */
    private void keep(AcceptedTask task, Optional<VideoJob> job) {
        Submission submission = task.submission();
        if (job.filter(stored -> !membership.id().equals(stored.node())).isPresent()) {
            // The other task is another node's to follow: this one's place goes with it.
            submission.lane.release(submission.jobId);
        }
        VideoJob own = task.ownJob(job, timer.now(), membership.id(), settings.storePrompts());
        book.insertSurely(own, kept -> {
            LOG.warn(task.kept(job, kept));
            // Not asked whether this try has stored it: an earlier one may have, without an answer.
            if (kept.id().equals(own.id()) && kept.state() == JobState.ACCEPTED) {
                accepted.accept(kept);
            }
        }, "another task, " + task.taskId() + ", of job " + submission.jobId);
    }

    private void rejectedForNow(Submission submission, JobError error, Duration retryAfter) {
        Duration pause = submission.backoff(PollMeaning.capped(retryAfter, settings.longestRetryAfter()), random);
        Duration line = submission.lane.untilSubmit(timer.now());
        Instant next = timer.now().plus(pause.compareTo(line) < 0 ? line : pause);
        if (next.isAfter(submission.firstPost().plus(settings.submitRetryTimeout()))) {
            reject(submission, retryAfter == null ? error
                    : error.withMessage(error.message() + ". The gateway asks to wait " + retryAfter.toSeconds() + " s"));
            return;
        }
        if (retryAfter != null) {
            submission.lane.submitsRejected(timer.now().plus(pause));
        }
        submission.stage = "not taken by the gateway yet, and tried again: " + error.message();
        // NEW again: should this process end during the pause, nothing is in doubt.
        book.changeSurely(submission.jobId, job -> submission.isUnderWay(job)
                ? job.with(changes -> changes.state(JobState.NEW)) : job,
                job -> timer.schedule(pause, () -> work.execute(() -> waitForTurn(submission, true))), "not created");
    }

    private void reject(Submission submission, JobError error) {
        end(submission, error);
        if (error.type() != ErrorType.AUTHENTICATION) {
            submission.keyGate().leave(submission, timer);
            return;
        }
        JobError same = error.withMessage(error.message() + ". That was the answer to another submit of this account; this one was not"
                + " sent");
        submission.keyGate().refused(submission, timer).forEach(waited -> end(waited, same));
    }

    private void end(Submission submission, JobError error) {
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
        submission.stage = "being looked up, since the answer to its submit was lost";
        submission.keyGate().leave(submission, timer);
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
