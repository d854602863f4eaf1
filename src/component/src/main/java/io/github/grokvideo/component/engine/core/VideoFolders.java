// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * Checks that videos can be stored in their directories, so that nothing is submitted otherwise. A directory is probed on first use, and
 * after a failure before each submit until it works again; free space is checked each time. An outage is logged once. Accesses the disk.
 * Thread-safe.
 */
public final class VideoFolders {

    private static final Logger LOG = LoggerFactory.getLogger(VideoFolders.class);
    /** One directory per customer is common, one per message is not. */
    private static final int MAX_REMEMBERED = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Folder> folders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Folder> eldest) {
            return size() > MAX_REMEMBERED;
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
     * @return           why nothing may be submitted for it now; empty = it is usable
     */
    public Optional<JobError> unusable(Path directory) {
        Folder folder = folder(directory);
        return folder.problem().map(problem -> EngineErrors.noPlaceForVideos(folder.path, problem));
    }

    /**
     * Reports a failure in the directory: it is probed now, and before it is used again.
     *
     * @param  directory null = the work directory
     * @return           whether it is usable nevertheless
     */
    public boolean failed(Path directory) {
        Folder folder = folder(directory);
        folder.works = false;
        return folder.problem().isEmpty();
    }

    /** Checks the directories in use, the work directory first. */
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
        /** null = not looked up yet. Looking it up reads all mounts, while its free space is one system call. */
        private volatile FileStore store;
        /** Why it was unusable at the last check; null = it was usable, or has not been checked yet. */
        private volatile String problem;

        Folder(Path path) {
            this.path = path;
        }

        Optional<String> problem() {
            if (works && problem == null) {
                // The usual case: one cheap check without a lock.
                Optional<String> found = freeSpace();
                return found.isEmpty() ? found : look();
            }
            return look();
        }

        /** Only one thread probes a failing directory, so that a hanging file system blocks one thread only. */
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
                // The directory may be on another file system now.
                store = null;
                found = found.isPresent() ? found : freeSpace();
                tell(found);
                problem = found.orElse(null);
                return found;
            } finally {
                trying.unlock();
            }
        }

        private Optional<String> freeSpace() {
            FileStore known = store;
            try {
                if (known == null) {
                    known = Files.getFileStore(path);
                    store = known;
                }
            } catch (NoSuchFileException gone) {
                return Optional.of("it is gone");
            } catch (IOException | RuntimeException unknown) {
                return Optional.empty();
            }
            return FolderProbe.freeSpace(known, neededSpace);
        }

        private void tell(Optional<String> found) {
            if (found.isPresent() && problem == null) {
                LOG.warn("No video can be stored in {}: {}. No job that needs it is submitted until this is fixed", path, found.get());
            } else if (found.isEmpty() && problem != null) {
                LOG.info("Videos can be stored in {} again", path);
            }
        }
    }
}
