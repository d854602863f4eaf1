package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.GrokVideoException;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;

/** Waits for videos on behalf of callers. Its methods run on work threads. */
final class Awaiting {

    private final JobBook book;
    private final Waits waits;
    private final Poller poller;
    private final EngineSettings settings;
    private final Consumer<String> lookAgain;

    /** @param lookAgain reports a job's present state to the waits and sets going what rests */
    Awaiting(EngineParts parts, Poller poller, Consumer<String> lookAgain) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.settings = parts.settings();
        this.poller = poller;
        this.lookAgain = lookAgain;
    }

    CompletableFuture<VideoJob> await(VideoWait wait) {
        VideoJob job = prepare(wait);
        CompletableFuture<VideoJob> video = wait.waitTimeout().isZero() ? awaitIfReady(wait, job) : await(wait, wait.waitTimeout());
        return wait.urlOnly() ? video.thenApply(Awaiting::withUrl) : video;
    }

    /** A job that has ended well but has no file here any more is fetched again, from what was paid for already. */
    private VideoJob prepare(VideoWait wait) {
        VideoJob found = book.find(wait.jobId())
                .orElseThrow(() -> Failures.notKnown(wait.jobId()).toException(wait.jobId(), null));
        if (wait.urlOnly() || Waits.Until.DOWNLOADED.isReached(found)) {
            return found;
        }
        return book.change(wait.jobId(), job -> {
            if (job.state().hasVideo() && !Waits.Until.DOWNLOADED.isReached(job)) {
                return job.with(changes -> changes.state(JobState.RENDERED).urlOnly(false).file(null).downloadedAt(null).endedAt(null));
            }
            return job.urlOnly() ? job.with(changes -> changes.urlOnly(false)) : job;
        }).orElse(found);
    }

    private CompletableFuture<VideoJob> await(VideoWait wait, Duration timeout) {
        CompletableFuture<VideoJob> video = waits.add(
                wait.jobId(), wait.urlOnly() ? Waits.Until.RENDERED : Waits.Until.DOWNLOADED, wait.waiter(), timeout,
                () -> timedOut(wait, timeout));
        lookAgain.accept(wait.jobId());
        return video;
    }

    private GrokVideoException timedOut(VideoWait wait, Duration timeout) {
        VideoJob job;
        try {
            job = book.find(wait.jobId()).orElse(null);
        } catch (StoreUnavailableException away) {
            // The wait ends nevertheless.
            job = null;
        }
        return Failures.waitTimeout(timeout, job == null ? null : job.state())
                .toException(wait.jobId(), job == null ? null : job.provider());
    }

    private CompletableFuture<VideoJob> awaitIfReady(VideoWait wait, VideoJob job) {
        boolean asks = job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING;
        CompletableFuture<VideoJob> asked = asks ? poller.ask(job.id()) : CompletableFuture.completedFuture(job);
        return asked.thenCompose(now -> now.state().isEnded() || now.state() == JobState.RENDERED || now.state().hasVideo()
                ? await(wait, settings.downloadTimeout())
                : CompletableFuture.failedFuture(
                        Failures.waitTimeout(Duration.ZERO, now.state()).toException(now.id(), now.provider())));
    }

    private static VideoJob withUrl(VideoJob job) {
        if (job.url() == null) {
            throw JobError.of(ErrorType.UNSUPPORTED, job.provider() + " gave no URL for this video: use output=file", Charged.YES)
                    .toException(job.id(), job.provider());
        }
        return job;
    }
}
