// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.transport.DownloadedVideo;

/**
 * The life of a job: every change of its state, its delivery, the node that owns it and its end. Each method takes a job as it is stored,
 * and returns it changed, or the very same one where the change does not apply. Pure; the {@link JobBook} stores what comes out.
 */
public final class JobTransitions {

    private JobTransitions() {
    }

    // ---- A job begins

    /** A new job, NEW. */
    public static JobFields created(JobFields changes, String node, boolean detached) {
        return changes.node(node).delivery(detached ? JobDelivery.DETACHED : JobDelivery.ATTACHED);
    }

    /** A new job for a task that the gateway has accepted already. */
    public static JobFields createdAccepted(JobFields changes, String taskId, String node, boolean detached, Instant now) {
        return created(changes, node, detached).state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now);
    }

    // ---- It is submitted

    /** An unsent job of an ended node becomes this node's. */
    public static VideoJob claimedUnsent(VideoJob job, String node) {
        return job.state() != JobState.NEW || node.equals(job.node()) ? job : job.with(changes -> changes.node(node));
    }

    /** Its one POST is about to be sent: stored before it is. */
    public static VideoJob submitting(VideoJob job, String node, Instant now) {
        return job.state() != JobState.NEW ? job
                : job.with(changes -> changes.state(JobState.SUBMITTING).submits(job.submits() + 1).submittedAt(now).node(node));
    }

    /** Whether the POST under way is the given one, and not one that was sent since. */
    static boolean isUnderWay(VideoJob job, int submits) {
        return job.state() == JobState.SUBMITTING && job.submits() == submits;
    }

    /** The gateway provably created nothing and is asked again: should this process end meanwhile, nothing is in doubt. */
    public static VideoJob backToNew(VideoJob job, int submits) {
        return isUnderWay(job, submits) ? job.with(changes -> changes.state(JobState.NEW)) : job;
    }

    /** Nothing was created. Should the store take this late: another POST sent since then was not rejected, and keeps the key. */
    public static VideoJob rejected(VideoJob job, int submits, JobError error, Instant now) {
        return job.state() == JobState.NEW || isUnderWay(job, submits) ? rejected(job, error, now) : job;
    }

    /** Nothing was sent, since the store was away, and nobody knows how far it got. */
    public static VideoJob notSent(VideoJob job, int submits, String node, JobError error, Instant now) {
        return job.state() == JobState.NEW || isUnderWay(job, submits) && node.equals(job.node()) ? rejected(job, error, now) : job;
    }

    /** Nobody waits for a job that was not sent yet. */
    public static VideoJob withdrawn(VideoJob job, Instant now) {
        return job.state() == JobState.NEW ? rejected(job, EngineErrors.withdrawn(), now) : job;
    }

    /** A rejected job frees its key: the same message may try again. */
    private static VideoJob rejected(VideoJob job, JobError error, Instant now) {
        return job.with(changes -> changes.state(JobState.REJECTED).endedAt(now).jobKey(null).error(error));
    }

    /**
     * The answer was lost. Should the store take this late: another POST, or a task that became known since, is not in doubt.
     *
     * @param callerGone nobody is left to be notified: then it is offered to {@code completed}
     */
    public static VideoJob unknown(VideoJob job, int submits, JobError error, boolean callerGone, Instant now, Duration orphanAfter) {
        if (!isUnderWay(job, submits)) {
            return job;
        }
        VideoJob unknown = job.with(changes -> changes.state(JobState.UNKNOWN).endedAt(now).error(error));
        return callerGone ? offered(unknown, job.delivery().state() == JobDelivery.State.ATTACHED ? now.plus(orphanAfter) : now) : unknown;
    }

    /** An UNKNOWN job is submitted again, at the user's risk. */
    public static VideoJob resubmitted(VideoJob job, String node, JobDelivery delivery) {
        return job.state() != JobState.UNKNOWN ? job
                : job.with(changes -> changes.state(JobState.NEW).error(null).endedAt(null).node(node).delivery(delivery));
    }

    /**
     * The gateway has accepted the submit, in whatever state that finds the job; a job that has a task keeps it.
     *
     * @param cost       null = the gateway did not say
     * @param callerGone nobody waits for it any more
     */
    public static VideoJob accepted(VideoJob job, String taskId, Cost cost, boolean callerGone, String node, Instant now) {
        return job.taskId() != null ? job : costing(job.with(changes -> changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now)
                .endedAt(null).error(null).node(node).delivery(DeliveryRules.accepted(job, callerGone))), cost);
    }

    // ---- The gateway works on it

    public static VideoJob running(VideoJob job, Instant now) {
        return job.with(changes -> changes.state(JobState.RUNNING).runningAt(job.runningAt() == null ? now : job.runningAt()));
    }

    /** @param node that saw it first and fetches it */
    public static VideoJob rendered(VideoJob job, PollAnswer.Done done, String node, Instant now) {
        return costing(job.with(changes -> changes.state(JobState.RENDERED).progress(100).renderedAt(now).url(done.url())
                .urlExpiresAt(done.urlExpiresAt()).node(node)), done.cost());
    }

    /**
     * No video will come.
     *
     * @param state FAILED, MODERATED or EXPIRED
     * @param cost  null = the gateway did not say
     */
    public static VideoJob failed(VideoJob job, JobState state, JobError error, Cost cost, Instant now) {
        return job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING ? job
                : costing(job.with(changes -> changes.state(state).endedAt(now).error(error)), cost);
    }

    private static VideoJob costing(VideoJob job, Cost cost) {
        return cost == null ? job : job.with(changes -> changes.cost(cost));
    }

    // ---- Its video is fetched

    /** The node takes over the download. */
    public static VideoJob fetching(VideoJob job, String node) {
        return job.state() != JobState.RENDERED || node.equals(job.node()) ? job : job.with(changes -> changes.node(node));
    }

    /** @param holder work directory that has the file, by its id; null = none has */
    public static VideoJob downloaded(VideoJob job, DownloadedVideo video, String holder, Instant now) {
        return job.state() != JobState.RENDERED ? job : job.with(changes -> changes.state(JobState.DOWNLOADED).downloadedAt(now)
                .file(video.file()).holder(holder).size(video.size()).sha256(video.sha256()));
    }

    public static VideoJob downloadFailed(VideoJob job, JobError error, Instant now) {
        return job.state() != JobState.RENDERED ? job : job.with(changes -> changes.state(JobState.FAILED).endedAt(now).error(error));
    }

    /** The video is gone: from the gateway before it could be fetched, or from here since nobody took it. */
    public static VideoJob expired(VideoJob job, JobError error, Instant now) {
        return job.state() != JobState.RENDERED && job.state() != JobState.DOWNLOADED ? job
                : job.with(changes -> changes.state(JobState.EXPIRED).endedAt(now).error(error));
    }

    /** Its video is at the gateway, and not here. */
    public static VideoJob fetchedAgain(VideoJob job, JobDelivery delivery, String node) {
        return atGateway(job, JobState.RENDERED, delivery, node);
    }

    /** The gateway is asked again about a job that has ended. */
    public static VideoJob reopened(VideoJob job, JobDelivery delivery, String node) {
        return atGateway(job, JobState.ACCEPTED, delivery, node).with(changes -> changes.misses(0));
    }

    private static VideoJob atGateway(VideoJob job, JobState state, JobDelivery delivery, String node) {
        return job.with(changes -> changes.state(state).file(null).holder(null).downloadedAt(null).endedAt(null).error(null)
                .delivery(delivery).node(node));
    }

    // ---- Its outcome is delivered

    /** An exchange waits for it, or has it, on that node. */
    public static VideoJob attached(VideoJob job, String node) {
        return job.with(changes -> changes.delivery(JobDelivery.ATTACHED).node(node));
    }

    static VideoJob offered(VideoJob job, Instant from) {
        return job.with(changes -> changes.delivery(job.delivery().offered(from)).node(null));
    }

    public static VideoJob claimed(VideoJob job, String node, Instant now) {
        return !job.delivery().isOffered(now) ? job : job.with(changes -> changes.delivery(job.delivery().claimed()).node(node));
    }

    /** The consumer's route has succeeded. */
    public static VideoJob acknowledged(VideoJob job, String node, Instant now) {
        if (!isClaimedBy(job, node)) {
            return job;
        }
        VideoJob done = job.with(changes -> changes.delivery(job.delivery().acknowledged()).node(null));
        return job.state() != JobState.RENDERED && job.state() != JobState.DOWNLOADED ? done
                : done.with(changes -> changes.state(JobState.DELIVERED).endedAt(now));
    }

    /** The consumer's route has failed. */
    public static VideoJob givenBack(VideoJob job, String node, Instant from) {
        return isClaimedBy(job, node) ? offered(job, from) : job;
    }

    /** The consumer's route has failed as often as allowed. */
    public static VideoJob undelivered(VideoJob job, String node) {
        return !isClaimedBy(job, node) ? job : job.with(changes -> changes.delivery(job.delivery().undelivered()).node(null));
    }

    private static boolean isClaimedBy(VideoJob job, String node) {
        return job.delivery().state() == JobDelivery.State.CLAIMED && node.equals(job.node());
    }

    /**
     * A user's work with the video, or its URL, has succeeded; where a consumer has it, or has given it back, the consumer's work counts.
     */
    public static VideoJob delivered(VideoJob job, Instant now) {
        JobDelivery delivery = job.delivery();
        boolean consumers = delivery.state() == JobDelivery.State.CLAIMED
                || delivery.state() == JobDelivery.State.OFFERED && delivery.count() > 0;
        boolean attached = delivery.state() == JobDelivery.State.ATTACHED;
        return consumers ? job : job.with(changes -> changes.state(JobState.DELIVERED).endedAt(now).node(null)
                .delivery(attached ? delivery : delivery.acknowledged()));
    }

    // ---- Its node has ended

    /** A job that was being submitted: the node that looks after it. */
    public static VideoJob inheritedSubmit(VideoJob job, String ended, int submits, String node) {
        // Another count of POSTs: the node lives after all, and sends it anew.
        return isUnderWay(job, submits) && ended.equals(job.node()) ? job.with(changes -> changes.node(node)) : job;
    }

    /** Any other job of the ended node. */
    public static VideoJob freed(VideoJob job, String ended, Instant now) {
        if (!ended.equals(job.node()) || job.state() == JobState.SUBMITTING) {
            return job;
        }
        if (job.state() == JobState.NEW) {
            return withdrawn(job, now).with(changes -> changes.node(null));
        }
        JobDelivery delivery = job.delivery();
        if (delivery.state() == JobDelivery.State.CLAIMED) {
            return job.state() != JobState.DELIVERED ? offered(job, now)
                    : job.with(changes -> changes.delivery(delivery.acknowledged()).node(null));
        }
        boolean orphaned = delivery.state() == JobDelivery.State.ATTACHED && !job.state().isEnded();
        return job.with(changes -> changes.node(null).delivery(orphaned ? delivery.orphaned() : delivery));
    }

    // ---- An operator steps in

    /** The operator found the task in the gateway's list of jobs. */
    public static VideoJob toldItsTask(VideoJob job, String taskId, String node, Instant now) {
        return job.state() != JobState.UNKNOWN && !Reopening.isPossible(job) ? job
                : job.with(changes -> changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now).error(null).endedAt(null)
                        .delivery(DeliveryRules.again(job)).node(node));
    }

    public static VideoJob abandoned(VideoJob job) {
        return job.state() != JobState.UNKNOWN ? job
                : job.with(changes -> changes.state(JobState.FAILED).delivery(job.delivery().acknowledged()).node(null)
                        .error(job.error().withMessage("An operator gave it up. " + job.error().message())));
    }

    /** The outcome that there is is offered once more, as if for the first time. */
    public static VideoJob offeredAnew(VideoJob job, Instant now) {
        boolean delivered = job.state() == JobState.DELIVERED;
        return job.with(changes -> {
            changes.delivery(JobDelivery.DETACHED.offered(now)).node(null);
            if (delivered) {
                changes.state(job.urlOnly() ? JobState.RENDERED : JobState.DOWNLOADED).endedAt(null);
            }
        });
    }
}
