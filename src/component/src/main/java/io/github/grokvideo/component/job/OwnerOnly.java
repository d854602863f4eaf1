// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Files and directories that only their owner may read, where the file system knows of owners; elsewhere as they usually are. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /** For making this file, 0600. */
    public static FileAttribute<?>[] file(Path path) {
        return attributes(path, "rw-------");
    }

    /** Makes an empty file if it is missing. One that exists becomes readable by its owner only. */
    public static void createFile(Path path) throws IOException {
        try {
            Files.createFile(path, file(path));
        } catch (FileAlreadyExistsException known) {
            if (knowsOwners(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** Makes a directory, and those above it that are missing, 0700. One that is there stays as it is. */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    /**
     * Gives a file the permissions that new files of this process have. Best effort: where that fails it stays the owner's.
     *
     * @param directory where a file is made for a moment to see which they are
     */
    public static void release(Path file, Path directory) {
        if (!knowsOwners(file)) {
            return;
        }
        Path probe = directory.resolve("." + UUID.randomUUID() + ".mode");
        try {
            Files.createFile(probe);
            try {
                Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(probe));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException staysTheOwners) {
            return;
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return knowsOwners(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
