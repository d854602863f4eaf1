// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultPermissionsTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    private final AtomicLong nanos = new AtomicLong(-1);
    private final DefaultPermissions permissions = new DefaultPermissions(nanos::get);

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void hasOwners() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        folder = Files.createDirectory(directory.resolve("folder"));
    }

    private boolean isProbedFor(String name) throws Exception {
        Path file = Files.createFile(directory.resolve(name), OwnerOnly.file(directory));
        Files.setLastModifiedTime(folder, LONG_AGO);
        permissions.give(file, folder);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(directory.resolve(name + " as usual"))));
        assertThat(folder).isEmptyDirectory();
        // Files come and go there.
        return !Files.getLastModifiedTime(folder).equals(LONG_AGO);
    }

    @Test
    void probesADirectoryOnceAMinute() throws Exception {
        assertThat(isProbedFor("first")).isTrue();
        assertThat(isProbedFor("at once")).isFalse();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertThat(isProbedFor("just before")).isFalse();
        nanos.incrementAndGet();
        assertThat(isProbedFor("a minute later")).isTrue();
    }

    @Test
    void staysTheOwnersWithoutTheDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("f"), OwnerOnly.file(directory));
        permissions.give(file, directory.resolve("missing"));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }
}
