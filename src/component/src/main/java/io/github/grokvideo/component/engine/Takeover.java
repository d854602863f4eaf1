package io.github.grokvideo.component.engine;

import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;

/**
 * Takes over what nodes that have ended had in hand. Several nodes may do so at once: each step is a compare-and-set on the row, and
 * doing it again changes nothing.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
    private static final int AT_ONCE = 1000;

    private final JobBook book;
    private final String node;
    private final Submitter submitter;
    private final AccountLanes lanes;
    private final JobTimer timer;
    private final StoreNodes nodes;
    private final DueJobs due;

    Takeover(EngineParts parts, Submitter submitter, AccountLanes lanes, EngineCluster cluster) {
        this.book = parts.book();
        this.node = cluster.node();
        this.timer = parts.timer();
        this.submitter = submitter;
        this.lanes = lanes;
        this.nodes = cluster.nodes();
        this.due = cluster.due();
    }

    /** Reads and writes the store. */
    void from(StoreNode ended) {
        int left = 0;
        int taken = 0;
        List<VideoJob> jobs = book.store().listInHandsOf(ended.id(), AT_ONCE);
        for (VideoJob job : jobs) {
            if (take(job, ended)) {
                taken++;
            } else {
                left++;
            }
        }
        if (taken > 0) {
            LOG.info("{} jobs of node {}, which has ended, are taken over", taken, ended.id());
        }
        if (left == 0 && jobs.size() < AT_ONCE) {
            nodes.remove(ended.id());
        }
    }

    /** @return false = later */
    private boolean take(VideoJob job, StoreNode ended) {
        if (job.state() == JobState.SUBMITTING) {
            AccountLane lane = lanes.of(job);
            return lane != null && Membership.hasLetGo(ended) && doubt(job, lane, ended.id());
        }
        if (job.state().isWaiting() && !Handover.isOver(job)) {
            due.put(job.id(), timer.now());
        }
        book.change(job.id(), stored -> ended.id().equals(stored.node()) ? free(stored) : stored);
        return true;
    }

    private boolean doubt(VideoJob job, AccountLane lane, String endedNode) {
        boolean[] mine = new boolean[1];
        VideoJob now = book.change(job.id(), stored -> {
            mine[0] = stored.state() == JobState.SUBMITTING && endedNode.equals(stored.node());
            return mine[0] ? stored.with(changes -> changes.node(node)) : stored;
        }).orElse(null);
        if (mine[0]) {
            submitter.recover(now, lane);
        }
        return true;
    }

    private VideoJob free(VideoJob job) {
        if (job.state() == JobState.NEW) {
            // Nothing was sent: whoever has the message sends it anew.
            UnaryOperator<VideoJob> withdrawal = book.ending(JobState.REJECTED, changes -> changes.jobKey(null).node(null)
                    .error(Failures.withdrawn()));
            return withdrawal.apply(job);
        }
        VideoJob freed = job.with(changes -> changes.node(null));
        if (job.delivery().state() == JobDelivery.State.CLAIMED) {
            return job.state() == JobState.DELIVERED ? freed.with(changes -> changes.delivery(job.delivery().acknowledged()))
                    : freed.with(changes -> changes.delivery(job.delivery().offered(timer.now())));
        }
        return job.delivery().state() == JobDelivery.State.ATTACHED && !job.state().isEnded()
                ? freed.with(changes -> changes.delivery(job.delivery().orphaned())) : freed;
    }
}
