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
import io.github.grokvideo.component.job.files.OwnerOnly;
import io.github.grokvideo.component.job.files.ProcessLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which an engine hands out files, inside the work directory that engines of other processes may share. A file beside it is
 * kept locked; the operating system releases that lock when the process ends, so a folder whose lock is free is left over. Thread-safe.
 */
public final class HandOutDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(HandOutDirectory.class);
    private static final String LOCK = ".lock";

    private final ReentrantLock guard = new ReentrantLock();
    private final Path all;
    private final Path folder;
    private final Path lockFile;
    /** null = nothing was handed out yet, or the file system does not support locks. */
    private ProcessLock lock;
    private boolean open;

    public HandOutDirectory(Path workDirectory) {
        this.all = workDirectory.toAbsolutePath().normalize().resolve("handed-out");
        String id = UUID.randomUUID().toString();
        this.folder = all.resolve(id);
        this.lockFile = all.resolve(id + LOCK);
    }

    /** @return the folder, created on first use */
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

    /**
     * Locks before the folder is created, so that a folder always has its lock. Without lock support there is no lock file, and the folder
     * is never cleared.
     */
    private void lock() throws IOException {
        try {
            lock = ProcessLock.tryAcquire(lockFile).orElse(null);
        } catch (IOException noLocks) {
            LOG.debug("No lock on {}", lockFile, noLocks);
            Files.deleteIfExists(lockFile);
        }
    }

    /** Files that are still handed out stay; a later engine clears them. */
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
            LOG.debug("Could not be cleaned up: {}", folder, e);
        } finally {
            guard.unlock();
        }
    }

    /**
     * Clears the folders of engines that have ended.
     *
     * @param before only folders that were last changed before this
     */
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

    /** Uses the folder's time, that of the last hand-out: even a new link has the time of its video. */
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
