// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import io.github.grokvideo.component.engine.JobTimer;
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
import io.github.grokvideo.component.engine.poll.PollTiming;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Hands a job to the component for its next step: this node's poller or downloader, or the store's scheduler. */
final class JobDispatcher {

    private final JobBook book;
    private final JobWaiters waiters;
    private final Membership membership;
    private final JobTimer timer;
    private final Accounts accounts;
    private final PollTiming timing;
    private final BooleanSupplier refusing;
    private Poller poller;
    private Downloader downloader;
    /** null = not clustered: only this engine uses the store. */
    private ClusterMember cluster;

    /** @param refusing whether no new work may be started */
    JobDispatcher(EngineParts parts, Accounts accounts, PollTiming timing, BooleanSupplier refusing) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.membership = parts.membership();
        this.timer = parts.timer();
        this.accounts = accounts;
        this.timing = timing;
        this.refusing = refusing;
    }

    /**
     * Called once before the first job, since these parts hand jobs back to the dispatcher.
     *
     * @param cluster null = not clustered
     */
    void connect(Poller poller, Downloader downloader, ClusterMember cluster) {
        this.poller = poller;
        this.downloader = downloader;
        this.cluster = cluster;
    }

    void accepted(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        if (isTimedByStore(job)) {
            cluster.handOver(job, limits, timing.first(job, limits, timer.now()));
        } else {
            poller.begin(job, limits);
        }
    }

    void rendered(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        if (!job.urlOnly() && limits != null) {
            if (isTimedByStore(job)) {
                cluster.lookAfter(job.id());
            }
            downloader.begin(job, limits);
        }
    }

    /** Resumes a job that this node owns. */
    void resume(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        if (limits == null || refusing.getAsBoolean()) {
            return;
        }
        if (cluster != null && (isTimedByStore(job) || !membership.id().equals(job.node()))) {
            // Not this node's job: its row is watched.
            return;
        }
        switch (job.state()) {
            case ACCEPTED, RUNNING -> {
                poller.begin(job, limits);
                poller.wake(job.id());
            }
            case RENDERED -> rendered(job);
            default -> { }
        }
    }

    private boolean isTimedByStore(VideoJob job) {
        return cluster != null && DeliveryRules.isTimedByStore(job);
    }

    /**
     * Reports the job's current state, which may have changed before its waiter was added, and resumes it.
     *
     * @return false = its row is gone, so nothing will end a wait for it
     */
    boolean refresh(String jobId) {
        Optional<VideoJob> found = book.find(jobId);
        found.ifPresent(job -> {
            waiters.changed(job);
            resume(job);
        });
        return found.isPresent();
    }

    /**
     * As {@link #refresh}, retried while the store does not answer, so that the call does not fail as if nothing was charged.
     *
     * @param gone runs if the row is gone
     */
    void refreshReliably(String jobId, Runnable gone) {
        book.retry().run("Job " + jobId + " is not resumed yet", () -> {
            if (!refresh(jobId)) {
                gone.run();
            }
        });
    }

    /** @return this node, if it can process the job; null = the store schedules it for a node that can */
    String nodeFor(VideoJob job) {
        return accounts.of(job) == null ? null : membership.id();
    }

    /** Resumes a changed job, on this node or by the store's scheduler. Its row is already stored, so nothing of the store's is thrown. */
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

    /** @return result of a job's last status query; null = this node has made none, or the job has ended */
    String lastPoll(String jobId) {
        return poller.lastPoll(jobId);
    }

    /**
     * Polls the job once if it is at the gateway.
     *
     * @return the job after the query
     */
    CompletableFuture<VideoJob> ask(VideoJob job) {
        if (job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING) {
            return CompletableFuture.completedFuture(job);
        }
        AccountLimits limits = accounts.of(job);
        if (poller.isWatching(job.id()) || limits == null) {
            return poller.ask(job.id());
        }
        return poller.askOnce(job, limits).thenApply(next -> book.find(job.id())
                .orElseThrow(() -> EngineErrors.notKnown(job.id()).toException(job.id(), job.provider())));
    }

    /**
     * Polls a job that is at the gateway now, within its account's rate limits and without waiting for the answer.
     *
     * @return by how much its next query is brought forward; empty = it is not polled from here
     */
    Optional<Duration> pollSoon(VideoJob job) {
        if (refusing.getAsBoolean() || accounts.of(job) == null) {
            return Optional.empty();
        }
        if (!isTimedByStore(job)) {
            resume(job);
            return poller.hint(job.id());
        }
        Instant due = cluster.dueAt(List.of(job.id())).get(job.id());
        cluster.bringForward(job.id());
        Duration sooner = due == null ? Duration.ZERO : Duration.between(timer.now(), due);
        return Optional.of(sooner.isNegative() ? Duration.ZERO : sooner);
    }

    /** @return next poll times by job id, without jobs that are not polled or that another node schedules */
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
