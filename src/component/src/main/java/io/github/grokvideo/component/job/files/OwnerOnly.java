// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

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

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return knowsOwners(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
