// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Gives files the permissions that new files in their directory get by default. They depend on the process and on the directory, and only a
 * new file shows them, so they are remembered for a minute. Thread-safe.
 */
public final class DefaultPermissions {

    private static final long REMEMBERED_NANOS = Duration.ofMinutes(1).toNanos();
    /** One directory per customer is common. */
    private static final int MAX_REMEMBERED = 1000;

    private final Map<Path, Known> directories = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param since nanoseconds of the clock */
    private record Known(Set<PosixFilePermission> permissions, long since) {
    }

    /** Nothing is known yet. */
    public DefaultPermissions() {
        this(System::nanoTime);
    }

    /** @param nanoTime nanoseconds, from any origin */
    DefaultPermissions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Best effort: if that fails, the file stays as it is. Does nothing on file systems without POSIX permissions.
     *
     * @param file      whose permissions are changed
     * @param directory where a probe file is created briefly, unless the permissions are known
     */
    public void give(Path file, Path directory) {
        if (!OwnerOnly.knowsOwners(file)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(file, of(directory));
        } catch (IOException staysTheOwners) {
            return;
        }
    }

    private Set<PosixFilePermission> of(Path directory) throws IOException {
        long now = nanoTime.getAsLong();
        Known known = directories.get(directory);
        if (known != null && now - known.since < REMEMBERED_NANOS) {
            return known.permissions;
        }
        Set<PosixFilePermission> found = probed(directory);
        if (directories.size() >= MAX_REMEMBERED) {
            directories.clear();
        }
        directories.put(directory, new Known(found, now));
        return found;
    }

    private static Set<PosixFilePermission> probed(Path directory) throws IOException {
        Path probe = directory.resolve("." + UUID.randomUUID() + ".mode");
        Files.createFile(probe);
        try {
            return Files.getPosixFilePermissions(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
