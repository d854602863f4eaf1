// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.core.RecentIds;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Whether a gateway's webhook notices arrive, so that jobs without one need not be polled often. A job that has ended without a notice ends
 * the trust, the next notice restores it. Thread-safe.
 */
final class NoticeTrust {

    private static final Duration LASTS = Duration.ofHours(1);

    private final RecentIds noticed = new RecentIds();
    /** Task and job ids of notices that came before the submit's answer. */
    private final RecentIds early = new RecentIds();
    private volatile Instant until = Instant.MIN;

    void noticed(String jobId, Instant now) {
        noticed.add(jobId);
        until = now.plus(LASTS);
    }

    /** @param id of a task, or of a job that has no task yet */
    void early(String id) {
        early.add(id);
    }

    /** @return whether a notice about the job, which was just accepted, has arrived already; true only once */
    boolean takeEarly(VideoJob accepted, Instant now) {
        boolean byTask = early.remove(accepted.taskId());
        boolean byJob = early.remove(accepted.id());
        if (byTask || byJob) {
            noticed(accepted.id(), now);
        }
        return byTask || byJob;
    }

    /** A status query has shown that the job is over. */
    void ended(String jobId) {
        if (!noticed.remove(jobId)) {
            until = Instant.MIN;
        }
    }

    /** @return whether the job's notice is still to come, and can be relied on */
    boolean isExpected(String jobId, Instant now) {
        return now.isBefore(until) && !noticed.contains(jobId);
    }
}
