// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.spend.BudgetFullException;
import io.github.grokvideo.component.store.spend.BudgetWindow;

/** The last step before a POST: the job is stored as SUBMITTING, and what it may cost is reserved in the same write. */
final class SubmitStart {

    private final JobBook book;
    private final JobTimer timer;
    private final Executor work;
    private final VideoFolders folders;
    private final Membership membership;
    private final SubmitOutcome outcome;
    private final BudgetQueue budgets;
    private final Consumer<Submission> again;

    /** @param again begins again with waiting for the account's capacity */
    SubmitStart(EngineParts parts, SubmitOutcome outcome, BudgetQueue budgets, Consumer<Submission> again) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.work = parts.work();
        this.folders = parts.folders();
        this.membership = parts.membership();
        this.outcome = outcome;
        this.budgets = budgets;
        this.again = again;
    }

    /** @return the POST of a job stored as SUBMITTING; null = nothing is to be sent */
    HttpCall begin(Submission submission) {
        try {
            Optional<JobError> unusableDirectory = submission.file ? folders.unusable(submission.directory) : Optional.empty();
            if (unusableDirectory.isPresent()) {
                outcome.rejected(submission, unusableDirectory.get());
                return null;
            }
            HttpCall submit = submission.account().provider().submit(
                    CallbackUrl.added(submission.account(), submission.request, submission.jobId), submission.jobId);
            if (!isOthersTurn(submission) && isStored(submission)) {
                submission.sending(timer.now());
                submission.stage = "being submitted";
                return submit;
            }
        } catch (BudgetFullException full) {
            hasNoRoom(submission, full);
        } catch (StoreUnavailableException away) {
            outcome.storeUnavailable(submission, away);
        } catch (RuntimeException | Error e) {
            outcome.rejected(submission, EngineErrors.beforeSubmit(e));
        }
        return null;
    }

    private boolean isStored(Submission submission) {
        Optional<JobUpdate> update = book.change(submission.jobId, job -> submitting(submission, job));
        if (update.filter(JobUpdate::isApplied).isEmpty()) {
            outcome.notOurs(submission, update.map(JobUpdate::after).orElse(null));
            return false;
        }
        if (!submission.limits.admits(submission.jobId)) {
            budgets.left(submission);
            waitForRoom(submission);
            return false;
        }
        if (!membership.mayPost()) {
            // Last: the heartbeat must be fresh when the POST starts, however long the store took.
            outcome.storeUnavailable(submission, EngineErrors.noHeartbeat(submission.jobId));
            return false;
        }
        return true;
    }

    /** Other nodes have filled the account: the job waits for room again, with its turn. Nothing was sent. */
    private void waitForRoom(Submission submission) {
        submission.stage = Submission.NO_ROOM;
        submission.limits.submitNotSent(timer);
        submission.keyGate().leave(submission, timer);
        book.changeReliably(submission.jobId, job -> JobTransitions.notStarted(job, submission.submits), job -> resume(submission),
                "not sent, since its account has no room");
    }

    /** Begins again with the account's capacity, unless it is withdrawn: it would then take a place that nobody gives back. */
    private void resume(Submission submission) {
        if (submission.withdrawn) {
            return;
        }
        again.accept(submission);
        if (submission.withdrawn) {
            submission.giveUp(timer);
        }
    }

    private VideoJob submitting(Submission submission, VideoJob job) {
        VideoJob next = JobTransitions.submitting(job, membership.id(), timer.now());
        if (next != job) {
            // Set before it is stored: the store may keep it without confirming it.
            submission.submits = next.submits();
        }
        return submission.uploads.isEmpty() || next == job ? next
                : next.with(changes -> changes.details(next.details().withUploads(submission.uploads)));
    }

    /** Those that wait for a budget go first. Whoever does not wait may try at once, and so may a retry: its amount is still reserved. */
    private boolean isOthersTurn(Submission submission) {
        Optional<BudgetWindow> budget = submission.waitsForBudget && submission.firstPost() == null ? budgets.ahead(submission)
                : Optional.empty();
        budget.ifPresent(window -> waitForBudget(submission, window));
        return budget.isPresent();
    }

    private void hasNoRoom(Submission submission, BudgetFullException full) {
        if (submission.waitsForBudget && full.isRetryable()) {
            waitForBudget(submission, full.use().window());
        } else {
            submission.limits.submitNotSent(timer);
            outcome.rejected(submission, full.getError());
        }
    }

    /** It gives up its place at the account for as long as the budget has no room. */
    private void waitForBudget(Submission submission, BudgetWindow budget) {
        submission.limits.submitNotSent(timer);
        submission.keyGate().leave(submission, timer);
        submission.limits.release(submission.jobId);
        submission.stage = "waiting for room in the budget " + budget.name();
        budgets.waitFor(budget, submission, () -> work.execute(() -> resume(submission)));
        if (submission.withdrawn) {
            budgets.left(submission);
        }
    }
}
