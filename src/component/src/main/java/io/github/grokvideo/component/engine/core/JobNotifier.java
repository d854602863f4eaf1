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
 * Tells changes in the order in which they were stored, for each job: whoever comes first tells for those who come meanwhile. No lock is
 * held while it tells, so what is told may change jobs in turn. Thread-safe.
 */
final class JobNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(JobNotifier.class);
    private static final int LINES = 256;

    private static final class Line {
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<Runnable> news = new ArrayDeque<>(0);
        private boolean telling;
    }

    private final Line[] lines = Stream.generate(Line::new).limit(LINES).toArray(Line[]::new);

    /** @param news what is to be told about the write, which throws nothing; null = nothing */
    <T> T write(String jobId, Supplier<T> write, Function<T, Runnable> news) {
        Line line = lines[Math.floorMod(jobId.hashCode(), LINES)];
        T written;
        line.lock.lock();
        try {
            written = write.get();
            Runnable told = news.apply(written);
            if (told == null) {
                return written;
            }
            line.news.add(told);
            if (line.telling) {
                return written;
            }
            line.telling = true;
        } finally {
            line.lock.unlock();
        }
        for (Runnable next = next(line); next != null; next = next(line)) {
            tell(next);
        }
        return written;
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            // Nobody else would tell what comes after it.
            LOG.error("A change of a job could not be told", e);
        }
    }

    private static Runnable next(Line line) {
        line.lock.lock();
        try {
            Runnable next = line.news.poll();
            line.telling = next != null;
            return next;
        } finally {
            line.lock.unlock();
        }
    }
}
