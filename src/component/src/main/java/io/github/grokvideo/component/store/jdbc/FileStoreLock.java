// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import io.github.grokvideo.component.job.files.ProcessLock;

/** A lock file beside an H2 database. H2's own lock admits a second engine of this process and, with {@code AUTO_SERVER}, others. */
final class FileStoreLock implements StoreLock {

    private final Path path;
    private final ProcessLock lock;

    private FileStoreLock(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IllegalStateException naming who has it */
    static FileStoreLock open(Path database) {
        Path path = Path.of(database.toAbsolutePath().normalize() + ".grokvideo.lock");
        try {
            return new FileStoreLock(path, ProcessLock.tryAcquire(path).orElseThrow(() -> inUse(database, path)));
        } catch (IOException e) {
            throw new IllegalStateException("The lock file " + path + " of the job store could not be used: " + e, e);
        }
    }

    private static IllegalStateException inUse(Path database, Path path) {
        if (ProcessLock.isHeldHere(path)) {
            return new IllegalStateException("The job store " + database + " is in use by another engine of this process: one component"
                    + " at a time may use a store");
        }
        return new IllegalStateException("The job store " + database + " is in use by " + ProcessLock.holder(path)
                + ": one process at a time may use a store");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("The lock file " + path + " could not be closed: " + e, e);
        }
    }
}
