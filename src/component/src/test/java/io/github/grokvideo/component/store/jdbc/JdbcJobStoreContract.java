// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.JobStoreContract;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.Jobs;
import io.github.grokvideo.component.store.LearntRows;
import org.junit.jupiter.api.Test;

/** What a store in a database must do besides. */
abstract class JdbcJobStoreContract extends JobStoreContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    protected abstract JdbcJobStore store();

    @Test
    void whatNoDatabaseHasAsTextIsNotFoundAndNoOutage() {
        store().insert(Jobs.full("a"));

        assertThat(store().find("a\0")).isEmpty();
        assertThat(store().find("x".repeat(10_000))).isEmpty();
        assertThat(store().findAll(List.of("a", "a\0"))).hasSize(1);
        assertThat(store().findByTask("team\0", "task of a")).isEmpty();
        for (JobQuery query : List.of(new JobQuery(null, null, null, null, "customer-7\0", null, JobQuery.Sort.CREATED, true, 0, 10),
                new JobQuery(null, null, null, null, null, "a\0", JobQuery.Sort.CREATED, true, 0, 10))) {
            assertThat(store().page(query).jobs()).isEmpty();
        }
    }

    @Test
    void aValueThatTheDatabaseRefusesIsNoOutage() {
        VideoJob tooLong = VideoJob.create("b", "team".repeat(100), "xai", T0, job -> { });

        assertThatThrownBy(() -> store().insert(tooLong)).isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
            assertThat(refused.getCharged()).isEqualTo(Charged.NO);
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused).hasMessageContaining("SQL state 22");
        });
    }

    @Test
    void whatAPaidJobHasGrownByDoesNotKeepItsTaskIdFromBeingStored() {
        store().insert(Jobs.full("a"));
        String large = "x".repeat(1024 * 1024);

        store().update("a", job -> job.with(changes -> changes.taskId("paid\0").model("m\0".repeat(500)).tag("t".repeat(1000))
                .request(VideoRequest.ofPrompt(large)).error(job.error().withMessage(large))));

        VideoJob stored = store().find("a").orElseThrow();
        assertThat(stored.taskId()).isEqualTo("paid\0");
        assertThat(stored.error().message()).hasSize(2000);
        assertThat(store().findByTask("team", "paid\0")).contains(stored);
        assertThat(store().page(new JobQuery(null, null, null, null, "t".repeat(1000), null, JobQuery.Sort.CREATED, true, 0, 10)).jobs())
                .containsExactly(stored);
        assertThat(store().remove(stored)).isTrue();
    }

    @Test
    void ofManyChangesTheRowsThatAnotherHasChangedOrRemovedAreLeftOut() {
        List<String> ids = IntStream.range(0, 9).mapToObj(i -> store().insert(job("job-" + i, job -> { })).id()).toList();

        List<JobUpdate> updates = store().updateAll(ids, job -> {
            if (job.id().equals("job-3")) {
                store().update("job-3", now -> now.with(changes -> changes.misses(1)));
            } else if (job.id().equals("job-4")) {
                store().remove(job);
            }
            return job.with(changes -> changes.polls(5));
        });

        assertThat(updates).extracting(update -> update.after().id())
                .containsExactlyInAnyOrder("job-0", "job-1", "job-2", "job-5", "job-6", "job-7", "job-8");
        assertThat(store().find("job-3")).contains(job("job-3", job -> job.misses(1)));
        assertThat(store().find("job-4")).isEmpty();
        assertThat(store().list(job -> job.polls() == 5, 99)).hasSize(7);
    }

    @Test
    void ofManyChangesThoseThatTheDatabaseRefusesDoNotSpoilTheOthers() {
        List<String> ids = IntStream.range(0, 9).mapToObj(i -> store().insert(job("job-" + i, job -> { })).id()).toList();
        store().insert(job("holder", job -> job.jobKey("taken")));

        List<JobUpdate> updates = store().updateAll(ids, job -> job.with(changes -> changes.polls(5)
                .jobKey(job.id().equals("job-3") ? "taken" : null).node(job.id().equals("job-4") ? "n".repeat(1000) : "n-1")));

        assertThat(updates).extracting(update -> update.after().id())
                .containsExactlyInAnyOrder("job-0", "job-1", "job-2", "job-5", "job-6", "job-7", "job-8");
        assertThat(store().find("job-3")).contains(job("job-3", job -> { }));
        assertThat(store().find("job-4")).contains(job("job-4", job -> { }));
        assertThat(store().listOwnedBy("n-1", false, 99)).hasSize(7).allMatch(job -> job.polls() == 5);
    }

    @Test
    void whatIsLearntIsStoredUnlessAnotherNodeWasFaster() {
        LearntRows learnt = store().learnt().orElseThrow();
        String kind = "team|xai|" + "m".repeat(500);

        assertThat(learnt.put(new LearntRows.Row(kind, "{}", 0))).isTrue();
        assertThat(learnt.put(new LearntRows.Row(kind, "{\"other\":1}", 0))).isFalse();
        assertThat(learnt.put(new LearntRows.Row("b", "{}", 0))).isTrue();
        LearntRows.Row read = learnt.find(List.of(kind, "unknown")).get(0);
        assertThat(read).isEqualTo(new LearntRows.Row(kind, "{}", 1));
        assertThat(learnt.put(new LearntRows.Row(kind, "{\"a\":1}", read.revision()))).isTrue();
        assertThat(learnt.put(new LearntRows.Row(kind, "{\"a\":2}", read.revision()))).isFalse();
        assertThat(learnt.find(List.of(kind, "b"))).extracting(LearntRows.Row::content).containsExactlyInAnyOrder("{\"a\":1}", "{}");
        assertThat(learnt.find(List.of())).isEmpty();
    }

    @Test
    void dueJobsSayWhenTheyAreDue() {
        withDueJobs(due -> {
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
        });
    }

    @Test
    void manyJobsAreScheduledAtOnceAndThoseThatAreAlreadyKeepTheirTime() {
        withDueJobs(due -> {
            due.put("job-7", T0.plusSeconds(10));
            List<String> ids = IntStream.range(0, 700).mapToObj(i -> "job-" + i).toList();

            due.putAll(ids, T0);
            due.putAll(ids, T0.plusSeconds(99));
            due.putAll(List.of(), T0);

            Map<String, Instant> found = new HashMap<>(due.dueAt(ids));
            assertThat(found.remove("job-7")).isCloseTo(T0.plusSeconds(10), within(1, ChronoUnit.MILLIS));
            assertThat(found).hasSize(699).allSatisfy((id, at) -> assertThat(at).isCloseTo(T0, within(1, ChronoUnit.MILLIS)));
        });
    }

    @Test
    void nodesThatScheduleTheSameJobsAtOnceScheduleEachOnce() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            withDueJobs(due -> {
                for (int round = 0; round < 5; round++) {
                    String name = "job-" + round + "-";
                    List<String> ids = IntStream.range(0, 100).mapToObj(i -> name + i).toList();
                    CyclicBarrier start = new CyclicBarrier(4);
                    CompletableFuture.allOf(IntStream.range(0, 4).mapToObj(node -> CompletableFuture.runAsync(() -> {
                        try {
                            start.await(30, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        due.putAll(ids, T0);
                    }, nodes)).toArray(CompletableFuture[]::new)).join();

                    assertThat(due.dueAt(ids)).hasSize(100);
                }
            });
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void stepsThatRunHoldNoThread() {
        Map<String, CompletableFuture<Optional<Instant>>> running = new ConcurrentHashMap<>();
        Instant later = Instant.now().plusSeconds(3600);
        withDueJobs(due -> {
            List<String> ids = IntStream.range(0, 300).mapToObj(i -> "job-" + i).toList();
            due.putAll(ids, Instant.now().minusSeconds(1));
            due.start(jobIds -> begun(jobIds, running));

            // More than there are threads.
            await().atMost(LONG).until(() -> running.size() == ids.size());
            running.forEach((jobId, end) -> end.complete(jobId.endsWith("7") ? Optional.empty() : Optional.of(later)));

            List<String> over = ids.stream().filter(jobId -> jobId.endsWith("7")).toList();
            await().atMost(LONG).untilAsserted(() -> assertThat(due.dueAt(ids)).hasSize(ids.size() - over.size()).allSatisfy(
                    (jobId, at) -> assertThat(at).isCloseTo(later, within(1, ChronoUnit.MILLIS))).doesNotContainKeys(
                            over.toArray(String[]::new)));
        });
    }

    @Test
    void aJobThatIsBroughtForwardWhileItsStepRunsIsDueAgainAfterIt() {
        List<CompletableFuture<Optional<Instant>>> running = new CopyOnWriteArrayList<>();
        withDueJobs(due -> {
            due.put("job-1", Instant.now().minusSeconds(1));
            due.start(jobIds -> {
                running.add(new CompletableFuture<>());
                return Map.of("job-1", running.get(running.size() - 1));
            });
            await().atMost(LONG).until(() -> running.size() == 1);

            due.bringForward("job-1", Instant.now());
            running.get(0).complete(Optional.of(Instant.now().plusSeconds(3600)));
            await().atMost(LONG).until(() -> running.size() == 2);
            running.get(1).complete(Optional.of(Instant.now().plusSeconds(3600)));
        });
    }

    @Test
    void eachStepRunsOnOneNode() {
        List<String> begun = new CopyOnWriteArrayList<>();
        DueJobs.Steps steps = jobIds -> {
            begun.addAll(jobIds);
            return jobIds.stream().collect(Collectors.toMap(Function.identity(),
                    jobId -> CompletableFuture.completedFuture(Optional.of(Instant.now().plusSeconds(3600)))));
        };
        withDueJobs("n-1", one -> withDueJobs("n-2", two -> {
            List<String> ids = IntStream.range(0, 1500).mapToObj(i -> "job-" + i).toList();
            one.putAll(ids, Instant.now().minusSeconds(1));
            one.start(steps);
            two.start(steps);

            await().atMost(LONG).until(() -> one.dueAt(ids).values().stream().allMatch(at -> at.isAfter(Instant.now())));
            assertThat(begun).containsExactlyInAnyOrderElementsOf(ids);
        }));
    }

    @Test
    void aStopStoresHowRunningStepsEnd() {
        Map<String, CompletableFuture<Optional<Instant>>> running = new ConcurrentHashMap<>();
        Instant later = Instant.now().plusSeconds(3600);
        withDueJobs(due -> {
            due.putAll(List.of("job-1", "job-2"), Instant.now().minusSeconds(1));
            due.start(jobIds -> begun(jobIds, running));
            await().atMost(LONG).until(() -> running.size() == 2);

            running.values().forEach(end -> end.complete(Optional.of(later)));
            due.stop();
            assertThat(due.dueAt(List.of("job-1", "job-2"))).hasSize(2)
                    .allSatisfy((jobId, at) -> assertThat(at).isCloseTo(later, within(1, ChronoUnit.MILLIS)));
        });
    }

    private static Map<String, CompletableFuture<Optional<Instant>>> begun(
            Collection<String> jobIds, Map<String, CompletableFuture<Optional<Instant>>> running) {
        jobIds.forEach(jobId -> running.put(jobId, new CompletableFuture<>()));
        return running;
    }

    private void withDueJobs(Consumer<DueJobs> test) {
        withDueJobs("n-1", test);
    }

    private void withDueJobs(String node, Consumer<DueJobs> test) {
        ExecutorService steps = Executors.newSingleThreadExecutor();
        ExecutorService search = Executors.newSingleThreadExecutor();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(3);
        DueJobs due = store().dueJobs(node, new DueJobThreads(steps, search, timer));
        try {
            test.accept(due);
        } finally {
            due.stop();
            steps.shutdownNow();
            search.shutdownNow();
            timer.shutdownNow();
        }
    }
}
