package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadOrder;

/** One video on its way here. Its mutable fields are handed from one step to the next; the lock guards the pause. */
final class Fetch {

    final String jobId;
    final AccountLane lane;
    final ReentrantLock lock = new ReentrantLock();
    JobTimer.Cancellable pause;
    DownloadOrder.Resume resume;
    int failures;
    /** In a row, when the gateway was asked for another URL. */
    final NotFoundCount notFound = new NotFoundCount();
    boolean byContent;
    /** Written while the map holds its entry, read once it is out. */
    volatile boolean wantedAgain;
    /** Of the time since bytes last came. */
    DeadUrls dead = new DeadUrls();
    /** As it was at the last attempt; null = none was made. */
    VideoJob job;
    int attempts;
    Path partial;

    Fetch(String jobId, AccountLane lane) {
        this.jobId = jobId;
        this.lane = lane;
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
