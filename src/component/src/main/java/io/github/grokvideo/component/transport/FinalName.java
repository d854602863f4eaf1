// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives a whole file the name under which others look for it, at once and durably. */
public final class FinalName {

    private FinalName() {
    }

    /**
     * Never over another file: a hard link fails where the name is taken, which a rename does not. Where the file system has no hard links
     * an empty file holds the name for a moment.
     *
     * @param  whole on the same file system; gone afterwards
     * @throws FileAlreadyExistsException where the name is taken
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

    /** As {@link #give}, in the place of a file of that name if there is one. */
    public static void replace(Path whole, Path name) throws IOException {
        Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(name);
    }

    private static boolean linked(Path whole, Path name) throws FileAlreadyExistsException {
        try {
            Files.createLink(name, whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noHardLinks) {
            return false;
        }
    }

    /** A name is durable once its directory is. Windows cannot, and needs not. */
    private static void syncDirectory(Path file) {
        try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            return;
        }
    }
}
