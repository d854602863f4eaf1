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
 * The job life cycle: every change of state, delivery, owning node and end. Each method takes a stored job and returns it changed, or the
 * same instance if the change does not apply. Pure; {@link JobBook} stores the result.
 */
public final class JobTransitions {

    private JobTransitions() {
    }

    // ---- Creation

    /** A new job, NEW. */
    public static JobFields created(JobFields changes, String node, boolean detached) {
        return changes.node(node).delivery(detached ? JobDelivery.DETACHED : JobDelivery.ATTACHED);
    }

    /** A new job for a task that the gateway has already accepted. */
    public static JobFields createdAccepted(JobFields changes, String taskId, String node, boolean detached, Instant now) {
        return created(changes, node, detached).state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now);
    }

    // ---- Submit

    /** An unsent job of a dead node becomes this node's. */
    public static VideoJob claimedUnsent(VideoJob job, String node) {
        return job.state() != JobState.NEW || node.equals(job.node()) ? job : job.with(changes -> changes.node(node));
    }

    /** Its POST is about to be sent; stored before that. */
    public static VideoJob submitting(VideoJob job, String node, Instant now) {
        return job.state() != JobState.NEW ? job
                : job.with(changes -> changes.state(JobState.SUBMITTING).submits(job.submits() + 1).submittedAt(now).node(node));
    }

    /** Whether the POST in flight is the given one, and not a later one. */
    static boolean isUnderWay(VideoJob job, int submits) {
        return job.state() == JobState.SUBMITTING && job.submits() == submits;
    }

    /** The gateway provably created nothing and the submit is retried: if this process ends meanwhile, nothing is in doubt. */
    public static VideoJob backToNew(VideoJob job, int submits) {
        return isUnderWay(job, submits) ? job.with(changes -> changes.state(JobState.NEW)) : job;
    }

    /** Its POST was not sent after all: it waits again, as if it had never been about to be sent. */
    public static VideoJob notStarted(VideoJob job, int submits) {
        return isUnderWay(job, submits) ? job.with(changes -> changes.state(JobState.NEW).submits(submits - 1)) : job;
    }

    /** Nothing was created. If this is stored late, a later POST was not rejected and keeps the key. */
    public static VideoJob rejected(VideoJob job, int submits, JobError error, Instant now) {
        return job.state() == JobState.NEW || isUnderWay(job, submits) ? rejected(job, error, now) : job;
    }

    /** Nothing was sent because the store did not answer; it is unknown which change it has kept. */
    public static VideoJob notSent(VideoJob job, int submits, String node, JobError error, Instant now) {
        return job.state() == JobState.NEW || isUnderWay(job, submits) && node.equals(job.node()) ? rejected(job, error, now) : job;
    }

    /** No caller is waiting for a job that was not sent yet. */
    public static VideoJob withdrawn(VideoJob job, Instant now) {
        return job.state() == JobState.NEW ? rejected(job, EngineErrors.withdrawn(), now) : job;
    }

    /** A job that was not sent yet is cancelled. It keeps its key: the same message must not submit it after all. */
    public static VideoJob cancelledUnsent(VideoJob job, Instant now) {
        return job.state() != JobState.NEW ? job
                : job.with(changes -> changes.state(JobState.CANCELLED).endedAt(now).error(EngineErrors.cancelledUnsent()));
    }

    /** A rejected job frees its key, so that the same message can be retried. */
    private static VideoJob rejected(VideoJob job, JobError error, Instant now) {
        return job.with(changes -> changes.state(JobState.REJECTED).endedAt(now).jobKey(null).error(error));
    }

    /**
     * The answer was lost. If this is stored late, a later POST or a task id that became known is not in doubt.
     *
     * @param callerGone no caller is left to be notified, so the job is offered to {@code completed}
     */
    public static VideoJob unknown(VideoJob job, int submits, JobError error, boolean callerGone, Instant now, Duration orphanAfter) {
        if (!isUnderWay(job, submits)) {
            return job;
        }
        VideoJob unknown = job.with(changes -> changes.state(JobState.UNKNOWN).endedAt(now).error(error));
        return !callerGone || job.details().unattended() ? unknown
                : offered(unknown, job.delivery().state() == JobDelivery.State.ATTACHED ? now.plus(orphanAfter) : now);
    }

    /** An UNKNOWN job is submitted again, at the user's risk. */
    public static VideoJob resubmitted(VideoJob job, String node, JobDelivery delivery) {
        return job.state() != JobState.UNKNOWN ? job
                : job.with(changes -> changes.state(JobState.NEW).error(null).endedAt(null).node(node).delivery(delivery));
    }

    /**
     * The gateway has accepted the submit, whatever the job's state is now; a job that has a task keeps it.
     *
     * @param cost       null = not reported
     * @param callerGone no caller is waiting for it any more
     */
    public static VideoJob accepted(VideoJob job, String taskId, Cost cost, boolean callerGone, String node, Instant now) {
        return job.taskId() != null ? job : costing(job.with(changes -> changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now)
                .endedAt(null).error(null).node(node).delivery(DeliveryRules.accepted(job, callerGone))), cost);
    }

    // ---- Rendering

    public static VideoJob running(VideoJob job, Instant now) {
        return job.with(changes -> changes.state(JobState.RUNNING).runningAt(job.runningAt() == null ? now : job.runningAt()));
    }

    /** @param node the node that saw it first and downloads it */
    public static VideoJob rendered(VideoJob job, PollAnswer.Done done, String node, Instant now) {
        boolean elsewhere = done.url() == null && job.details().uploadTo() != null;
        return costing(job.with(changes -> changes.state(JobState.RENDERED).progress(100).renderedAt(now).url(done.url())
                .urlExpiresAt(done.urlExpiresAt()).urlOnly(job.urlOnly() || elsewhere).details(job.details().withResult(done.result()))
                .node(node)), done.cost());
    }

    /**
     * The job has ended without a video.
     *
     * @param state FAILED, MODERATED, EXPIRED or CANCELLED
     * @param cost  null = not reported
     */
    public static VideoJob failed(VideoJob job, JobState state, JobError error, Cost cost, Instant now) {
        return job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING ? job
                : costing(job.with(changes -> changes.state(state).endedAt(now).error(error)), cost);
    }

    private static VideoJob costing(VideoJob job, Cost cost) {
        return cost == null ? job : job.with(changes -> changes.cost(cost));
    }

    // ---- Download

    /** The node takes over the download. */
    public static VideoJob fetching(VideoJob job, String node) {
        return job.state() != JobState.RENDERED || node.equals(job.node()) ? job : job.with(changes -> changes.node(node));
    }

    /** @param holder id of the work directory that has the file; null = not clustered */
    public static VideoJob downloaded(VideoJob job, DownloadedVideo video, String holder, Instant now) {
        return job.state() != JobState.RENDERED ? job : job.with(changes -> changes.state(JobState.DOWNLOADED).downloadedAt(now)
                .file(video.file()).holder(holder).size(video.size()).sha256(video.sha256()));
    }

    public static VideoJob downloadFailed(VideoJob job, JobError error, Instant now) {
        return job.state() != JobState.RENDERED ? job : job.with(changes -> changes.state(JobState.FAILED).endedAt(now).error(error));
    }

    /** The video is gone: from the gateway before it was downloaded, or from here because it was never delivered. */
    public static VideoJob expired(VideoJob job, JobError error, Instant now) {
        return job.state() != JobState.RENDERED && job.state() != JobState.DOWNLOADED ? job
                : job.with(changes -> changes.state(JobState.EXPIRED).endedAt(now).error(error));
    }

    /** Its video is no longer here and is downloaded again. */
    public static VideoJob fetchedAgain(VideoJob job, JobDelivery delivery, String node) {
        return atGateway(job, JobState.RENDERED, delivery, node);
    }

    /** A job that has ended is polled again. */
    public static VideoJob reopened(VideoJob job, JobDelivery delivery, String node) {
        return atGateway(job, JobState.ACCEPTED, delivery, node).with(changes -> changes.misses(0));
    }

    private static VideoJob atGateway(VideoJob job, JobState state, JobDelivery delivery, String node) {
        return job.with(changes -> changes.state(state).file(null).holder(null).downloadedAt(null).endedAt(null).error(null)
                .delivery(delivery).node(node));
    }

    // ---- Delivery

    /** An exchange on that node waits for it, or has received it. */
    public static VideoJob attached(VideoJob job, String node) {
        return job.with(changes -> changes.delivery(JobDelivery.ATTACHED).node(node));
    }

    static VideoJob offered(VideoJob job, Instant from) {
        return job.with(changes -> changes.delivery(job.delivery().offered(from)).node(null));
    }

    /** Its outcome is here, and nobody takes it: the video stays in its directory. */
    static VideoJob unattended(VideoJob job, Instant now) {
        VideoJob done = job.with(changes -> changes.delivery(job.delivery().acknowledged()).node(null));
        return job.state() != JobState.DOWNLOADED ? done : done.with(changes -> changes.state(JobState.DELIVERED).endedAt(now));
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
     * A user has processed the video or its URL successfully. If a consumer has claimed the job, or given it back, only the consumer's
     * result counts.
     */
    public static VideoJob delivered(VideoJob job, Instant now) {
        JobDelivery delivery = job.delivery();
        boolean consumers = delivery.state() == JobDelivery.State.CLAIMED
                || delivery.state() == JobDelivery.State.OFFERED && delivery.count() > 0;
        boolean attached = delivery.state() == JobDelivery.State.ATTACHED;
        return consumers ? job : job.with(changes -> changes.state(JobState.DELIVERED).endedAt(now).node(null)
                .delivery(attached ? delivery : delivery.acknowledged()));
    }

    // ---- Dead nodes

    /** The node takes over a job that was being submitted. */
    public static VideoJob inheritedSubmit(VideoJob job, String ended, int submits, String node) {
        // A different count of POSTs means that the node is alive and has sent it again.
        return isUnderWay(job, submits) && ended.equals(job.node()) ? job.with(changes -> changes.node(node)) : job;
    }

    /** Releases any other job of the dead node. */
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

    // ---- Operator actions

    /** The operator found the task in the gateway's job list. */
    public static VideoJob taskAssigned(VideoJob job, String taskId, String node, Instant now) {
        return job.state() != JobState.UNKNOWN && !Reopening.isPossible(job) ? job
                : job.with(changes -> changes.state(JobState.ACCEPTED).taskId(taskId).acceptedAt(now).error(null).endedAt(null)
                        .delivery(DeliveryRules.again(job)).node(node));
    }

    public static VideoJob abandoned(VideoJob job) {
        return job.state() != JobState.UNKNOWN ? job
                : job.with(changes -> changes.state(JobState.FAILED).delivery(job.delivery().acknowledged()).node(null)
                        .error(job.error().withMessage("An operator gave it up. " + job.error().message())));
    }

    /** Offers the existing outcome again, as if for the first time. */
    public static VideoJob offeredAgain(VideoJob job, Instant now) {
        boolean delivered = job.state() == JobState.DELIVERED;
        return job.with(changes -> {
            changes.delivery(JobDelivery.DETACHED.offered(now)).node(null);
            if (delivered) {
                changes.state(job.urlOnly() ? JobState.RENDERED : JobState.DOWNLOADED).endedAt(null);
            }
        });
    }
}
