// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.AwaitCall;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.StoreRetry;
import io.github.grokvideo.component.engine.download.Downloader;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.engine.submit.Submitter;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of an engine whose store outlives it and may be shared: taking over from dead nodes, running due steps, watching rows. */
public final class ClusterMember {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    private final Membership membership;
    private final JobTimer timer;
    private final StoreRetry retry;
    private final DueJobs due;
    private final DueJobRunner steps;
    private final DeadNodeTakeover takeover;
    private final RemoteJobWatch rows;

    /** @param awaiting gets the jobs of other nodes that callers wait for on this node, when they change */
    public ClusterMember(
            EngineParts parts, EngineCluster cluster, Accounts accounts, Submitter submitter, Poller poller, Downloader downloader,
            AwaitCall awaiting) {
        this.membership = parts.membership();
        this.timer = parts.timer();
        this.retry = parts.book().retry();
        this.due = cluster.due();
        this.steps = new DueJobRunner(parts, accounts, poller, downloader);
        this.takeover = new DeadNodeTakeover(parts, submitter, accounts, cluster);
        this.rows = new RemoteJobWatch(
                parts, id -> submitter.isSubmitting(id) || poller.isWatching(id) || downloader.isDownloading(id), awaiting);
    }

    /** Blocks; throws what the store throws. */
    public void start() {
        membership.start();
        due.start(steps);
        rows.start();
    }

    public void stop() {
        rows.stop();
        due.stop();
    }

    /** Takes over from dead nodes; called after each heartbeat. */
    public void round(List<StoreNode> nodes) {
        membership.ended(nodes).forEach(takeover::takeOver);
    }

    /** Hands the job to the store's scheduler. This must not be lost, so it is retried while the store does not answer. */
    public void handOver(VideoJob job, AccountLimits limits, Duration firstPoll) {
        if (limits.account().maxConcurrentJobs() > 0) {
            rows.hold(job.id(), limits);
        } else {
            limits.release(job.id());
        }
        put(job.id(), timer.now().plus(firstPoll));
    }

    private void put(String jobId, Instant at) {
        retry.run(untimed(jobId), () -> due.put(jobId, at));
    }

    /** Schedules a check of a RENDERED job, in case this node ends before the download completes. */
    public void lookAfter(String jobId) {
        put(jobId, timer.now().plus(Membership.LEASE));
    }

    /** Runs the job's next step now. Must not be lost either. */
    public void bringForward(String jobId) {
        if (broughtForward(jobId)) {
            // A step that is just ending may unschedule the job: schedule it again.
            retry.later(untimed(jobId), () -> due.put(jobId, timer.now()));
        } else {
            retry.later(untimed(jobId), () -> due.bringForward(jobId, timer.now()));
        }
    }

    private boolean broughtForward(String jobId) {
        try {
            return due.bringForward(jobId, timer.now());
        } catch (RuntimeException away) {
            LOG.debug("Job {} could not be brought forward now; trying again", jobId, away);
            return false;
        }
    }

    private static String untimed(String jobId) {
        return "The next step of job " + jobId + " is not scheduled yet";
    }

    public Map<String, Instant> dueAt(Collection<String> jobIds) {
        return due.dueAt(jobIds);
    }
}
