// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out files of downloaded jobs. A file in the work directory is kept until a user has processed it successfully; each user gets a
 * hard link of its own, so that a route may rename or delete it and still get the video again after a failure.
 */
public final class VideoFiles {

    private static final Logger LOG = LoggerFactory.getLogger(VideoFiles.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<HandedOutVideo>> open = new HashMap<>();
    /** Jobs that have ended while their files were handed out. */
    private final Set<String> ended = new HashSet<>();
    private final AtomicLong count = new AtomicLong();
    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final Membership membership;
    private final Path workDirectory;
    private final HandOutDirectory handedOut;
    private final VideoFolders folders;

    public VideoFiles(EngineParts parts, HandOutDirectory handedOut) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.workDirectory = parts.settings().workDirectory();
        this.handedOut = handedOut;
        this.folders = parts.folders();
    }

    /** @return an unused file name in the directory: the job's id, numbered from the second file on */
    public static Path free(Path directory, String jobId) {
        Path path = directory.resolve(jobId + ".mp4");
        for (int number = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); number++) {
            path = directory.resolve(jobId + "-" + number + ".mp4");
        }
        return path;
    }

    public HandedOutVideo handOut(String jobId) {
        try {
            return give(jobId);
        } finally {
            waiters.taken(jobId);
        }
    }

    private HandedOutVideo give(String jobId) {
        VideoJob job = book.find(jobId).orElseThrow(() -> EngineErrors.notKnown(jobId).toException(jobId, null));
        Path file = here(job);
        if (file == null) {
            throw EngineErrors.downloadFailed("its file is no longer here", null).toException(jobId, job.provider());
        }
        HandedOutVideo out;
        take(jobId);
        if (job.directory() != null) {
            out = new HandedOutVideo(jobId, file, false);
        } else {
            out = new HandedOutVideo(jobId, link(job, file), true);
        }
        lock.lock();
        try {
            // By identity: several users may share the same file in their directory.
            open.computeIfAbsent(jobId, id -> Collections.newSetFromMap(new IdentityHashMap<>())).add(out);
        } finally {
            lock.unlock();
        }
        return out;
    }

    /** @return null = the file is not here */
    private Path here(VideoJob job) {
        if (job.hasFile()) {
            return job.file();
        }
        // Another node may have started to download it as well: then the row does not refer to the file downloaded here.
        return job.directory() == null && Files.isRegularFile(copy(job.id())) ? copy(job.id()) : null;
    }

    /** A complete video if it exists: no other file gets this name. */
    private Path copy(String jobId) {
        return workDirectory.resolve(jobId + ".mp4");
    }

    private void deleteHere(VideoJob job) {
        if (job.file() != null && (job.holder() == null || job.holder().equals(membership.holder()))) {
            delete(job.file());
        } else {
            delete(copy(job.id()));
        }
    }

    /** The first taker gets a job's video: it is no longer offered to consumers. */
    private void take(String jobId) {
        book.change(jobId, job -> job.delivery().state() != JobDelivery.State.OFFERED
                && job.delivery().state() != JobDelivery.State.ORPHANED ? job
                : JobTransitions.attached(job, membership.id()));
    }

    private Path link(VideoJob job, Path file) {
        try {
            Path name = handedOut.get().resolve(job.id() + "-" + count.incrementAndGet() + ".mp4");
            try {
                Files.createLink(name, file);
            } catch (UnsupportedOperationException | IOException noLinks) {
                Files.copy(file, name);
            }
            return name;
        } catch (IOException e) {
            folders.failed(null);
            throw EngineErrors.downloadFailed("its file could not be handed out: " + e, null).toException(job.id(), job.provider());
        }
    }

    /** The user has processed the video successfully, but still holds it: it is kept until {@link #settle}. */
    public void delivered(HandedOutVideo out, String place) {
        stored(out, true, place);
    }

    public void settle(HandedOutVideo out, boolean success) {
        boolean endedBefore;
        lock.lock();
        try {
            Set<HandedOutVideo> all = open.get(out.jobId());
            if (all == null || !all.remove(out)) {
                return;
            }
            if (all.isEmpty()) {
                open.remove(out.jobId());
            }
            endedBefore = all.isEmpty() && ended.remove(out.jobId());
        } finally {
            lock.unlock();
        }
        if (out.ours()) {
            delete(out.file());
        }
        if (success || endedBefore) {
            stored(out, success, null);
        }
    }

    private void stored(HandedOutVideo out, boolean success, String place) {
        book.changeReliably(out.jobId(),
                job -> placed(success && job.state() == JobState.DOWNLOADED ? JobTransitions.delivered(job, timer.now()) : job, place),
                stored -> stored.filter(job -> job.state().isEnded()).ifPresent(this::tidyUp), "delivered");
    }

    /** A consumer's job is already acknowledged when its file is. */
    private static VideoJob placed(VideoJob job, String place) {
        return place == null || job.state() != JobState.DELIVERED ? job
                : job.with(changes -> changes.details(job.details().withHandedTo(place)));
    }

    /** A user has processed the job's URL successfully. If its file is wanted as well, the job goes on. */
    public void urlDelivered(String jobId) {
        book.changeReliably(jobId,
                job -> job.state() == JobState.RENDERED && job.urlOnly() ? JobTransitions.delivered(job, timer.now()) : job,
                stored -> { }, "delivered");
    }

    /** Deletes an ended job's file in the work directory once its last user here has settled it. */
    private void tidyUp(VideoJob job) {
        lock.lock();
        try {
            if (open.containsKey(job.id())) {
                ended.add(job.id());
                return;
            }
        } finally {
            lock.unlock();
        }
        if (job.directory() == null) {
            waiters.unlessWanted(job.id(), () -> deleteHere(job));
        }
    }

    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("A file that is no longer needed could not be deleted: {}", e.toString());
        }
    }
}
