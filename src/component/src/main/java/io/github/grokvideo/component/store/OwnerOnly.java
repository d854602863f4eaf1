// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files that hold prompts and URLs for the owner only, where the file system knows owners (0700, 0600). */
final class OwnerOnly {

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {
    }

    /** Makes a directory, and those above it, where it is missing. One that is there stays as it is. */
    static void directory(Path path) throws IOException {
        Files.createDirectories(path, attributes("rwx------"));
    }

    /** Makes an empty file where it is missing; one that is there becomes the owner's alone. */
    static void file(Path path) throws IOException {
        try {
            Files.createFile(path, attributes("rw-------"));
        } catch (FileAlreadyExistsException known) {
            if (POSIX) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }
}
