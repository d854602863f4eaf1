// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for videos on behalf of callers. Runs on work threads. */
public final class AwaitCall {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitCall.class);

    private final JobBook book;
    private final JobWaiters waiters;
    private final Function<VideoJob, CompletableFuture<VideoJob>> ask;
    private final EngineSettings settings;
    private final Function<String, Boolean> refresh;
    private final Function<String, Optional<String>> stage;
    private final Function<String, String> lastPoll;
    private final Membership membership;

    /**
     * @param ask       polls the gateway if the job is there
     * @param refresh   reports a job's current state to its waiters and resumes it; false = its row is gone
     * @param stage     what a job waits for before it is submitted
     * @param lastPoll  result of a job's last status query, by job id; null = unknown
     */
    public AwaitCall(
            EngineParts parts, Function<VideoJob, CompletableFuture<VideoJob>> ask, Function<String, Boolean> refresh,
            Function<String, Optional<String>> stage, Function<String, String> lastPoll) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.settings = parts.settings();
        this.ask = ask;
        this.refresh = refresh;
        this.stage = stage;
        this.lastPoll = lastPoll;
        this.membership = parts.membership();
    }

    public CompletableFuture<VideoJob> await(AwaitOrder wait) {
        VideoJob job = book.find(wait.jobId())
                .orElseThrow(() -> EngineErrors.notKnown(wait.jobId()).toException(wait.jobId(), null));
        if (Reopening.isPossible(job)) {
            job = reopened(job);
            refresh.apply(job.id());
        }
        CompletableFuture<VideoJob> video = wait.waitTimeout().isZero() ? awaitIfReady(wait, job) : await(wait, wait.left());
        return wait.urlOnly() ? video.thenApply(AwaitCall::withUrl) : video;
    }

    /** A successful job whose file is no longer here is downloaded again, at no further cost. */
    private void prepare(AwaitOrder wait) {
        if (wait.urlOnly()) {
            return;
        }
        fetchHere(wait.jobId());
    }

    private VideoJob reopened(VideoJob ended) {
        return book.changed(ended.id(), job -> Reopening.isPossible(job)
                ? JobTransitions.reopened(job, JobDelivery.ATTACHED, membership.id()) : job).orElse(ended);
    }

    private void fetchHere(String jobId) {
        book.change(jobId, job -> {
            if (rests(job) && !JobWaiters.Until.DOWNLOADED.isReached(job)) {
                return JobTransitions.fetchedAgain(job.with(changes -> changes.urlOnly(false)), JobDelivery.ATTACHED, membership.id());
            }
            return job.urlOnly() && !DeliveryRules.isOver(job) ? job.with(changes -> changes.urlOnly(false)) : job;
        });
    }

    /** Whether there is a video that is not being downloaded. A job that a consumer has claimed stays untouched until it is settled. */
    private static boolean rests(VideoJob job) {
        return job.delivery().state() != JobDelivery.State.CLAIMED && !job.isElsewhere()
                && (job.state().hasVideo() || DeliveryRules.isFetchable(job) || job.state() == JobState.RENDERED && job.urlOnly());
    }

    /** Handles a change by another node or a consumer. An awaited video that is not here is downloaded. */
    public void changedElsewhere(VideoJob job) {
        waiters.changed(job);
        if (waiters.isAwaited(job.id()) && rests(job)) {
            fetchHere(job.id());
            refresh.apply(job.id());
        }
    }

    /** Another node has removed the job's row: the job was never sent, or has been purged. */
    public void gone(String jobId) {
        waiters.fail(jobId, EngineErrors.notKnown(jobId).toException(jobId, null));
        waiters.failAll(jobId, EngineErrors.leftUnsent().toException(jobId, null));
    }

    private CompletableFuture<VideoJob> await(AwaitOrder wait, Duration timeout) {
        CompletableFuture<VideoJob> video = waiters.add(
                wait.jobId(), wait.urlOnly() ? JobWaiters.Until.RENDERED : JobWaiters.Until.DOWNLOADED, wait.waiter(), timeout,
                () -> timedOut(wait.jobId(), wait.waitTimeout().isZero() ? timeout : wait.waitTimeout()));
        try {
            // Only after the wait is registered: a file deleted before this is downloaded again, a later change is reported to the wait.
            prepare(wait);
            if (!refresh.apply(wait.jobId())) {
                waiters.fail(wait.jobId(), video, EngineErrors.notKnown(wait.jobId()).toException(wait.jobId(), null));
            }
        } catch (RuntimeException e) {
            waiters.drop(wait.jobId(), video);
            throw e;
        }
        return video;
    }

    /** @return the error of a wait for a job's video, or for its acceptance, that has timed out */
    public GrokVideoException timedOut(String jobId, Duration timeout) {
        VideoJob job = known(jobId);
        return EngineErrors.waitTimeout(timeout, job == null ? null : job.state(), stage.apply(jobId).orElse(null), lastPoll.apply(jobId))
                .toException(jobId, job == null ? null : job.provider());
    }

    /** @return null = unknown */
    private VideoJob known(String jobId) {
        try {
            return book.find(jobId).orElse(null);
        } catch (RuntimeException away) {
            LOG.debug("Job {} cannot be looked up", jobId, away);
            return null;
        }
    }

    private CompletableFuture<VideoJob> awaitIfReady(AwaitOrder wait, VideoJob job) {
        return ask.apply(job).thenCompose(now -> now.state().isEnded() || now.state() == JobState.RENDERED || now.state().hasVideo()
                ? await(wait, settings.downloadTimeout())
                : CompletableFuture.failedFuture(
                        EngineErrors.waitTimeout(Duration.ZERO, now.state(), null, lastPoll.apply(now.id()))
                                .toException(now.id(), now.provider())));
    }

    private static VideoJob withUrl(VideoJob job) {
        if (job.url() == null && !job.isElsewhere()) {
            throw JobError.of(ErrorType.UNSUPPORTED, job.provider() + " gave no URL for this video: use output=file", Charged.YES)
                    .toException(job.id(), job.provider());
        }
        return job;
    }
}
