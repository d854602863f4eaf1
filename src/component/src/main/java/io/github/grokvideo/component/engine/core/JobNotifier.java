// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers change notifications per job in the order in which they were stored: the first thread also delivers those that arrive meanwhile.
 * No lock is held during delivery, so listeners may change jobs. Thread-safe.
 */
final class JobNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(JobNotifier.class);
    private static final int LINES = 256;

    private static final class Line {
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<Runnable> notifications = new ArrayDeque<>(0);
        private boolean delivering;
    }

    private final Line[] lines = Stream.generate(Line::new).limit(LINES).toArray(Line[]::new);

    /** @param notifications returns the notification of the write, which throws nothing; null = none */
    <T> T write(String jobId, Supplier<T> write, Function<T, Runnable> notifications) {
        Line line = lines[Math.floorMod(jobId.hashCode(), LINES)];
        T written;
        line.lock.lock();
        try {
            written = write.get();
            Runnable notification = notifications.apply(written);
            if (notification == null) {
                return written;
            }
            line.notifications.add(notification);
            if (line.delivering) {
                return written;
            }
            line.delivering = true;
        } finally {
            line.lock.unlock();
        }
        for (Runnable next = next(line); next != null; next = next(line)) {
            deliver(next);
        }
        return written;
    }

    private static void deliver(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException | Error e) {
            // Later notifications in this queue must still be delivered.
            LOG.error("A job change could not be reported", e);
        }
    }

    private static Runnable next(Line line) {
        line.lock.lock();
        try {
            Runnable next = line.notifications.poll();
            line.delivering = next != null;
            return next;
        } finally {
            line.lock.unlock();
        }
    }
}
