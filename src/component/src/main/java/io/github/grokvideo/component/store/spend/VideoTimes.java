// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Where the time of one video went, in milliseconds from 0 on.
 *
 * @param queue    from the job's creation until the gateway accepted it
 * @param render   from then until the gateway last said that the video was not done: its own queue and the rendering, at least. If the lag
 *                 is not known, until the video was noticed
 * @param lag      from then until the video was noticed: the time it may have lain there, at most; null = not known, since no status query
 *                 of the node that noticed the video had found it open
 * @param download from then until the file was here; null = only the URL was wanted
 */
public record VideoTimes(long queue, long render, Long lag, Long download) {

    /**
     * The times of the video that has come with a change. Known once for each job: a video that is downloaded again does not count again.
     *
     * @param  before the job as stored; null = it is new
     * @param  after  the job as it will be stored
     * @return        empty = no video has come with it, or it is not known when the gateway worked on it
     */
    public static Optional<VideoTimes> between(VideoJob before, VideoJob after) {
        if (before == null || !hasCome(before, after) || after.acceptedAt() == null || after.renderedAt() == null) {
            return Optional.empty();
        }
        Instant open = after.details().openUntil();
        boolean known = open != null && !open.isBefore(after.acceptedAt());
        return Optional.of(new VideoTimes(millis(after.createdAt(), after.acceptedAt()),
                millis(after.acceptedAt(), known ? open : after.renderedAt()), known ? millis(open, after.renderedAt()) : null,
                after.urlOnly() ? null : millis(after.renderedAt(), after.downloadedAt())));
    }

    private static boolean hasCome(VideoJob before, VideoJob after) {
        return after.urlOnly() ? before.renderedAt() == null && after.renderedAt() != null
                : before.downloadedAt() == null && before.sha256() == null && after.downloadedAt() != null;
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    /** @return the whole wait */
    public long total() {
        return queue + render + (lag == null ? 0 : lag) + (download == null ? 0 : download);
    }
}
