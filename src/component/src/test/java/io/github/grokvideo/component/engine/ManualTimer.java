// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
/** Time that stands still until a test moves it. Tasks run on the thread that moves it; entries may come from others. */
final class ManualTimer implements JobTimer {

    private record Entry(Instant due, long order, Runnable task) {
    }

    private final NavigableSet<Entry> entries =
            new ConcurrentSkipListSet<>(Comparator.comparing(Entry::due).thenComparing(Entry::order));
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicLong count = new AtomicLong();

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(now.plus(delay), count.getAndIncrement(), task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Runs all that is due until then, each task at its own time. */
    void advance(Duration duration) {
        Instant end = now.plus(duration);
        for (Entry next = first(); next != null && !next.due().isAfter(end); next = first()) {
            if (entries.remove(next)) {
                now = next.due();
                next.task().run();
            }
        }
        now = end;
    }

    private Entry first() {
        return entries.isEmpty() ? null : entries.first();
    }

    void runDue() {
        advance(Duration.ZERO);
    }

    int scheduled() {
        return entries.size();
    }
}
