package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it. Single-threaded. */
final class ManualTimer implements JobTimer {

    private record Entry(Instant due, long order, Runnable task) {
    }

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long count;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(now.plus(delay), count++, task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Runs all that is due until then, each task at its own time. */
    void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (!entries.isEmpty() && !entries.peek().due().isAfter(end)) {
            Entry next = entries.poll();
            now = next.due();
            next.task().run();
        }
        now = end;
    }

    void runDue() {
        advance(Duration.ZERO);
    }

    int scheduled() {
        return entries.size();
    }
}
