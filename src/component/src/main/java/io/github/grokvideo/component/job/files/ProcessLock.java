// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock file that only one holder at a time has, in this process and among all processes. The operating system releases it with the
 * process, however that ends. Thread-safe.
 */
public final class ProcessLock implements AutoCloseable {

    /** Closing any channel of a file releases all locks of this process on it, so a file that is locked here is not opened again. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates the file if it is missing, and locks it.
     *
     * @param file in a directory that exists
     * @return empty = it has another holder, see {@link #isHeldHere(Path)} and {@link #holder(Path)}
     * @throws IOException if the file cannot be written, or the file system has no locks
     */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        ProcessLock lock = null;
        try {
            lock = lock(path);
            return Optional.ofNullable(lock);
        } finally {
            if (lock == null) {
                HELD.remove(path);
            }
        }
    }

    private static ProcessLock lock(Path path) throws IOException {
        OwnerOnly.createFile(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (channel.tryLock() == null) {
                return null;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            locked = true;
            return new ProcessLock(path, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /**
     * @param  file the lock file
     * @return whether this process has the lock
     */
    public static boolean isHeldHere(Path file) {
        return HELD.contains(file.toAbsolutePath().normalize());
    }

    /**
     * @param  file the lock file, which another process has locked
     * @return that process in words, such as "process 4711"; never null
     */
    public static String holder(Path file) {
        try {
            String written = Files.readString(file).strip();
            return written.isEmpty() ? "another process" : written;
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    /** Releases the lock. The file stays: another process may just have opened it. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
