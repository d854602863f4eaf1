// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** Tries the file operations of a download in a directory. Blocks as long as the file system does. */
final class FolderProbe {

    /** Block size of most file systems. */
    private static final int BYTES = 4096;
    private static final long MEBIBYTE = 1L << 20;

    private FolderProbe() {
    }

    /**
     * Creates the directory if it is missing, and creates, writes, syncs and deletes a file there.
     *
     * @return the problem; empty = none
     */
    static Optional<String> tryOut(Path directory) {
        // The leading dot hides it from routes that read files from this directory.
        Path file = directory.resolve(".grokvideo-" + UUID.randomUUID() + ".probe");
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.allocate(BYTES);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } finally {
                Files.deleteIfExists(file);
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of("it cannot be written: " + reason(e));
        }
    }

    /**
     * @param  store  of the directory
     * @param  needed bytes
     * @return        the problem; empty = none, or the file system does not report its free space
     */
    static Optional<String> freeSpace(FileStore store, long needed) {
        try {
            long free = store.getUsableSpace();
            // Some network file systems report neither.
            return free < 0 || free >= needed || store.getTotalSpace() <= 0 ? Optional.empty()
                    : Optional.of("it has " + free / MEBIBYTE + " MiB of free space, and " + needed / MEBIBYTE
                            + " MiB are needed (minFreeSpace)");
        } catch (NoSuchFileException gone) {
            return Optional.of("it is gone");
        } catch (IOException | RuntimeException unknown) {
            return Optional.empty();
        }
    }

    /** Leaves out the name of the probe file. */
    private static String reason(Exception failure) {
        if (failure instanceof FileAlreadyExistsException taken) {
            return taken.getFile() + " is a file where a directory should be";
        }
        String kind = failure.getClass().getSimpleName();
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return reason == null ? kind : kind + ": " + reason;
    }
}
