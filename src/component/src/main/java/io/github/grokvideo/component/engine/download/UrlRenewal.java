// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.StatusQueries;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.transport.DownloadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests a new URL for a video whose URL is refused, or switches to the download by task id. */
final class UrlRenewal {

    /** The download's next step. */
    interface Next {

        /** Tries again at once, on the work pool. */
        void attempt(Download download);

        /** Tries again after a pause. */
        void pause(Download download);

        /** Tries again after a pause, and reports the failure to the job's waiters. */
        void pauseAndTell(Download download, DownloadException failure);

        /** The job has ended: no attempt follows. */
        void end(Download download);
    }

    private static final Logger LOG = LoggerFactory.getLogger(UrlRenewal.class);

    private final JobBook book;
    private final JobWaiters waiters;
    private final StatusQueries queries;
    private final CallGate calls;
    private final JobTimer timer;
    private final EngineSettings settings;
    private final Next next;

    UrlRenewal(EngineParts parts, CallGate calls, Next next) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.queries = parts.queries();
        this.calls = calls;
        this.timer = parts.timer();
        this.settings = parts.settings();
        this.next = next;
    }

    /** The URL has expired, or is not valid yet: the gateway may have another, or serve the video by task id. */
    void renew(Download download, DownloadException failure) {
        download.dead.refused(timer.now());
        try {
            VideoAccount account = download.limits.account();
            VideoJob job = book.find(download.jobId).orElse(null);
            if (job == null) {
                next.end(download);
            } else if (!download.byContent && job.url() != null && account.provider().content(job.taskId()).isPresent()) {
                download.byContent = true;
                next.attempt(download);
            } else {
                queries.ask(job.id(), account, job.taskId(), false, calls::urgent).whenComplete((meaning, fault) -> asked(
                        download, job, failure, fault == null ? meaning : new PollAnswer.NoAnswer(fault.toString(), false, null)));
            }
        } catch (RuntimeException e) {
            LOG.debug("Job {}: its URL has expired and no new one can be requested now", download.jobId, e);
            next.pauseAndTell(download, Downloader.broken(e, failure.httpStatus(), null));
        }
    }

    private void asked(Download download, VideoJob job, DownloadException failure, PollAnswer meaning) {
        try {
            VideoAccount account = download.limits.account();
            boolean slip = isSlip(download, meaning);
            if (meaning instanceof PollAnswer.Done done && !download.dead.isFinal(job, done, timer.now())) {
                // The URL may work although the gateway's content call was refused.
                download.byContent = false;
                if (!UrlExpiry.isAnother(job, done)) {
                    next.pauseAndTell(download, failure);
                    return;
                }
                book.change(download.jobId, stored -> stored.with(
                        changes -> changes.url(done.url()).urlExpiresAt(done.urlExpiresAt())));
                if (download.dead.isFirstReplaced()) {
                    next.attempt(download);
                } else {
                    next.pauseAndTell(download, failure);
                }
            } else if (meaning instanceof PollAnswer.Refused refused) {
                waiters.fail(download.jobId, refused.error().withCharged(Charged.YES)
                        .toException(download.jobId, account.provider().name()));
                next.pause(download);
            } else if (slip || meaning instanceof PollAnswer.NoAnswer || meaning instanceof PollAnswer.Pending) {
                next.pauseAndTell(download, failure);
            } else {
                expire(download, EngineErrors.expired(failure.getMessage(), failure.httpStatus()));
            }
        } catch (RuntimeException e) {
            LOG.debug("Job {}: the answer about its URL could not be used", download.jobId, e);
            next.pauseAndTell(download, Downloader.broken(e, failure.httpStatus(), null));
        }
    }

    /** Whether the gateway suddenly does not know a task that it has reported as done, or its URL, and has not said so for long enough. */
    private boolean isSlip(Download download, PollAnswer meaning) {
        if (meaning instanceof PollAnswer.NotFound || meaning instanceof PollAnswer.Failed failed && failed.isDoubtful()) {
            return !download.notFound.again(timer.now(), settings.jobNotFoundAfter());
        }
        download.notFound.reset();
        return false;
    }

    private void expire(Download download, JobError error) {
        next.end(download);
        book.changeReliably(download.jobId, job -> JobTransitions.expired(job, error, timer.now()), job -> { }, "expired");
    }
}
