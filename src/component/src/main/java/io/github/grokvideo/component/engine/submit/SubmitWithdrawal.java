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
    private final Map<String, Submission> inHand;

    /** @param inHand submissions of this engine by job id */
    SubmitWithdrawal(EngineParts parts, Map<String, Submission> inHand) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.inHand = inHand;
    }

    void withdraw(String jobId, AccountLimits lane) {
        // A notified caller may at once submit again with this id: that submission must not be withdrawn.
        Submission submission = inHand.get(jobId);
        if (!book.withdraw(book.find(jobId).stream().toList()).isEmpty()) {
            withdrawn(jobId, submission, lane);
            return;
        }
        book.change(jobId, job -> JobTransitions.withdrawn(job, timer.now())).filter(JobUpdate::isApplied)
                .ifPresent(update -> withdrawn(jobId, submission, lane));
    }

    /** @param submission null = it was not being submitted here */
    private void withdrawn(String jobId, Submission submission, AccountLimits lane) {
        if (submission != null) {
            submission.withdrawn = true;
            inHand.remove(jobId, submission);
            lane.submitLine().leave(submission);
            lane.leave(submission);
            submission.keyGate().leave(submission, timer);
        }
        lane.release(jobId);
    }

    /** As {@link #withdraw(String, AccountLimits)} for those of the jobs that are being submitted here, with few store calls. */
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
                for (VideoJob job : book.withdraw(book.store().findAll(submissions.keySet()))) {
                    Submission submission = submissions.remove(job.id());
                    withdrawn(job.id(), submission, submission.lane);
                }
            } catch (RuntimeException away) {
                LOG.warn("{} jobs could not be withdrawn at once: {}", submissions.size(), away.toString());
            }
        }
        // The rest has changed meanwhile, or was submitted before.
        submissions.keySet().forEach(this::withdrawIfInHand);
    }

    /** If the store does not answer, the job goes on, as the Detached error says: a stop is not delayed. */
    private void withdrawIfInHand(String jobId) {
        Submission submission = inHand.get(jobId);
        if (submission == null) {
            return;
        }
        try {
            withdraw(jobId, submission.lane);
        } catch (RuntimeException away) {
            LOG.warn("Job {} could not be withdrawn: {}", jobId, away.toString());
        }
    }
}
