// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import io.github.grokvideo.component.engine.cluster.ClusterMember;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.download.Downloader;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Hands a job to whoever does its next step: this node's poller or fetcher, or the store's timer. */
final class JobDispatcher {

    private final JobBook book;
    private final JobWaiters waits;
    private final Membership membership;
    private final Accounts lanes;
    private final BooleanSupplier refusing;
    private Poller poller;
    private Downloader fetcher;
    /** null = the store is this engine's alone. */
    private ClusterMember cluster;

    /** @param refusing whether nothing is to be begun any more */
    JobDispatcher(EngineParts parts, Accounts lanes, BooleanSupplier refusing) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.membership = parts.membership();
        this.lanes = lanes;
        this.refusing = refusing;
    }

    /** Once, before the first job: those who do the steps hand jobs back to it. @param cluster null = the store is this engine's alone */
    void connect(Poller poller, Downloader fetcher, ClusterMember cluster) {
        this.poller = poller;
        this.fetcher = fetcher;
        this.cluster = cluster;
    }

    void accepted(VideoJob job) {
        AccountLimits lane = lanes.of(job);
        if (isTimedByStore(job)) {
            cluster.handOver(job, lane, lane.firstPoll());
        } else {
            poller.begin(job, lane);
        }
    }

    void rendered(VideoJob job) {
        AccountLimits lane = lanes.of(job);
        if (!job.urlOnly() && lane != null) {
            if (isTimedByStore(job)) {
                cluster.lookAfter(job.id());
            }
            fetcher.begin(job, lane);
        }
    }

    /** What rests is set going, where it is this node's. */
    void resume(VideoJob job) {
        AccountLimits lane = lanes.of(job);
        if (lane == null || refusing.getAsBoolean()) {
            return;
        }
        if (cluster != null && (isTimedByStore(job) || !membership.id().equals(job.node()))) {
            // Not this node's: its row is watched.
            return;
        }
        switch (job.state()) {
            case ACCEPTED, RUNNING -> {
                poller.begin(job, lane);
                poller.wake(job.id());
            }
            case RENDERED -> rendered(job);
            default -> { }
        }
    }

    private boolean isTimedByStore(VideoJob job) {
        return cluster != null && DeliveryRules.isTimedByStore(job);
    }

    /** What happened between reading a job and waiting for it must not be missed; what rests is set going. */
    void lookAgain(String jobId) {
        book.find(jobId).ifPresent(job -> {
            waits.changed(job);
            resume(job);
        });
    }

    /** The store may go away once the job is known: the call must not end as if nothing was spent. */
    void lookAgainSurely(String jobId) {
        book.retry().run("Job " + jobId + " is not resumed yet", () -> lookAgain(jobId));
    }

    /** @return this node, where it can do the steps of the job; null = the store has one found that can */
    String nodeFor(VideoJob job) {
        return lanes.of(job) == null ? null : membership.id();
    }

    /** The store, or this node, begins anew with a job. Its new row is stored: it throws nothing of the store's. */
    void takeUp(VideoJob job) {
        boolean timedByStore = isTimedByStore(job) && job.state().isWaiting() && !DeliveryRules.isOver(job);
        if (timedByStore && job.state() == JobState.RENDERED && membership.id().equals(job.node()) && !refusing.getAsBoolean()) {
            rendered(job);
        } else if (timedByStore) {
            cluster.bringForward(job.id());
        } else {
            resume(job);
        }
    }

    /** @return what the last status query of a job told; null = this node has made none, or the job is over */
    String lastPoll(String jobId) {
        return poller.lastPoll(jobId);
    }

    /** One status query where the gateway has the job. @return the job after it */
    CompletableFuture<VideoJob> ask(VideoJob job) {
        if (job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING) {
            return CompletableFuture.completedFuture(job);
        }
        AccountLimits lane = lanes.of(job);
        if (poller.isWatching(job.id()) || lane == null) {
            return poller.ask(job.id());
        }
        return poller.askOnce(job, lane).thenApply(next -> book.find(job.id())
                .orElseThrow(() -> EngineErrors.notKnown(job.id()).toException(job.id(), job.provider())));
    }

    /** @return those that are not asked about, or that another node times, are left out */
    Map<String, Instant> nextPollsAt(Collection<String> jobIds) {
        Map<String, Instant> polls = new HashMap<>();
        List<String> others = new ArrayList<>();
        for (String jobId : jobIds) {
            poller.nextPollAt(jobId).ifPresentOrElse(at -> polls.put(jobId, at), () -> others.add(jobId));
        }
        if (cluster != null && !others.isEmpty()) {
            polls.putAll(cluster.dueAt(others));
        }
        return polls;
    }
}
