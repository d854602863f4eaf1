// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
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

        /**
         * To be called with the lock held.
         *
         * @return whether this thread is to deliver
         */
        private boolean begin() {
            if (delivering || notifications.isEmpty()) {
                return false;
            }
            delivering = true;
            return true;
        }

        private void deliver() {
            for (Runnable next = next(); next != null; next = next()) {
                JobNotifier.deliver(next);
            }
        }

        private Runnable next() {
            lock.lock();
            try {
                Runnable next = notifications.poll();
                delivering = next != null;
                return next;
            } finally {
                lock.unlock();
            }
        }
    }

    private final Line[] lines = Stream.generate(Line::new).limit(LINES).toArray(Line[]::new);

    /** @param notifications returns the notification of the write, which throws nothing; null = none */
    <T> T write(String jobId, Supplier<T> write, Function<T, Runnable> notifications) {
        Line line = lines[index(jobId)];
        T written;
        line.lock.lock();
        try {
            written = write.get();
            Runnable notification = notifications.apply(written);
            if (notification == null) {
                return written;
            }
            line.notifications.add(notification);
            if (!line.begin()) {
                return written;
            }
        } finally {
            line.lock.unlock();
        }
        line.deliver();
        return written;
    }

    /**
     * One write of several jobs.
     *
     * @param jobIds       the jobs that it may change
     * @param write        returns what it has changed
     * @param jobId        the job of a change
     * @param notification the notification of a change, which throws nothing
     */
    <T> List<T> writeAll(
            Collection<String> jobIds, Supplier<List<T>> write, Function<T, String> jobId, Function<T, Runnable> notification) {
        // In ascending order, so that two threads cannot wait for each other.
        List<Line> all = jobIds.stream().map(JobNotifier::index).distinct().sorted().map(index -> lines[index]).toList();
        List<Line> mine;
        List<T> written;
        all.forEach(line -> line.lock.lock());
        try {
            written = write.get();
            written.forEach(one -> lines[index(jobId.apply(one))].notifications.add(notification.apply(one)));
            mine = all.stream().filter(Line::begin).toList();
        } finally {
            all.forEach(line -> line.lock.unlock());
        }
        mine.forEach(Line::deliver);
        return written;
    }

    private static int index(String jobId) {
        return Math.floorMod(jobId.hashCode(), LINES);
    }

    private static void deliver(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException | Error e) {
            // Later notifications in this queue must still be delivered.
            LOG.error("A job change could not be reported", e);
        }
    }
}
