// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.InFlightCounter;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.engine.limits.KeyGate;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a job's POST. The job is stored as SUBMITTING before that. */
public final class Submitter {

    private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);

    private final JobBook book;
    private final GatewayCalls gateway;
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final MediaUploads mediaUploads;
    private final BudgetQueue budgets;
    private final SubmitOutcome outcome;
    private final SubmitWithdrawal withdrawal;
    private final SubmitStart start;
    private final InFlightCounter inFlight = new InFlightCounter();
    /** Submissions of this engine by job id, until their outcome is stored. */
    private final Map<String, Submission> submitting = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param accepted receives each job that the gateway has accepted */
    public Submitter(EngineParts parts, CallGate gate, Consumer<VideoJob> accepted) {
        this.book = parts.book();
        this.gateway = parts.gateway();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.mediaUploads = new MediaUploads(parts, gate);
        this.budgets = new BudgetQueue(settings.spending().budgets(), timer);
        book.addListener(budgets::changed);
        this.outcome = new SubmitOutcome(parts, gate, submitting, budgets, submission -> waitForTurn(submission, true), accepted);
        this.start = new SubmitStart(parts, outcome, budgets, this::beginAgain);
        this.withdrawal = new SubmitWithdrawal(parts, submitting, budgets);
    }

    /** Starts as soon as the account has capacity. The job is stored as NEW. */
    public void submit(VideoOrder order, AccountLimits limits, SubmitDecision.Decision decision) {
        Submission submission = new Submission(limits, decision.job(), decision.request());
        submission.file = !decision.job().urlOnly();
        submission.directory = decision.job().directory();
        submission.waitsForBudget = order.onBudget() == VideoOrder.OnBudget.WAIT;
        if (decision.leftBehind()) {
            if (submitting.putIfAbsent(submission.jobId, submission) != null) {
                return;
            }
        } else {
            // Replaces an earlier submission whose end may be stored but not cleaned up yet.
            submitting.put(submission.jobId, submission);
        }
        whenFree(submission, () -> work.execute(() -> uploadMedia(submission, order)));
    }

    /** Others that wait for the same budget come first as long as its account has no room, or its key is rejected. */
    private void beginAgain(Submission submission) {
        submission.free = false;
        submission.stage = Submission.NO_ROOM;
        whenFree(submission, () -> {
            submission.free = true;
            waitForTurn(submission, false);
        });
        if (!submission.free) {
            budgets.left(submission);
        }
    }

    private void whenFree(Submission submission, Runnable start) {
        submission.limits.whenFree(submission.turn, submission.jobId, () -> enterKeyGate(submission, start));
    }

    private void enterKeyGate(Submission submission, Runnable start) {
        if (!submission.keyGate().mayGo(submission)) {
            submission.stage = "held back because the gateway rejects the account's key";
        }
        submission.keyGate().enter(submission, timer, start, error -> outcome.release(submission, error));
    }

    /** Whether this engine is submitting the job. */
    public boolean isSubmitting(String jobId) {
        return submitting.containsKey(jobId);
    }

    /** @return what a job being submitted here waits for, in words that complete "it is ..."; empty = it is not being submitted here */
    public Optional<String> stage(String jobId) {
        return Optional.ofNullable(submitting.get(jobId)).map(submission -> submission.stage);
    }

    public WaitingSubmits waiting() {
        return new WaitingSubmits(submitting, budgets, withdrawal);
    }

    /** Handles a job whose POST was in flight when an earlier engine ended. */
    public void recover(VideoJob job, AccountLimits limits) {
        limits.hold(job.id());
        Submission submission = new Submission(limits, job, job.request());
        submission.submits = job.submits();
        submission.recovered = true;
        if (submitting.putIfAbsent(job.id(), submission) == null) {
            outcome.unknown(submission, EngineErrors.submitUnknown("the process ended before the answer came"));
        }
    }

    /** Withdraws a job that was not sent yet. */
    public void withdraw(String jobId, AccountLimits limits) {
        withdrawal.withdraw(jobId, limits);
    }

    /** Withdraws those of the jobs that are being submitted here and were not sent yet. */
    public void withdraw(List<String> jobIds) {
        withdrawal.withdraw(jobIds);
    }

    /** From now on nothing is sent. */
    public void stop() {
        stopped = true;
    }

    /**
     * Blocks until the answers of the POSTs in flight are stored.
     *
     * @return false = timed out
     */
    public boolean awaitAnswers(Duration timeout) {
        return inFlight.awaitNone(timeout);
    }

    private void uploadMedia(Submission submission, VideoOrder order) {
        CompletableFuture<VideoRequest> delivery;
        try {
            VideoJob job = book.find(submission.jobId).orElse(null);
            if (job == null || job.state() != JobState.NEW) {
                outcome.notOurs(submission, job);
                return;
            }
            submission.stage = "uploading its images or video to the gateway";
            delivery = mediaUploads.deliver(order, submission.request, job.requestHash());
        } catch (StoreUnavailableException away) {
            outcome.storeUnavailable(submission, away);
            return;
        } catch (RuntimeException | Error e) {
            outcome.rejected(submission, EngineErrors.beforeSubmit(e));
            return;
        }
        delivery.whenComplete((request, failure) -> {
            if (failure == null) {
                submission.uploads = MediaUploads.uploads(submission.request, request);
                submission.request = request;
                waitForTurn(submission, false);
            } else {
                outcome.rejected(submission, EngineErrors.beforeSubmit(failure));
            }
        });
    }

    /** @param again whether it already had its turn, without success */
    private void waitForTurn(Submission submission, boolean again) {
        submission.stage = "queued for its turn to be submitted (rate limit, ioThreads)";
        Runnable start = () -> work.execute(() -> gate.urgent(() -> post(submission)));
        if (again) {
            submission.limits.submitLine().enterAgain(submission.turn, timer, start);
        } else {
            submission.limits.submitLine().enter(submission.turn, timer, start);
        }
        if (submission.withdrawn) {
            submission.giveUp(timer);
        }
    }

    /**
     * Holds the submission back if the key was rejected for another submission in the meantime.
     *
     * @return whether it waits for the next probe of the key
     */
    private boolean heldBack(Submission submission) {
        KeyGate gate = submission.keyGate();
        if (gate.mayGo(submission)) {
            return false;
        }
        enterKeyGate(submission, () -> waitForTurn(submission, false));
        if (submission.withdrawn) {
            gate.leave(submission, timer);
        }
        return true;
    }

    /** @return the call, so that the gate keeps its slot; already complete if nothing is sent */
    private CompletableFuture<HttpAnswer> post(Submission submission) {
        // Before stopped is read: a stop that then waits for answers waits for this one too.
        inFlight.begin();
        HttpCall submit = stopped || submission.withdrawn || heldBack(submission) ? null : start.begin(submission);
        if (submit == null) {
            inFlight.end();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<HttpAnswer> call = send(submission, submit);
        budgets.sent(submission);
        return call.whenComplete((answer, failure) -> {
            try {
                outcome.answered(submission, answer, failure == null ? null : EngineErrors.unwrap(failure));
            } finally {
                inFlight.end();
            }
        });
    }

    /** An exception thrown by the transport does not tell whether anything was sent. */
    private CompletableFuture<HttpAnswer> send(Submission submission, HttpCall submit) {
        try {
            return gateway.call(
                    GatewayCall.Operation.SUBMIT, submission.jobId, submission.account(), submit, settings.submitTimeout());
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
