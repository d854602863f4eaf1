package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Decides when the outcome of a job that nobody waits for is offered to {@code completed}. Pure. */
final class Handover {

    private Handover() {
    }

    /** Whether there is an outcome to hand on. */
    static boolean isOver(VideoJob job) {
        return job.state().isEnded() || job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED && job.urlOnly();
    }

    /**
     * @param  after       a job after a change
     * @param  orphanAfter how long the message of an orphan may still come again
     * @return             the same, offered if it has come to its end and nobody waits for it
     */
    static VideoJob offered(VideoJob after, Instant now, Duration orphanAfter) {
        // What was refused, or is in doubt, was told to the caller; Takeover offers those that had none any more.
        if (!isOver(after) || after.state() == JobState.REJECTED || after.state() == JobState.UNKNOWN
                || after.state() == JobState.DELIVERED) {
            return after;
        }
        return switch (after.delivery().state()) {
            case DETACHED -> after.with(changes -> changes.delivery(after.delivery().offered(now)).node(null));
            case ORPHANED -> after.with(changes -> changes.delivery(after.delivery().offered(now.plus(orphanAfter))).node(null));
            default -> after;
        };
    }

    /** @return a job in doubt, offered where its caller has gone: never silent */
    static VideoJob doubtful(VideoJob job, boolean callerGone, Instant now, Duration orphanAfter) {
        if (!callerGone || job.state() != JobState.UNKNOWN) {
            return job;
        }
        Instant from = job.delivery().state() == JobDelivery.State.ATTACHED ? now.plus(orphanAfter) : now;
        return job.with(changes -> changes.delivery(job.delivery().offered(from)).node(null));
    }

    /** Whether it ended although the gateway has its video, which could not be fetched: that can be tried again. */
    static boolean isFetchable(VideoJob job) {
        return job.state() == JobState.FAILED && job.error() != null && job.error().type() == ErrorType.DOWNLOAD_FAILED
                && !Reopening.isPossible(job);
    }

    /** A job whose video is not here, and at the gateway, is to be fetched. */
    static VideoJob.Changes fetchAgain(VideoJob.Changes changes) {
        return changes.state(JobState.RENDERED).file(null).holder(null).downloadedAt(null).endedAt(null).error(null);
    }

    /** Whether the store times the job, and not the node that has it in hand. */
    static boolean isTimedByStore(VideoJob job) {
        return job.delivery().state() != JobDelivery.State.ATTACHED;
    }

    /**
     * @param  job one with whose video, or URL, a user's work has succeeded
     * @return     the same, ended and not for a consumer any more; as it is where a consumer has it, or has given it back: its work counts
     */
    static VideoJob delivered(VideoJob job, Instant now) {
        JobDelivery delivery = job.delivery();
        boolean consumers = delivery.state() == JobDelivery.State.CLAIMED
                || delivery.state() == JobDelivery.State.OFFERED && delivery.count() > 0;
        return consumers ? job
                : job.with(changes -> changes.state(JobState.DELIVERED).endedAt(now).node(null)
                        .delivery(delivery.state() == JobDelivery.State.ATTACHED ? delivery : delivery.acknowledged()));
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
    static JobDelivery again(VideoJob job) {
        return job.delivery().state() == JobDelivery.State.ATTACHED ? job.delivery().orphaned() : JobDelivery.DETACHED;
    }
}
