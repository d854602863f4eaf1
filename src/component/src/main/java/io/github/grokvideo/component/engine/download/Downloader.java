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
    private final JobWaiters waits;
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
    private final Map<String, Download> fetches = new ConcurrentHashMap<>();

    public Downloader(EngineParts parts, CallGate calls, CallGate downloads) {
        this.book = parts.book();
        this.waits = parts.waits();
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
    public void begin(VideoJob job, AccountLimits lane) {
        Download fetch = new Download(job.id(), lane);
        Download running = fetches.compute(job.id(), (id, known) -> {
            if (known != null) {
                known.wantedAgain = true;
            }
            return known == null ? fetch : known;
        });
        if (running == fetch || running.endPause()) {
            work.execute(() -> attempt(running));
        }
    }

    /** A caller that came while the download ended may have found the video delivered and deleted, and needs it again. */
    private void forget(Download fetch) {
        if (fetches.remove(fetch.jobId, fetch) && fetch.wantedAgain) {
            work.execute(() -> book.retry().run("The download of job " + fetch.jobId + " has not begun again", () -> beginAgain(fetch)));
        }
    }

    private void beginAgain(Download fetch) {
        book.find(fetch.jobId).filter(job -> job.state() == JobState.RENDERED && waits.isAwaited(job.id()))
                .ifPresent(job -> begin(job, fetch.lane));
    }

    public boolean isFetching(String jobId) {
        return fetches.containsKey(jobId);
    }

    public void stop() {
        fetches.values().forEach(Download::endPause);
        fetches.clear();
    }

    private void attempt(Download fetch) {
        DownloadOrder order;
        try {
            VideoJob job = book.changed(fetch.jobId, stored -> stored.state() == JobState.RENDERED
                    ? orders.named(fetch, stored).with(changes -> changes.downloads(stored.downloads() + 1)) : stored).orElse(null);
            if (job == null || job.state() != JobState.RENDERED) {
                end(fetch);
                return;
            }
            fetch.attempts++;
            fetch.job = job;
            order = orders.order(fetch, job);
        } catch (IOException e) {
            failed(fetch, new DownloadException(DownloadException.Kind.LOCAL_FILE, e.toString(), null, fetch.resume, e));
            return;
        } catch (RuntimeException | Error e) {
            if (e instanceof Error) {
                LOG.error("Job {}: its download could not be started", fetch.jobId, e);
            }
            failed(fetch, broken(e, null, fetch.resume));
            return;
        }
        fetch.partial = order.partial();
        downloads.ordinary(() -> gateway.download(fetch.lane.account(), order)).whenComplete((video, failure) -> {
            if (failure == null) {
                whole(fetch, video);
            } else {
                failed(fetch, EngineErrors.unwrap(failure));
            }
        });
    }

    private void whole(Download fetch, DownloadedVideo video) {
        VideoJob job = fetch.job;
        if (job.name() == null) {
            downloaded(fetch, video);
            return;
        }
        DownloadedVideo named;
        try {
            named = names.give(job, video, fetch.namedEarlier, name -> rename(job, name));
        } catch (IOException | RuntimeException e) {
            VideoFiles.delete(video.file());
            // The file may have been renamed nevertheless.
            fetch.namedEarlier |= !(e instanceof FileAlreadyExistsException);
            failed(fetch, new DownloadException(DownloadException.Kind.LOCAL_FILE, e.toString(), null, null, e));
            return;
        }
        downloaded(fetch, named);
    }

    private void rename(VideoJob job, VideoName name) {
        book.change(job.id(), stored -> stored.with(changes -> changes.name(name)));
    }

    private void downloaded(Download fetch, DownloadedVideo video) {
        book.changeSurely(fetch.jobId, job -> JobTransitions.downloaded(job, video, membership.holder(), timer.now()),
                stored -> {
                    clearOthers(fetch);
                    forgetName(fetch, stored.orElse(null));
                    forget(fetch);
                    if (stored.map(VideoJob::file).filter(video.file()::equals).isEmpty()) {
                        // The job has expired meanwhile: no row refers to this file.
                        VideoFiles.delete(video.file());
                    }
                }, "downloaded");
    }

    /** No attempt follows: delete what earlier ones have left. */
    private void end(Download fetch) {
        if (fetch.partial != null && fetches.get(fetch.jobId) == fetch) {
            // Before another download may start to write it.
            VideoFiles.delete(fetch.partial);
        }
        clearOthers(fetch);
        forgetName(fetch, null);
        forget(fetch);
    }

    private void forgetName(Download fetch, VideoJob stored) {
        names.forget(stored);
        names.forget(fetch.job);
    }

    /** Deletes partial files that other nodes left in a user's directory, where nothing else would delete them. */
    private void clearOthers(Download fetch) {
        VideoJob job = fetch.job;
        if (job != null && job.directory() != null && job.downloads() > fetch.attempts) {
            PartialFiles.deleteAll(job, settings.workDirectory());
        }
    }

    private void failed(Download fetch, Throwable cause) {
        DownloadException failure = cause instanceof DownloadException known ? known : broken(cause, null, null);
        LOG.debug("Job {}: download attempt failed ({}): {}", fetch.jobId, failure.kind(), failure.getMessage());
        switch (fetch.failed(failure)) {
            case ASK_FOR_URL -> renewal.renew(fetch, failure);
            case LOOK_AT_DISK -> localFile(fetch, failure);
            case GIVE_UP -> giveUp(fetch, failure);
            case TRY_ON -> pauseAndTell(fetch, failure);
        }
    }

    static DownloadException broken(Throwable cause, Integer status, DownloadOrder.Resume resume) {
        return new DownloadException(DownloadException.Kind.BROKEN, cause.toString(), status, resume, cause);
    }

    /** The job fails. The gateway still has the video, so it can be downloaded once the cause is fixed. */
    private void giveUp(Download fetch, DownloadException failure) {
        JobError error = EngineErrors.notDownloadable(failure);
        book.changeSurely(fetch.jobId, job -> JobTransitions.downloadFailed(job, error, timer.now()),
                // Only now: until then, callers find it downloading or ended.
                job -> end(fetch), "not downloadable");
    }

    private void localFile(Download fetch, DownloadException failure) {
        boolean usable = folders.failed(fetch.job == null ? null : fetch.job.directory());
        if (usable && fetch.isNewsThatItFails()) {
            LOG.warn("Job {}: its video cannot be stored although its directory is writable; retrying: {}", fetch.jobId,
                    failure.getMessage());
        }
        tell(fetch, failure);
        pause(fetch);
    }

    private void pauseAndTell(Download fetch, DownloadException failure) {
        if (fetch.isNewsThatItFails()) {
            LOG.warn("Job {}: its video could not be downloaded yet; retrying: {}", fetch.jobId, failure.getMessage());
        }
        if (fetch.isToBeTold(waits.isAwaited(fetch.jobId))) {
            tell(fetch, failure);
        }
        pause(fetch);
    }

    private void tell(Download fetch, DownloadException failure) {
        waits.fail(fetch.jobId, EngineErrors.downloadFailed(failure.getMessage(), failure.httpStatus())
                .toException(fetch.jobId, fetch.lane.account().provider().name()));
    }

    private void pause(Download fetch) {
        Duration pause = BACKOFF.after(fetch.failures, random.nextDouble());
        fetch.lock.lock();
        try {
            fetch.pause = timer.schedule(pause, () -> {
                if (fetch.endPause()) {
                    work.execute(() -> attempt(fetch));
                }
            });
        } finally {
            fetch.lock.unlock();
        }
    }

    private final class AfterRenewal implements UrlRenewal.Next {

        @Override
        public void attempt(Download fetch) {
            work.execute(() -> Downloader.this.attempt(fetch));
        }

        @Override
        public void pause(Download fetch) {
            Downloader.this.pause(fetch);
        }

        @Override
        public void pauseAndTell(Download fetch, DownloadException failure) {
            Downloader.this.pauseAndTell(fetch, failure);
        }

        @Override
        public void end(Download fetch) {
            Downloader.this.end(fetch);
        }
    }
}
