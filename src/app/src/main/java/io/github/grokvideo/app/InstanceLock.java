// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import io.github.grokvideo.component.job.files.ProcessLock;

/** Locks folders against a second instance, which would pay for the same prompts. */
public final class InstanceLock implements AutoCloseable {

    static final String FILE = ".grokvideo.lock";

    private final Deque<ProcessLock> held = new ArrayDeque<>();

    private InstanceLock() {
    }

    /**
     * Creates the folders if they are missing, and locks them.
     *
     * @throws UsageException if another instance uses one of them, or it cannot be written
     */
    public static InstanceLock of(List<Path> folders) throws UsageException {
        InstanceLock lock = new InstanceLock();
        try {
            Set<Path> distinct = new LinkedHashSet<>();
            for (Path folder : folders) {
                distinct.add(real(folder));
            }
            for (Path folder : distinct) {
                lock.add(folder);
            }
            return lock;
        } catch (UsageException e) {
            lock.close();
            throw e;
        }
    }

    private static Path real(Path folder) throws UsageException {
        try {
            return Files.createDirectories(folder.normalize()).toRealPath();
        } catch (IOException e) {
            throw new UsageException(folder + " is not a folder that can be made or written: " + e);
        }
    }

    private void add(Path folder) throws UsageException {
        try {
            held.push(ProcessLock.tryAcquire(folder.resolve(FILE)).orElseThrow(() -> taken(folder)));
        } catch (IOException e) {
            throw new UsageException(folder + " cannot be written: " + e.getMessage());
        }
    }

    private static UsageException taken(Path folder) {
        return new UsageException("Another instance is already at work in " + folder
                + ": stop it, or choose other folders with --inbox=DIR, --outbox=DIR and GROKVIDEO_DATA=DIR");
    }

    /** The lock files stay: to delete one could pull it from under an instance that is just starting. */
    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (IOException e) {
                // The lock goes with the process.
                continue;
            }
        }
    }
}
