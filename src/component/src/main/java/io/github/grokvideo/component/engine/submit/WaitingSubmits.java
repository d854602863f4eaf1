// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.Map;

/** What operators may do with the jobs that wait here to be sent. Thread-safe. */
public final class WaitingSubmits {

    private final Map<String, Submission> submitting;
    private final BudgetQueue budgets;
    private final SubmitWithdrawal withdrawal;

    /** @param submitting submissions of this engine by job id */
    WaitingSubmits(Map<String, Submission> submitting, BudgetQueue budgets, SubmitWithdrawal withdrawal) {
        this.submitting = submitting;
        this.budgets = budgets;
        this.withdrawal = withdrawal;
    }

    /** Whether this engine is submitting the job. */
    public boolean contains(String jobId) {
        return submitting.containsKey(jobId);
    }

    /** Moves a job among those of its tag. If it does not wait here any more, nothing happens. */
    public void prioritize(String jobId, int priority) {
        Submission submission = submitting.get(jobId);
        if (submission != null) {
            submission.limits.prioritize(submission.turn, priority);
            budgets.moved(submission);
        }
    }

    /** A job that was not sent yet has been cancelled: it leaves the queues. */
    public void cancelled(String jobId) {
        withdrawal.cancelled(jobId);
    }
}
