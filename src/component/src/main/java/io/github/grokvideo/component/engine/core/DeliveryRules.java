// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Decides when the outcome of a job that no caller waits for is offered to {@code completed}. Pure. */
public final class DeliveryRules {

    private DeliveryRules() {
    }

    /** Whether there is an outcome to deliver. */
    public static boolean isOver(VideoJob job) {
        return job.state().isEnded() || job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED && job.urlOnly();
    }

    /**
     * @param  after       a job after a change
     * @param  orphanAfter how long an orphaned job is held back, since its message may be redelivered
     * @return             the job, now offered if it has an outcome and no caller waits for it; delivered if nobody takes that
     */
    static VideoJob offered(VideoJob after, Instant now, Duration orphanAfter) {
        // Callers have been notified of rejected and doubtful jobs; those whose caller is gone are offered by DeadNodeTakeover.
        if (!isOver(after) || after.state() == JobState.REJECTED || after.state() == JobState.UNKNOWN
                || after.state() == JobState.DELIVERED) {
            return after;
        }
        return switch (after.delivery().state()) {
            case DETACHED -> after.details().unattended() ? JobTransitions.unattended(after, now) : JobTransitions.offered(after, now);
            case ORPHANED -> JobTransitions.offered(after, now.plus(orphanAfter));
            default -> after;
        };
    }

    /** Whether the job failed only because its video could not be downloaded, which can be retried. */
    public static boolean isFetchable(VideoJob job) {
        return job.state() == JobState.FAILED && job.error() != null && job.error().type() == ErrorType.DOWNLOAD_FAILED
                && !Reopening.isPossible(job);
    }

    /** Whether the store schedules the job, rather than the node that owns it. */
    public static boolean isTimedByStore(VideoJob job) {
        return job.delivery().state() != JobDelivery.State.ATTACHED;
    }

    /** @return the delivery of an accepted job; a consumer that was notified of its doubtful submit has not had its outcome */
    static JobDelivery accepted(VideoJob job, boolean callerGone) {
        return switch (job.delivery().state()) {
            case CLAIMED, ACKNOWLEDGED, UNDELIVERED -> JobDelivery.DETACHED;
            case ATTACHED -> callerGone ? job.delivery().orphaned() : job.delivery();
            default -> job.delivery();
        };
    }

    /**
     * @return the delivery of a job that is resumed after it was reported as doubtful: no caller waits, but its message may be redelivered
     */
    public static JobDelivery again(VideoJob job) {
        return job.delivery().state() == JobDelivery.State.ATTACHED ? job.delivery().orphaned() : JobDelivery.DETACHED;
    }
}
