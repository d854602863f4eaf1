// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Creates files and directories that only their owner may access. On file systems without POSIX permissions it uses the defaults. */
public final class OwnerOnly {

    private OwnerOnly() {
    }

    /**
     * @param  path file to be created
     * @return      attributes for creating it with mode 0600
     */
    public static FileAttribute<?>[] file(Path path) {
        return attributes(path, "rw-------");
    }

    /**
     * Creates an empty file if it is missing; an existing one becomes readable by its owner only.
     *
     * @param  path the file
     * @throws IOException if it cannot be created or changed
     */
    public static void createFile(Path path) throws IOException {
        try {
            Files.createFile(path, file(path));
        } catch (FileAlreadyExistsException known) {
            if (knowsOwners(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /**
     * Creates a directory and its missing parents with mode 0700. Existing ones stay unchanged.
     *
     * @param  directory the directory
     * @return           the directory
     * @throws IOException if it cannot be created
     */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    /**
     * Gives a file the default permissions of new files. Best effort: if that fails, the file stays private.
     *
     * @param file      whose permissions are changed
     * @param directory where a probe file is created briefly to find out the defaults
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
