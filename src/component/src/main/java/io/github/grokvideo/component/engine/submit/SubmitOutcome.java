// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.PollMeaning;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines the outcome of a submit, and stores it before anything else happens. Only a submit that provably created nothing is retried.
 */
final class SubmitOutcome {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitOutcome.class);

    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final RandomGenerator random;
    private final SubmitLookup lookup;
    private final Membership membership;
    private final Consumer<VideoJob> accepted;
    private final Consumer<Submission> again;
    private final Map<String, Submission> submitting;
    private final BudgetQueue budgets;

    /**
     * @param submitting submissions of this engine by job id, until their outcome is stored
     * @param again      submits once more
     * @param accepted   receives each job that the gateway has accepted
     */
    SubmitOutcome(
            EngineParts parts, CallGate gate, Map<String, Submission> submitting, BudgetQueue budgets, Consumer<Submission> again,
            Consumer<VideoJob> accepted) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.random = parts.random();
        this.lookup = new SubmitLookup(parts, gate);
        this.membership = parts.membership();
        this.accepted = accepted;
        this.again = again;
        this.submitting = submitting;
        this.budgets = budgets;
    }

    /**
     * Throws nothing, since otherwise the waiters would never complete.
     *
     * @param answer null = the call failed
     */
    void answered(Submission submission, HttpAnswer answer, Throwable failure) {
        try {
            if (failure == null) {
                answered(submission, submission.read(answer, timer.now()));
            } else {
                unanswered(submission, failure);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("Job {}: the outcome of its submit ({}) could not be processed", submission.jobId, answer, e);
            unknown(submission, EngineErrors.submitUnknown("its outcome could not be processed: " + e));
        }
    }

    private void answered(Submission submission, SubmitAnswer meaning) {
        if (meaning instanceof SubmitAnswer.Accepted taken) {
            submission.limits.submitTaken();
            accepted(submission, taken.taskId(), taken.cost());
        } else if (meaning instanceof SubmitAnswer.Rejected rejected && rejected.repeatable()) {
            submission.limits.submitRefused(submission.lastPost(), timer.now());
            rejectedForNow(submission, rejected.error(), rejected.retryAfter());
        } else if (meaning instanceof SubmitAnswer.Rejected rejected) {
            rejected(submission, rejected.error());
        } else {
            unknown(submission, ((SubmitAnswer.Unknown) meaning).error());
        }
    }

    private void unanswered(Submission submission, Throwable failure) {
        if (failure instanceof TransportException unsent && !unsent.isSent()) {
            rejectedForNow(submission, EngineErrors.noConnection(failure.getMessage()), null);
            return;
        }
        SubmitAnswer.Accepted named = submission.acceptedBefore(failure, timer.now());
        if (named != null) {
            accepted(submission, named.taskId(), named.cost());
        } else {
            unknown(submission, EngineErrors.submitUnknown(failure.getMessage()));
        }
    }

    private void accepted(Submission submission, String taskId, Cost cost) {
        LOG.debug("Job {} is task {} at {}", submission.jobId, taskId, submission.account().provider().name());
        submission.keyGate().open();
        AcceptedTask task = new AcceptedTask(submission, taskId, cost);
        finish(submission, job -> task.given(job, timer.now(), membership.id()), "accepted as task " + taskId, job -> {
            if (job.map(VideoJob::taskId).filter(taskId::equals).isPresent()) {
                task.late().ifPresent(LOG::warn);
                job.filter(stored -> stored.state() == JobState.ACCEPTED).ifPresent(accepted);
            } else {
                keep(task, job);
            }
        });
    }

    /** The job has another task, which was paid for as well, or is gone: this task is kept as a job of its own. */
    private void keep(AcceptedTask task, Optional<VideoJob> job) {
        Submission submission = task.submission();
        if (job.filter(stored -> !membership.id().equals(stored.node())).isPresent()) {
            // Another node follows the other task, so the job's place here is released.
            submission.limits.release(submission.jobId);
        }
        VideoJob own = task.ownJob(job, timer.now(), membership.id(), settings.storePrompts());
        book.insertReliably(own, kept -> {
            LOG.warn(task.kept(job, kept));
            // Whether this try stored it does not matter: an earlier one may have, without an answer.
            if (kept.id().equals(own.id()) && kept.state() == JobState.ACCEPTED) {
                accepted.accept(kept);
            }
        }, "another task, " + task.taskId() + ", of job " + submission.jobId);
    }

    private void rejectedForNow(Submission submission, JobError error, Duration retryAfter) {
        Duration pause = submission.backoff(PollMeaning.capped(retryAfter, settings.longestRetryAfter()), random);
        Duration line = submission.limits.untilSubmit(timer.now());
        Instant next = timer.now().plus(pause.compareTo(line) < 0 ? line : pause);
        if (next.isAfter(submission.firstPost().plus(settings.submitRetryTimeout()))) {
            rejected(submission, retryAfter == null ? error
                    : error.withMessage(error.message() + ". The gateway asks to wait " + retryAfter.toSeconds() + " s"));
            return;
        }
        if (retryAfter != null) {
            submission.limits.submitsRejected(timer.now().plus(pause));
        }
        submission.stage = "not accepted by the gateway yet and being retried: " + error.message();
        book.changeReliably(submission.jobId, job -> JobTransitions.backToNew(job, submission.submits),
                job -> timer.schedule(pause, () -> work.execute(() -> again.accept(submission))), "not created");
    }

    /** Nothing was created, and nothing is charged. */
    void rejected(Submission submission, JobError error) {
        release(submission, error);
        if (error.type() != ErrorType.AUTHENTICATION) {
            submission.keyGate().leave(submission, timer);
            return;
        }
        JobError same = error.withMessage(error.message() + ". This was the answer to another submit of this account; this one was not"
                + " sent");
        submission.keyGate().refused(submission, same, timer);
    }

    /** Rejected, without a result about the key. */
    void release(Submission submission, JobError error) {
        submission.limits.release(submission.jobId);
        finish(submission, job -> JobTransitions.rejected(job, submission.submits, error, timer.now()), "rejected", job -> { });
    }

    /** Nothing was sent, and it is unknown what the store has kept: the job is rejected when the store answers again. */
    void storeUnavailable(Submission submission, StoreUnavailableException away) {
        waiters.failAll(submission.jobId, away);
        submission.limits.release(submission.jobId);
        submission.keyGate().leave(submission, timer);
        finish(submission, job -> JobTransitions.notSent(job, submission.submits, membership.id(), away.getError(), timer.now()),
                "not sent", job -> { });
    }

    /** It is unknown whether a job was created: looks it up at the gateway, if possible. */
    void unknown(Submission submission, JobError error) {
        submission.stage = "being looked up, since the answer to its submit was lost";
        submission.keyGate().leave(submission, timer);
        lookup.look(submission.account(), submission.jobId, taskId -> accepted(submission, taskId, null), () -> {
            LOG.warn("Job {}: {}", submission.jobId, error.message());
            submission.limits.release(submission.jobId);
            finish(submission, job -> JobTransitions.unknown(
                    job, submission.submits, error, submission.recovered, timer.now(), settings.orphanAfter()), "unknown", job -> { });
        });
    }

    /**
     * Another caller or node has processed or withdrawn the job: the waiters here are notified of its state.
     *
     * @param job null = gone
     */
    void notOurs(Submission submission, VideoJob job) {
        submitting.remove(submission.jobId, submission);
        budgets.left(submission);
        submission.keyGate().leave(submission, timer);
        if (job == null || job.state() == JobState.NEW || job.state().isEnded() || job.state() == JobState.RENDERED) {
            submission.limits.release(submission.jobId);
        }
        if (job == null) {
            JobError gone = submission.submits == 0 ? EngineErrors.withdrawn() : EngineErrors.notKnown(submission.jobId);
            waiters.failAll(submission.jobId, gone.toException(submission.jobId, submission.account().provider().name()));
        } else {
            waiters.changed(job);
        }
    }

    /** Stores the end of a submission, however long that takes; until then this node owns the job. */
    private void finish(Submission submission, UnaryOperator<VideoJob> transition, String what, Consumer<Optional<VideoJob>> stored) {
        budgets.left(submission);
        book.changeReliably(submission.jobId, transition, job -> {
            submitting.remove(submission.jobId, submission);
            stored.accept(job);
        }, what);
    }
}
