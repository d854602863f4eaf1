// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.submit.Submitter;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the jobs of dead nodes. Several nodes may do so at once: each step is a compare-and-set on the row and idempotent. */
final class DeadNodeTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(DeadNodeTakeover.class);
    /** Locks of rows are held for as long as it takes to write so many. */
    private static final int AT_ONCE = 500;
    /** Status queries of very many jobs at once would delay the takeover of the rest, and reach the gateway's rate limit. */
    private static final Duration POLLS_APART = Duration.ofMillis(1);

    private final Set<String> unknownAccounts = ConcurrentHashMap.newKeySet();
    private final JobBook book;
    private final Membership membership;
    private final Submitter submitter;
    private final Accounts accounts;
    private final JobTimer timer;
    private final StoreNodes nodes;
    private final DueJobs due;

    DeadNodeTakeover(EngineParts parts, Submitter submitter, Accounts accounts, EngineCluster cluster) {
        this.book = parts.book();
        this.membership = parts.membership();
        this.timer = parts.timer();
        this.submitter = submitter;
        this.accounts = accounts;
        this.nodes = cluster.nodes();
        this.due = cluster.due();
    }

    /** Takes over the jobs of a node that has ended. Reads and writes the store. */
    void takeOver(StoreNode ended) {
        // First the jobs that need not wait for anything: there may be very many.
        if (releaseAll(ended.id()) && recoverSubmits(ended.id()) && membership.mayTakeFrom(ended.id())) {
            nodes.remove(ended.id());
        }
    }

    /** @return whether only jobs that were being submitted are left */
    private boolean releaseAll(String ended) {
        int freed = 0;
        List<VideoJob> page;
        int ofPage;
        do {
            page = book.store().listOwnedBy(ended, false, AT_ONCE);
            ofPage = membership.mayTakeFrom(ended) ? release(page, ended, POLLS_APART.multipliedBy(freed)) : 0;
            freed += ofPage;
            // Released jobs are not listed again; the rest is left to the next sweep, or to the node that releases it now.
        } while (page.size() == AT_ONCE && ofPage > 0);
        if (freed > 0) {
            LOG.info("Took over {} jobs of node {}, which has ended", freed, ended);
        }
        return ofPage == page.size();
    }

    /**
     * @param  firstPoll from now
     * @return           how many were released here
     */
    private int release(List<VideoJob> jobs, String ended, Duration firstPoll) {
        Set<String> unsent = book.withdraw(jobs).stream().map(VideoJob::id).collect(Collectors.toSet());
        List<VideoJob> rest = jobs.stream().filter(job -> !unsent.contains(job.id())).toList();
        if (rest.isEmpty()) {
            return unsent.size();
        }
        Instant now = timer.now();
        // First: a job that is released but not scheduled would be lost if this node ended here.
        due.putAll(ids(rest.stream().filter(job -> job.state().isWaiting() && !DeliveryRules.isOver(job))), now.plus(firstPoll));
        return unsent.size() + book.changeAll(ids(rest.stream()), stored -> JobTransitions.freed(stored, ended, now)).size();
    }

    private static List<String> ids(Stream<VideoJob> jobs) {
        return jobs.map(VideoJob::id).toList();
    }

    /** @return whether no job that was being submitted is left */
    private boolean recoverSubmits(String ended) {
        List<VideoJob> jobs = book.store().listOwnedBy(ended, true, Integer.MAX_VALUE);
        if (jobs.isEmpty()) {
            return true;
        }
        // Checked after the jobs were read: if the node's submit timeout has passed by now, none of their POSTs is in flight.
        if (nodes.list().stream().noneMatch(node -> node.id().equals(ended) && Membership.isPastSubmitTimeout(node))) {
            return false;
        }
        return jobs.stream().filter(job -> membership.mayTakeFrom(ended) && recoverSubmit(job, ended)).count() == jobs.size();
    }

    /** @return false = left to other nodes */
    private boolean recoverSubmit(VideoJob job, String ended) {
        AccountLimits limits = accounts.of(job);
        if (limits == null) {
            if (unknownAccounts.add(job.account())) {
                LOG.warn("Job {} was being submitted by node {}, which has ended. It and all other jobs of account '{}' at {} are left to"
                        + " other nodes: this one does not know the account, or knows it with another provider", job.id(), ended,
                        job.account(), job.provider());
            }
            return false;
        }
        book.change(job.id(), stored -> JobTransitions.inheritedSubmit(stored, ended, job.submits(), membership.id()))
                .filter(JobUpdate::isApplied).ifPresent(update -> submitter.recover(update.after(), limits));
        return true;
    }
}
