// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Publishes a complete file under its final name, atomically and durably. */
public final class FinalName {

    private FinalName() {
    }

    /**
     * Never replaces another file: unlike a rename, a hard link fails if the name is taken. Without hard links, an empty file reserves the
     * name briefly.
     *
     * @param  whole on the same file system; moved
     * @throws FileAlreadyExistsException if the name is taken
     * @throws NoSuchFileException        if the file or the directory of the name is missing
     */
    public static void give(Path whole, Path name) throws IOException {
        if (linked(whole, name)) {
            Files.deleteIfExists(whole);
        } else {
            Files.createFile(name);
            Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        }
        syncDirectory(name);
    }

    /** Like {@link #give}, but replaces an existing file of that name. */
    public static void replace(Path whole, Path name) throws IOException {
        Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(name);
    }

    private static boolean linked(Path whole, Path name) throws FileSystemException {
        try {
            Files.createLink(name, whole);
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noHardLinks) {
            return false;
        }
    }

    /** A name is durable once its directory is synced. Windows neither supports nor needs it. */
    private static void syncDirectory(Path file) {
        try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            return;
        }
    }
}
