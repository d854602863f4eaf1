// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Decides when the outcome of a job that nobody waits for is offered to {@code completed}. Pure. */
public final class DeliveryRules {

    private DeliveryRules() {
    }

    /** Whether there is an outcome to hand on. */
    public static boolean isOver(VideoJob job) {
        return job.state().isEnded() || job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED && job.urlOnly();
    }

    /**
     * @param  after       a job after a change
     * @param  orphanAfter how long the message of an orphan may still come again
     * @return             the same, offered if it has come to its end and nobody waits for it
     */
    static VideoJob offered(VideoJob after, Instant now, Duration orphanAfter) {
        // What was refused, or is in doubt, was told to the caller; DeadNodeTakeover offers those that had none any more.
        if (!isOver(after) || after.state() == JobState.REJECTED || after.state() == JobState.UNKNOWN
                || after.state() == JobState.DELIVERED) {
            return after;
        }
        return switch (after.delivery().state()) {
            case DETACHED -> JobTransitions.offered(after, now);
            case ORPHANED -> JobTransitions.offered(after, now.plus(orphanAfter));
            default -> after;
        };
    }

    /** Whether it ended although the gateway has its video, which could not be fetched: that can be tried again. */
    public static boolean isFetchable(VideoJob job) {
        return job.state() == JobState.FAILED && job.error() != null && job.error().type() == ErrorType.DOWNLOAD_FAILED
                && !Reopening.isPossible(job);
    }

    /** Whether the store times the job, and not the node that has it in hand. */
    public static boolean isTimedByStore(VideoJob job) {
        return job.delivery().state() != JobDelivery.State.ATTACHED;
    }

    /** @return the delivery of a job that the gateway has: what a consumer was told of it, that it is in doubt, was not its outcome */
    static JobDelivery accepted(VideoJob job, boolean callerGone) {
        return switch (job.delivery().state()) {
            case CLAIMED, ACKNOWLEDGED, UNDELIVERED -> JobDelivery.DETACHED;
            case ATTACHED -> callerGone ? job.delivery().orphaned() : job.delivery();
            default -> job.delivery();
        };
    }

    /** @return the delivery of a job that goes on after its doubt was told: nobody waits for it, but its message may come again */
    public static JobDelivery again(VideoJob job) {
        return job.delivery().state() == JobDelivery.State.ATTACHED ? job.delivery().orphaned() : JobDelivery.DETACHED;
    }
}
