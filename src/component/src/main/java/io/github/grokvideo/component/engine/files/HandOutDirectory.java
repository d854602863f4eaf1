// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.job.OwnerOnly;
import io.github.grokvideo.component.job.ProcessLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an engine hands files out: a folder of its own in the work directory, which engines of other processes may share. Beside it is a
 * file that the engine keeps locked. The operating system drops that lock with the process: what has a lock nobody holds is left over.
 * Thread-safe.
 */
public final class HandOutDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(HandOutDirectory.class);
    private static final String LOCK = ".lock";

    private final ReentrantLock guard = new ReentrantLock();
    private final Path all;
    private final Path folder;
    private final Path lockFile;
    /** null = nothing was handed out yet, or the file system has no locks. */
    private ProcessLock lock;
    private boolean open;

    public HandOutDirectory(Path workDirectory) {
        this.all = workDirectory.toAbsolutePath().normalize().resolve("handed-out");
        String id = UUID.randomUUID().toString();
        this.folder = all.resolve(id);
        this.lockFile = all.resolve(id + LOCK);
    }

    /** @return the folder, made on first use */
    public Path get() throws IOException {
        guard.lock();
        try {
            if (!open) {
                OwnerOnly.createDirectories(all);
                lock();
                open = true;
            }
            OwnerOnly.createDirectories(folder);
            return folder;
        } finally {
            guard.unlock();
        }
    }

    /** Called before the folder is created: a folder without a lock file is never cleared, for the file system may have no locks. */
    private void lock() throws IOException {
        try {
            lock = ProcessLock.tryAcquire(lockFile).orElse(null);
        } catch (IOException noLocks) {
            LOG.debug("No lock on {}", lockFile, noLocks);
            Files.deleteIfExists(lockFile);
        }
    }

    /** What is still in users' hands stays; an engine that comes later clears it away. */
    public void close() {
        guard.lock();
        try {
            if (open) {
                open = false;
                boolean empty = deleteEmpty(folder);
                if (lock != null) {
                    lock.close();
                    lock = null;
                }
                if (empty) {
                    Files.deleteIfExists(lockFile);
                }
            }
        } catch (IOException e) {
            LOG.debug("Not tidied up: {}", folder, e);
        } finally {
            guard.unlock();
        }
    }

    /** Clears away what engines have left that have ended. @param before only folders nothing was changed in since then */
    public void clearOthers(Instant before) throws IOException {
        if (!Files.isDirectory(all)) {
            return;
        }
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(all, "*" + LOCK)) {
            for (Path lock : locks) {
                String name = lock.getFileName().toString();
                Path left = all.resolve(name.substring(0, name.length() - LOCK.length()));
                if (isOlder(Files.exists(left) ? left : lock, before)) {
                    clear(lock, left);
                }
            }
        }
    }

    /** A file's own time is that of its video, also where the file is a new link: the folder's is that of the last hand-out. */
    private static boolean isOlder(Path path, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(path).toInstant().isBefore(before);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static void clear(Path lockFile, Path folder) throws IOException {
        ProcessLock lock = ProcessLock.tryAcquire(lockFile).orElse(null);
        if (lock == null) {
            return;
        }
        try (lock) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            if (deleteEmpty(folder)) {
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private static boolean deleteEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException inUse) {
            return false;
        }
    }
}
