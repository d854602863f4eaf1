// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.NotFoundCount;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadOrder;

/** One download in progress. Its mutable fields are handed from one step to the next; the lock guards the pause. */
final class Download {

    /** What to do after a failed attempt. */
    enum Next {
        ASK_FOR_URL, LOOK_AT_DISK, GIVE_UP, TRY_ON
    }

    /** After this many consecutive failures the waiters are notified; the attempts go on. */
    private static final int FAILURES_BEFORE_REPORT = 5;
    /** DNS or a redirect may be wrong for a moment. */
    private static final int MAX_REFUSALS = 3;
    /** About an hour with the pauses: a "maintenance" page may replace the video for that long. */
    private static final int MAX_UNUSABLE = 20;

    final String jobId;
    final AccountLimits limits;
    final ReentrantLock lock = new ReentrantLock();
    JobTimer.Cancellable pause;
    DownloadOrder.Resume resume;
    int failures;
    /** Consecutive not-found answers when a new URL was requested. */
    final NotFoundCount notFound = new NotFoundCount();
    boolean byContent;
    /** Responses since the last progress that are unlikely to change. */
    private int refusals;
    private boolean reported;
    /** Written while the map holds this entry, read after its removal. */
    volatile boolean wantedAgain;
    /** Refusals since the last progress. */
    UrlExpiry dead = new UrlExpiry();
    /** The job at the last attempt; null = there was none. */
    VideoJob job;
    int attempts;
    /** Whether the file name was chosen by an earlier download, which may already have given it to the video. */
    boolean namedEarlier;
    Path partial;

    Download(String jobId, AccountLimits limits) {
        this.jobId = jobId;
        this.limits = limits;
    }

    Next failed(DownloadException failure) {
        boolean further = failure.resume() != null && (resume == null || failure.resume().bytes() > resume.bytes());
        resume = failure.resume();
        failures = further ? 1 : failures + 1;
        refusals = further ? 0 : refusals;
        dead = further ? new UrlExpiry() : dead;
        return switch (failure.kind()) {
            case URL_EXPIRED -> Next.ASK_FOR_URL;
            case LOCAL_FILE -> Next.LOOK_AT_DISK;
            case TOO_LARGE -> Next.GIVE_UP;
            case REFUSED -> ++refusals >= MAX_REFUSALS ? Next.GIVE_UP : Next.TRY_ON;
            case NOT_A_VIDEO -> ++refusals >= MAX_UNUSABLE ? Next.GIVE_UP : Next.TRY_ON;
            case BROKEN -> Next.TRY_ON;
        };
    }

    /** Whether the failures have just become worth a log message; true once per series of failures. */
    boolean isNewsThatItFails() {
        return failures == FAILURES_BEFORE_REPORT;
    }

    /** Whether to notify the waiters now; true only once, later waits last until their own timeout. */
    boolean isToBeTold(boolean awaited) {
        boolean now = awaited && !reported && failures >= FAILURES_BEFORE_REPORT;
        reported |= now;
        return now;
    }

    /** @return whether it was pausing */
    boolean endPause() {
        lock.lock();
        try {
            boolean pausing = pause != null;
            if (pausing) {
                pause.cancel();
                pause = null;
            }
            return pausing;
        } finally {
            lock.unlock();
        }
    }
}
