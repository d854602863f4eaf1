// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Prevents a second simulator from using a store. The system releases it when the process dies. */
final class DirectoryLock implements AutoCloseable {

    /** Closing any channel of a file releases the process's lock on it, so a second one is never opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if another simulator has it */
    static DirectoryLock of(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            throw taken(folder);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw taken(folder);
            }
            return new DirectoryLock(file, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
        }
    }

    private static IOException taken(Path folder) {
        return new IOException("another simulator is at work on " + folder + ": stop it, or choose another folder");
    }

    /** The file is kept, since a simulator that is just starting may already have opened it. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
