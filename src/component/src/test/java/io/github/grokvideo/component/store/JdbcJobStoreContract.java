package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store in a database must do besides. */
abstract class JdbcJobStoreContract extends JobStoreContract {

    @Override
    abstract JdbcJobStore store();

    @Test
    void dueJobsSayWhenTheyAreDue() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            DueJobs due = store().dueJobs("n-1", new DueJobThreads(threads, 1, threads, timer));
            due.put("a", T0);
            due.put("b", T0.plusSeconds(10));
            due.put("b", T0.plusSeconds(99));
            due.put("c", T0.plusSeconds(20));
            due.bringForward("c", T0.plusSeconds(5));

            // More than one statement takes.
            List<String> many = Stream.concat(IntStream.range(0, 1200).mapToObj(i -> "nobody-" + i), Stream.of("b", "c")).toList();
            Map<String, Instant> found = due.dueAt(many);
            assertThat(found).containsOnlyKeys("b", "c");
            assertThat(found.get("b")).isCloseTo(T0.plusSeconds(10), within(1, ChronoUnit.MILLIS));
            assertThat(found.get("c")).isCloseTo(T0.plusSeconds(5), within(1, ChronoUnit.MILLIS));
            assertThat(due.dueAt(List.of())).isEmpty();
        } finally {
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }
}
