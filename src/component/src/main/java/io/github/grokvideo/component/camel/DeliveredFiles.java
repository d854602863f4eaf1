// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.camel.identity.AutoJobKey;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoJob;

/**
 * The last files whose videos this program has delivered. A file that is consumed again was left in place, and its video must not be
 * fetched again each time. Deliveries of earlier processes are not known, since such a process may have ended before the file was moved
 * away. Thread-safe.
 */
final class DeliveredFiles {

    private static final int MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    /** By job key. */
    private final Map<String, Delivered> files = new LinkedHashMap<>();

    /**
     * A delivered file.
     *
     * @param video where it was stored permanently; null = it was deleted after processing
     */
    record Delivered(String jobId, String provider, Instant at, Path video) {

        /** Whether the video no longer exists. */
        private boolean isGone() {
            return video == null || !Files.isRegularFile(video);
        }

        GrokVideoException error(AutoJobKey key) {
            String what = (video == null ? "a video" : video.toString()) + " (job " + jobId + ", delivered " + at + ")";
            return AutoJobKeyUse.alreadyDelivered(key, what).toException(jobId, provider);
        }
    }

    void add(String jobKey, VideoJob job) {
        Delivered delivered = new Delivered(job.id(), job.provider(), Instant.now().truncatedTo(ChronoUnit.SECONDS),
                job.directory() == null ? null : job.file());
        lock.lock();
        try {
            files.remove(jobKey);
            files.put(jobKey, delivered);
            if (files.size() > MAX) {
                files.remove(files.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return empty = not delivered, or its video still exists and can be handed out */
    Optional<Delivered> find(String jobKey) {
        Delivered delivered;
        lock.lock();
        try {
            delivered = files.get(jobKey);
        } finally {
            lock.unlock();
        }
        return Optional.ofNullable(delivered).filter(Delivered::isGone);
    }
}
