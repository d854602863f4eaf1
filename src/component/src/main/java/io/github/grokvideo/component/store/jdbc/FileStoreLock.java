// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import io.github.grokvideo.component.job.OwnerOnly;

/**
 * A lock file beside an H2 database. H2's own lock does not keep out a second engine of the same JVM, nor another process with
 * {@code AUTO_SERVER}. The operating system releases the lock when the process ends, even if it is killed.
 */
final class FileStoreLock implements StoreLock {

    /** Closing any channel of a file releases the process's lock on it, so a second channel is never opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private FileStoreLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IllegalStateException naming the process that holds the lock */
    static FileStoreLock open(Path database) {
        Path path = Path.of(database.toAbsolutePath().normalize() + ".grokvideo.lock");
        if (!HELD.add(path)) {
            throw new IllegalStateException("The job store " + database + " is in use by another engine of this process: one component"
                    + " at a time may use a store");
        }
        try {
            OwnerOnly.createFile(path);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                String holder = Files.readString(path).strip();
                channel.close();
                throw new IllegalStateException("The job store " + database + " is in use by " + holder
                        + ": one process at a time may use a store");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new FileStoreLock(path, channel);
        } catch (IOException e) {
            HELD.remove(path);
            throw new IllegalStateException("The lock file " + path + " of the job store could not be used: " + e, e);
        } catch (RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("The lock file " + path + " could not be closed: " + e, e);
        } finally {
            HELD.remove(path);
        }
    }
}
