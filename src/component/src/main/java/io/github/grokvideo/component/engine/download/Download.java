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

/** One video on its way here. Its mutable fields are handed from one step to the next; the lock guards the pause. */
final class Download {

    /** What follows a failed attempt. */
    enum Next {
        ASK_FOR_URL, LOOK_AT_DISK, GIVE_UP, TRY_ON
    }

    /** After so many failures in a row those who wait are told; the attempts go on. */
    private static final int FAILURES_BEFORE_TELLING = 5;
    /** A resolver or a redirect may be wrong for a moment. */
    private static final int MOST_REFUSALS = 3;
    /** With the pauses about an hour: as long as a page that says "maintenance" may stand in for the video. */
    private static final int MOST_UNUSABLE = 20;

    final String jobId;
    final AccountLimits lane;
    final ReentrantLock lock = new ReentrantLock();
    JobTimer.Cancellable pause;
    DownloadOrder.Resume resume;
    int failures;
    /** In a row, when the gateway was asked for another URL. */
    final NotFoundCount notFound = new NotFoundCount();
    boolean byContent;
    /** Answers since bytes last came that will hardly be others. */
    private int refusals;
    private boolean told;
    /** Written while the map holds its entry, read once it is out. */
    volatile boolean wantedAgain;
    /** Of the time since bytes last came. */
    UrlExpiry dead = new UrlExpiry();
    /** As it was at the last attempt; null = none was made. */
    VideoJob job;
    int attempts;
    /** Whether its name was chosen before this began: the video may have it already. */
    boolean namedEarlier;
    Path partial;

    Download(String jobId, AccountLimits lane) {
        this.jobId = jobId;
        this.lane = lane;
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
            case REFUSED -> ++refusals >= MOST_REFUSALS ? Next.GIVE_UP : Next.TRY_ON;
            case NOT_A_VIDEO -> ++refusals >= MOST_UNUSABLE ? Next.GIVE_UP : Next.TRY_ON;
            case BROKEN -> Next.TRY_ON;
        };
    }

    /** Whether it has just become clear that it does not go well: that is logged, once. */
    boolean isNewsThatItFails() {
        return failures == FAILURES_BEFORE_TELLING;
    }

    /** Whether those who wait are told now. Once: whoever waits again after that waits as long as they say. */
    boolean isToBeTold(boolean awaited) {
        boolean now = awaited && !told && failures >= FAILURES_BEFORE_TELLING;
        told |= now;
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
