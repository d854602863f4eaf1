// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Withdraws jobs that were not sent yet and that no caller waits for any more. */
final class SubmitWithdrawal {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitWithdrawal.class);

    private final JobBook book;
    private final JobTimer timer;
    private final Map<String, Submission> submitting;
    private final BudgetQueue budgets;

    /** @param submitting submissions of this engine by job id */
    SubmitWithdrawal(EngineParts parts, Map<String, Submission> submitting, BudgetQueue budgets) {
        this.budgets = budgets;
        this.book = parts.book();
        this.timer = parts.timer();
        this.submitting = submitting;
    }

    void withdraw(String jobId, AccountLimits limits) {
        // A notified caller may at once submit again with this id: that submission must not be withdrawn.
        Submission submission = submitting.get(jobId);
        if (!book.withdraw(book.find(jobId).stream().toList()).isEmpty()) {
            withdrawn(jobId, submission, limits);
            return;
        }
        book.change(jobId, job -> JobTransitions.withdrawn(job, timer.now())).filter(JobUpdate::isApplied)
                .ifPresent(update -> withdrawn(jobId, submission, limits));
    }

    /** @param submission null = it was not being submitted here */
    private void withdrawn(String jobId, Submission submission, AccountLimits limits) {
        if (submission != null) {
            submission.withdrawn = true;
            submitting.remove(jobId, submission);
            limits.leave(submission.turn);
            budgets.left(submission);
            submission.keyGate().leave(submission, timer);
        }
        limits.release(jobId);
    }

    /** The job was cancelled before it was sent: if it waits here, it leaves the queues. */
    void cancelled(String jobId) {
        Submission submission = submitting.get(jobId);
        if (submission != null) {
            withdrawn(jobId, submission, submission.limits);
        }
    }

    /** As {@link #withdraw(String, AccountLimits)} for those of the jobs that are being submitted here, with few store calls. */
    void withdraw(List<String> jobIds) {
        Map<String, Submission> submissions = new HashMap<>();
        for (String jobId : jobIds) {
            Submission submission = submitting.get(jobId);
            if (submission != null) {
                submissions.put(jobId, submission);
            }
        }
        if (submissions.size() > 1) {
            try {
                for (VideoJob job : book.withdraw(book.store().findAll(submissions.keySet()))) {
                    Submission submission = submissions.remove(job.id());
                    withdrawn(job.id(), submission, submission.limits);
                }
            } catch (RuntimeException away) {
                LOG.warn("{} jobs could not be withdrawn at once: {}", submissions.size(), away.toString());
            }
        }
        // The rest has changed meanwhile, or was submitted before.
        submissions.keySet().forEach(this::withdrawIfSubmitting);
    }

    /** If the store does not answer, the job goes on, as the Detached error says: a stop is not delayed. */
    private void withdrawIfSubmitting(String jobId) {
        Submission submission = submitting.get(jobId);
        if (submission == null) {
            return;
        }
        try {
            withdraw(jobId, submission.limits);
        } catch (RuntimeException away) {
            LOG.warn("Job {} could not be withdrawn: {}", jobId, away.toString());
        }
    }
}
