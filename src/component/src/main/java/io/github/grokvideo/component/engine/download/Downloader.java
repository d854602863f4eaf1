// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.engine.files.PartialFiles;
import io.github.grokvideo.component.engine.files.VideoFiles;
import io.github.grokvideo.component.engine.files.VideoNames;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads rendered videos, each in its own retry loop that never leads to a new submit. Pauses use the timer, not a sleeping thread. */
public final class Downloader {

    private static final Logger LOG = LoggerFactory.getLogger(Downloader.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.2);

    private final JobBook book;
    private final JobWaiters waiters;
    private final GatewayCalls gateway;
    private final UrlRenewal renewal;
    private final CallGate downloads;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final RandomGenerator random;
    private final Membership membership;
    private final VideoFolders folders;
    private final VideoNames names = new VideoNames();
    private final DownloadOrders orders;
    private final Map<String, Download> running = new ConcurrentHashMap<>();

    public Downloader(EngineParts parts, CallGate calls, CallGate downloads) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.gateway = parts.gateway();
        this.orders = new DownloadOrders(parts, names);
        this.renewal = new UrlRenewal(parts, calls, new AfterRenewal());
        this.downloads = downloads;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.random = parts.random();
        this.membership = parts.membership();
        this.folders = parts.folders();
    }

    /** Starts to download a RENDERED job's video; a download that pauses is retried now. */
    public void begin(VideoJob job, AccountLimits limits) {
        Download download = new Download(job.id(), limits);
        Download current = running.compute(job.id(), (id, known) -> {
            if (known != null) {
                known.wantedAgain = true;
            }
            return known == null ? download : known;
        });
        if (current == download || current.endPause()) {
            work.execute(() -> attempt(current));
        }
    }

    /** A caller that came while the download ended may have found the video delivered and deleted, and needs it again. */
    private void forget(Download download) {
        if (running.remove(download.jobId, download) && download.wantedAgain) {
            work.execute(() -> book.retry().run(
                    "The download of job " + download.jobId + " has not begun again", () -> beginAgain(download)));
        }
    }

    private void beginAgain(Download download) {
        book.find(download.jobId).filter(job -> job.state() == JobState.RENDERED && waiters.isAwaited(job.id()))
                .ifPresent(job -> begin(job, download.limits));
    }

    public boolean isDownloading(String jobId) {
        return running.containsKey(jobId);
    }

    public void stop() {
        running.values().forEach(Download::endPause);
        running.clear();
    }

    private void attempt(Download download) {
        DownloadOrder order;
        try {
            VideoJob job = book.changed(download.jobId, stored -> stored.state() == JobState.RENDERED
                    ? orders.named(download, stored).with(changes -> changes.downloads(stored.downloads() + 1)) : stored).orElse(null);
            if (job == null || job.state() != JobState.RENDERED) {
                end(download);
                return;
            }
            download.attempts++;
            download.job = job;
            order = orders.order(download, job);
        } catch (IOException e) {
            failed(download, new DownloadException(DownloadException.Kind.LOCAL_FILE, e.toString(), null, download.resume, e));
            return;
        } catch (RuntimeException | Error e) {
            if (e instanceof Error) {
                LOG.error("Job {}: its download could not be started", download.jobId, e);
            }
            failed(download, broken(e, null, download.resume));
            return;
        }
        download.partial = order.partial();
        downloads.ordinary(() -> gateway.download(download.limits.account(), order)).whenComplete((video, failure) -> {
            if (failure == null) {
                whole(download, video);
            } else {
                failed(download, EngineErrors.unwrap(failure));
            }
        });
    }

    private void whole(Download download, DownloadedVideo video) {
        VideoJob job = download.job;
        if (job.name() == null) {
            downloaded(download, video);
            return;
        }
        DownloadedVideo named;
        try {
            named = names.give(job, video, download.namedEarlier, name -> rename(job, name));
        } catch (IOException | RuntimeException e) {
            VideoFiles.delete(video.file());
            // The file may have been renamed nevertheless.
            download.namedEarlier |= !(e instanceof FileAlreadyExistsException);
            failed(download, new DownloadException(DownloadException.Kind.LOCAL_FILE, e.toString(), null, null, e));
            return;
        }
        downloaded(download, named);
    }

    private void rename(VideoJob job, VideoName name) {
        book.change(job.id(), stored -> stored.with(changes -> changes.name(name)));
    }

    private void downloaded(Download download, DownloadedVideo video) {
        book.changeReliably(download.jobId, job -> JobTransitions.downloaded(job, video, membership.holder(), timer.now()),
                stored -> {
                    clearOthers(download);
                    forgetName(download, stored.orElse(null));
                    forget(download);
                    if (stored.map(VideoJob::file).filter(video.file()::equals).isEmpty()) {
                        // The job has expired meanwhile: no row refers to this file.
                        VideoFiles.delete(video.file());
                    }
                }, "downloaded");
    }

    /** No attempt follows: delete what earlier ones have left. */
    private void end(Download download) {
        if (download.partial != null && running.get(download.jobId) == download) {
            // Before another download may start to write it.
            VideoFiles.delete(download.partial);
        }
        clearOthers(download);
        forgetName(download, null);
        forget(download);
    }

    private void forgetName(Download download, VideoJob stored) {
        names.forget(stored);
        names.forget(download.job);
    }

    /** Deletes partial files that other nodes left in a user's directory, where nothing else would delete them. */
    private void clearOthers(Download download) {
        VideoJob job = download.job;
        if (job != null && job.directory() != null && job.downloads() > download.attempts) {
            PartialFiles.deleteAll(job, settings.workDirectory());
        }
    }

    private void failed(Download download, Throwable cause) {
        DownloadException failure = cause instanceof DownloadException known ? known : broken(cause, null, null);
        LOG.debug("Job {}: download attempt failed ({}): {}", download.jobId, failure.kind(), failure.getMessage());
        switch (download.failed(failure)) {
            case ASK_FOR_URL -> renewal.renew(download, failure);
            case LOOK_AT_DISK -> localFile(download, failure);
            case GIVE_UP -> giveUp(download, failure);
            case TRY_ON -> pauseAndTell(download, failure);
        }
    }

    static DownloadException broken(Throwable cause, Integer status, DownloadOrder.Resume resume) {
        return new DownloadException(DownloadException.Kind.BROKEN, cause.toString(), status, resume, cause);
    }

    /** The job fails. The gateway still has the video, so it can be downloaded once the cause is fixed. */
    private void giveUp(Download download, DownloadException failure) {
        JobError error = EngineErrors.notDownloadable(failure);
        book.changeReliably(download.jobId, job -> JobTransitions.downloadFailed(job, error, timer.now()),
                // Only now: until then, callers find it downloading or ended.
                job -> end(download), "not downloadable");
    }

    private void localFile(Download download, DownloadException failure) {
        boolean usable = folders.failed(download.job == null ? null : download.job.directory());
        if (usable && download.isNewsThatItFails()) {
            LOG.warn("Job {}: its video cannot be stored although its directory is writable; retrying: {}", download.jobId,
                    failure.getMessage());
        }
        tell(download, failure);
        pause(download);
    }

    private void pauseAndTell(Download download, DownloadException failure) {
        if (download.isNewsThatItFails()) {
            LOG.warn("Job {}: its video could not be downloaded yet; retrying: {}", download.jobId, failure.getMessage());
        }
        if (download.isToBeTold(waiters.isAwaited(download.jobId))) {
            tell(download, failure);
        }
        pause(download);
    }

    private void tell(Download download, DownloadException failure) {
        waiters.fail(download.jobId, EngineErrors.downloadFailed(failure.getMessage(), failure.httpStatus())
                .toException(download.jobId, download.limits.account().provider().name()));
    }

    private void pause(Download download) {
        Duration pause = BACKOFF.after(download.failures, random.nextDouble());
        download.lock.lock();
        try {
            download.pause = timer.schedule(pause, () -> {
                if (download.endPause()) {
                    work.execute(() -> attempt(download));
                }
            });
        } finally {
            download.lock.unlock();
        }
    }

    private final class AfterRenewal implements UrlRenewal.Next {

        @Override
        public void attempt(Download download) {
            work.execute(() -> Downloader.this.attempt(download));
        }

        @Override
        public void pause(Download download) {
            Downloader.this.pause(download);
        }

        @Override
        public void pauseAndTell(Download download, DownloadException failure) {
            Downloader.this.pauseAndTell(download, failure);
        }

        @Override
        public void end(Download download) {
            Downloader.this.end(download);
        }
    }
}
