// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that can be deleted with its files. */
record WorkDirectory(Path path) {

    /** Creates a directory in {@code java.io.tmpdir}; UncheckedIOException if that is impossible. */
    static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("grokvideo-test-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory", e);
        }
    }

    /** Creates the directory again after {@link #delete()}; UncheckedIOException if that is impossible. */
    WorkDirectory again() {
        try {
            Files.createDirectories(path);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path, e);
        }
    }

    /** Deletes the directory. A file that something still uses stays until the JVM ends: it must not fail a test that has passed. */
    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        for (Path file : deepestFirst()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException inUse) {
                file.toFile().deleteOnExit();
            }
        }
    }

    private List<Path> deepestFirst() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException changedMeanwhile) {
            return List.of(path);
        }
    }
}
