// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.download.Downloader;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.WarnedJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of jobs that the store schedules: a status query each, and a check of the download. */
final class DueJobRunner implements DueJobs.Steps {

    private static final Logger LOG = LoggerFactory.getLogger(DueJobRunner.class);
    /** How soon another node notices that the downloading node has ended. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);

    private static final int MAX_TURNS = 200_000;

    private final Map<String, Instant> turns = new ConcurrentHashMap<>();
    private final WarnedJobs failed = new WarnedJobs();
    private final Set<String> unknownAccounts = ConcurrentHashMap.newKeySet();
    private final JobBook book;
    private final JobTimer timer;
    private final Membership membership;
    private final Accounts accounts;
    private final Poller poller;
    private final Downloader downloader;
    private final Executor work;

    DueJobRunner(EngineParts parts, Accounts accounts, Poller poller, Downloader downloader) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.accounts = accounts;
        this.poller = poller;
        this.downloader = downloader;
        this.work = parts.work();
    }

    @Override
    public Map<String, CompletableFuture<Optional<Instant>>> begin(Collection<String> jobIds) {
        Map<String, VideoJob> jobs = book.store().findAll(jobIds).stream().collect(Collectors.toMap(VideoJob::id, Function.identity()));
        // One that is missing is gone, or its row cannot be read here: then this throws, and its step fails.
        return jobIds.stream().collect(Collectors.toMap(Function.identity(),
                jobId -> begun(() -> step(jobs.containsKey(jobId) ? jobs.get(jobId) : book.find(jobId).orElse(null)))));
    }

    private static CompletableFuture<Optional<Instant>> begun(Supplier<CompletableFuture<Optional<Instant>>> step) {
        try {
            return step.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    /** @param job null = it is gone */
    private CompletableFuture<Optional<Instant>> step(VideoJob job) {
        if (job == null || DeliveryRules.isOver(job)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (job.delivery().state() == JobDelivery.State.ATTACHED && job.node() != null) {
            // Its node schedules it. The entry stays, so that a node that is just taking over finds the job scheduled.
            return in(membership.isAlive(job.node()) ? ELSEWHERE : LOOK_AFTER);
        }
        AccountLimits limits = accounts.of(job);
        if (limits == null) {
            if (unknownAccounts.add(job.account())) {
                LOG.warn("Jobs of account '{}' at {} are left to other nodes: this one does not know it, or knows it with another provider",
                        job.account(), job.provider());
            }
            return in(ELSEWHERE);
        }
        return switch (job.state()) {
            case ACCEPTED, RUNNING -> poll(job, limits);
            // It writes to the store: many of them would keep the steps of other jobs waiting.
            case RENDERED -> CompletableFuture.supplyAsync(() -> download(job, limits), work).thenCompose(this::in);
            default -> in(LOOK_AFTER);
        };
    }

    private CompletableFuture<Optional<Instant>> poll(VideoJob job, AccountLimits limits) {
        if (poller.isCrowded(limits)) {
            // A gateway that hardly answers must not keep the steps of other gateways' jobs waiting.
            return in(limits.pollSchedule(job.id(), timer.now()).longest());
        }
        Duration pause = untilTurn(job.id(), limits);
        if (!pause.isZero()) {
            return in(pause);
        }
        return poller.askOnce(job, limits).handle((next, failure) -> {
            if (failure != null) {
                if (failed.isFirst(job.id())) {
                    LOG.warn("Job {} could not be polled; it is polled again later", job.id(), failure);
                }
                return in(limits.pollSchedule(job.id(), timer.now()).longest());
            }
            failed.over(job.id());
            return next != null ? in(next) : step(book.find(job.id()).orElse(null));
        }).thenCompose(Function.identity());
    }

    /** @return zero = the job may be polled now; otherwise its reservation is kept until its next step */
    private Duration untilTurn(String jobId, AccountLimits limits) {
        Instant now = timer.now();
        Instant turn = turns.remove(jobId);
        if (turn != null && !now.isBefore(turn)) {
            return Duration.ZERO;
        }
        Duration pause = limits.reservePoll(now);
        if (!pause.isZero() && limits.pollReservationHolds()) {
            if (turns.size() >= MAX_TURNS) {
                // These jobs were continued on other nodes.
                turns.clear();
            }
            turns.put(jobId, now.plus(pause));
        }
        return pause;
    }

    private Duration download(VideoJob job, AccountLimits limits) {
        if (job.node() != null && !job.node().equals(membership.id()) && membership.isAlive(job.node())) {
            return LOOK_AFTER;
        }
        if (downloader.isDownloading(job.id())) {
            return LOOK_AFTER;
        }
        book.changed(job.id(),
                stored -> Objects.equals(stored.node(), job.node()) ? JobTransitions.fetching(stored, membership.id()) : stored)
                .filter(stored -> stored.state() == JobState.RENDERED && membership.id().equals(stored.node()))
                .ifPresent(stored -> downloader.begin(stored, limits));
        return LOOK_AFTER;
    }

    private CompletableFuture<Optional<Instant>> in(Duration delay) {
        return CompletableFuture.completedFuture(Optional.of(timer.now().plus(delay)));
    }
}
