// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However writes of one and of many jobs meet: the notifications of each job come in the order of its writes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JobNotifierTest {

    private final JobNotifier notifier = new JobNotifier();

    @Test
    void aWriteOfManyNotifiesOfThoseThatItChanged() {
        List<String> notified = new ArrayList<>();

        List<String> written = notifier.writeAll(List.of("a", "b", "c"), () -> List.of("c", "a"), Function.identity(),
                jobId -> () -> notified.add(jobId));

        assertThat(written).containsExactly("c", "a");
        assertThat(notified).containsExactlyInAnyOrder("a", "c");
        assertThat(notifier.writeAll(List.<String>of(), () -> List.<String>of(), Function.identity(), jobId -> () -> { })).isEmpty();
    }

    @Test
    void aListenerMayWriteTheSameJobs() {
        List<String> notified = new ArrayList<>();

        notifier.writeAll(List.of("a", "b"), () -> List.of("a", "b"), Function.identity(), jobId -> () -> {
            notified.add(jobId + "1");
            notifier.write(jobId, () -> jobId, again -> () -> notified.add(jobId + "2"));
            notified.add(jobId + " ends");
        });

        assertThat(notified.stream().filter(one -> one.startsWith("a"))).containsExactly("a1", "a ends", "a2");
        assertThat(notified.stream().filter(one -> one.startsWith("b"))).containsExactly("b1", "b ends", "b2");
    }

    @Test
    void afterAWriteThatFailsTheJobsAreFree() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> failed = other.submit(() -> notifier.writeAll(List.of("a", "b"), () -> {
                throw new IllegalStateException("the store is away");
            }, Object::toString, jobId -> () -> { }));
            assertThat(failed).failsWithin(10, TimeUnit.SECONDS);

            AtomicInteger notified = new AtomicInteger();
            notifier.write("a", () -> "a", again -> notified::incrementAndGet);
            assertThat(notified).hasValue(1);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void writesThatMeetAreReportedInTheirOrder() throws Exception {
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> "job-" + i).toList();
        Map<String, AtomicInteger> revisions = new TreeMap<>();
        Map<String, List<Integer>> notified = new ConcurrentHashMap<>();
        ids.forEach(id -> {
            revisions.put(id, new AtomicInteger());
            notified.put(id, Collections.synchronizedList(new ArrayList<>()));
        });
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                Random random = new Random(writer);
                calls.add(writers.submit(() -> {
                    for (int round = 0; round < 100; round++) {
                        List<String> some = new ArrayList<>(ids);
                        Collections.shuffle(some, random);
                        List<String> many = some.subList(0, 50);
                        notifier.writeAll(many, () -> many.stream().map(id -> Map.entry(id, revisions.get(id).incrementAndGet())).toList(),
                                Map.Entry::getKey, write -> () -> notified.get(write.getKey()).add(write.getValue()));
                        String one = some.get(60);
                        notifier.write(one, () -> revisions.get(one).incrementAndGet(), revision -> () -> notified.get(one).add(revision));
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(notified).allSatisfy((id, seen) -> assertThat(seen)
                .isEqualTo(IntStream.rangeClosed(1, revisions.get(id).get()).boxed().toList()));
        assertThat(revisions.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(4 * 100 * 51);
    }
}
