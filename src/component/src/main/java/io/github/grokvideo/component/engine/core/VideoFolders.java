// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.VideoFolder;
import io.github.grokvideo.component.error.JobError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the directories that videos are put into can keep one: nothing is spent while they cannot. A directory is tried out when it is
 * first wanted, and again before each submit from a failure on until it works; its free space is looked at each time. An outage is logged
 * once. Its methods touch the disk. Thread-safe.
 */
public final class VideoFolders {

    private static final Logger LOG = LoggerFactory.getLogger(VideoFolders.class);
    /** A directory for each customer is usual, one for each message is not. */
    private static final int MOST_REMEMBERED = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Folder> folders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Folder> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final Folder work;
    private final long neededSpace;

    public VideoFolders(EngineSettings settings) {
        this.neededSpace = Math.min(settings.maxFileSize(), settings.minFreeSpace());
        this.work = new Folder(settings.workDirectory());
    }

    /**
     * @param  directory null = the work directory
     * @return           why nothing is to be submitted for it now; empty = it can be used
     */
    public Optional<JobError> unusable(Path directory) {
        Folder folder = folder(directory);
        return folder.problem().map(problem -> EngineErrors.noPlaceForVideos(folder.path, problem));
    }

    /**
     * Something has failed there: it is tried out now, and before it is used again.
     *
     * @param  directory null = the work directory
     * @return           whether it can be used all the same
     */
    public boolean failed(Path directory) {
        Folder folder = folder(directory);
        folder.works = false;
        return folder.problem().isEmpty();
    }

    /** Looks at those in use, the work directory first. */
    public List<VideoFolder> look() {
        List<Folder> others;
        lock.lock();
        try {
            others = List.copyOf(folders.values());
        } finally {
            lock.unlock();
        }
        return Stream.concat(Stream.of(work), others.stream())
                .map(folder -> new VideoFolder(folder.path, folder == work, folder.problem().orElse(null))).toList();
    }

    private Folder folder(Path directory) {
        if (directory == null) {
            return work;
        }
        lock.lock();
        try {
            return folders.computeIfAbsent(directory, Folder::new);
        } finally {
            lock.unlock();
        }
    }

    private final class Folder {

        private final Path path;
        private final ReentrantLock trying = new ReentrantLock();
        private volatile boolean works;
        /** Why it could not be used when it was looked at last; null = it could, or that is not known yet. */
        private volatile String problem;

        Folder(Path path) {
            this.path = path;
        }

        Optional<String> problem() {
            if (works && problem == null) {
                // The usual way: one cheap question, and no lock.
                Optional<String> found = FolderProbe.freeSpace(path, neededSpace);
                return found.isEmpty() ? found : look();
            }
            return look();
        }

        /** Of many who ask about a directory in trouble one looks: a file system that hangs holds up one thread. */
        private Optional<String> look() {
            String known = problem;
            if (known == null) {
                trying.lock();
            } else if (!trying.tryLock()) {
                return Optional.of(known);
            }
            try {
                Optional<String> found = works && Files.isDirectory(path) ? Optional.empty() : FolderProbe.tryOut(path);
                works = found.isEmpty();
                found = found.isPresent() ? found : FolderProbe.freeSpace(path, neededSpace);
                tell(found);
                problem = found.orElse(null);
                return found;
            } finally {
                trying.unlock();
            }
        }

        private void tell(Optional<String> found) {
            if (found.isPresent() && problem == null) {
                LOG.warn("No video can be kept in {}: {}. Nothing that needs it is submitted until that is mended", path, found.get());
            } else if (found.isEmpty() && problem != null) {
                LOG.info("Videos can be kept in {} again", path);
            }
        }
    }
}
