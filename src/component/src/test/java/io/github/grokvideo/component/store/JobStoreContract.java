// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store must do. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class JobStoreContract extends FollowedJobsContract {

    public static final Instant T0 = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final int CALLERS = 16;

    public static VideoJob job(String id, Consumer<JobFields> fields) {
        return VideoJob.create(id, "default", "xai", T0, fields);
    }

    @Test
    void aJobComesBackAsItWasPut() {
        VideoJob job = Jobs.full("full-1");

        assertThat(store().insert(job)).isSameAs(job);

        assertThat(store().find("full-1")).contains(job);
        assertThat(store().findByKey("team", job.jobKey())).contains(job);
        assertThat(store().findByTask("team", job.taskId())).contains(job);
        assertThat(store().find("other")).isEmpty();
        assertThat(store().findByKey("default", job.jobKey())).as("another account").isEmpty();
        assertThat(store().findByTask("default", job.taskId())).as("another account").isEmpty();
    }

    @Test
    void anIdAndAKeyAreTakenOnce() {
        VideoJob first = job("a", job -> job.jobKey("k"));
        store().insert(first);

        assertThat(store().insert(job("a", job -> job.jobKey("k2")))).isEqualTo(first);
        assertThat(store().insert(job("b", job -> job.jobKey("k")))).isEqualTo(first);
        assertThat(store().find("b")).isEmpty();
        assertThat(store().findByKey("default", "k2")).isEmpty();
        VideoJob elsewhere = VideoJob.create("c", "team", "xai", T0, job -> job.jobKey("k"));
        assertThat(store().insert(elsewhere)).isSameAs(elsewhere);
        assertThat(store().insert(job("d", job -> { })).id()).isEqualTo("d");
        assertThat(store().insert(job("e", job -> { })).id()).as("no key is no key").isEqualTo("e");
    }

    @Test
    void keysOfAnyLengthAndLetterAreKept() {
        for (String key : List.of("/inbox/" + "x".repeat(5000), "/inbox/" + "x".repeat(5000) + "y", "zero\0byte", "Ünïcødé 猫 🐈",
                "sha256:abc", "tab\tnew\nline'quote\"")) {
            VideoJob job = job("job-" + key.hashCode(), fields -> fields.jobKey(key).taskId(key));
            assertThat(store().insert(job)).isSameAs(job);
            assertThat(store().findByKey("default", key)).contains(job);
            assertThat(store().findByTask("default", key)).contains(job);
        }
    }

    @Test
    void aChangeIsStoredAndAFreedKeyIsFree() {
        store().insert(job("a", job -> job.jobKey("k")));

        JobUpdate update = store().update("a", job -> job.with(next -> next.jobKey(null).state(JobState.REJECTED).endedAt(T0)))
                .orElseThrow();

        assertThat(update.isApplied()).isTrue();
        assertThat(update.before().jobKey()).isEqualTo("k");
        VideoJob changed = update.after();
        assertThat(changed.state()).isEqualTo(JobState.REJECTED);
        assertThat(store().find("a")).contains(changed);
        assertThat(store().findByKey("default", "k")).isEmpty();
        assertThat(store().insert(job("b", job -> job.jobKey("k"))).id()).isEqualTo("b");
        assertThat(store().update("nobody", job -> job.with(next -> next.polls(1)))).isEmpty();
        assertThat(store().update("a", job -> job)).hasValueSatisfying(none -> {
            assertThat(none.isApplied()).isFalse();
            assertThat(none.after()).isEqualTo(changed);
        });
    }

    @Test
    void aJobIsRemovedOnlyAsItIs() {
        store().insert(Jobs.full("a"));
        VideoJob old = store().find("a").orElseThrow();
        VideoJob now = store().update("a", job -> job.with(next -> next.polls(99))).orElseThrow().after();

        assertThat(store().remove(old)).isFalse();
        assertThat(store().remove(now)).isTrue();
        assertThat(store().remove(now)).isFalse();
        assertThat(store().find("a")).isEmpty();
        assertThat(store().findByKey("team", old.jobKey())).isEmpty();
    }

    @Test
    void manyAreRemovedUnlessTheyHaveChanged() {
        List<VideoJob> jobs = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            jobs.add(store().insert(VideoJob.create("job-" + i, "a", "xai", T0, job -> job.state(JobState.FAILED).endedAt(T0))));
        }
        store().update("job-7", job -> job.with(changes -> changes.polls(3)));
        store().remove(jobs.get(8));

        List<VideoJob> removed = store().removeAll(jobs);

        assertThat(removed).hasSize(1198).doesNotContain(jobs.get(7), jobs.get(8));
        assertThat(store().list(job -> true, 2000)).extracting(VideoJob::id).containsExactly("job-7");
        assertThat(store().removeAll(List.of())).isEmpty();
    }

    @Test
    void manyAreChangedAtOnce() {
        List<String> ids = new ArrayList<>(List.of("missing"));
        for (int i = 0; i < 1200; i++) {
            ids.add(store().insert(job("job-" + i, job -> { })).id());
        }
        store().insert(job("not named", job -> { }));

        List<JobUpdate> updates = store().updateAll(
                ids, job -> job.id().equals("job-7") ? job : job.with(changes -> changes.polls(3).taskId("task of " + job.id())));

        assertThat(updates).hasSize(1199).allSatisfy(update -> {
            assertThat(update.before()).isEqualTo(job(update.before().id(), job -> { }));
            assertThat(store().find(update.before().id())).contains(update.after());
            assertThat(update.after().polls()).isEqualTo(3);
        });
        assertThat(updates).extracting(update -> update.after().id()).doesNotHaveDuplicates().doesNotContain("job-7");
        for (String id : List.of("job-7", "not named")) {
            assertThat(store().find(id)).contains(job(id, job -> { }));
        }
        assertThat(store().findByTask("default", "task of job-8")).contains(updates.stream().map(JobUpdate::after)
                .filter(job -> job.id().equals("job-8")).findFirst().orElseThrow());
        assertThat(store().updateAll(List.of(), job -> job.with(changes -> changes.polls(4)))).isEmpty();
        assertThat(store().updateAll(List.of("missing"), job -> job.with(changes -> changes.polls(4)))).isEmpty();
    }

    @Test
    void changesOfManyThatMeetAreStoredAndReportedOnce() throws Exception {
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> store().insert(job("job-" + i, job -> { })).id()).toList();
        AtomicInteger reported = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> calls = IntStream.range(0, 4).<Future<?>>mapToObj(caller -> callers.submit(() -> {
                List<String> shuffled = new ArrayList<>(ids);
                for (int round = 0; round < 5; round++) {
                    Collections.shuffle(shuffled, new Random(caller));
                    reported.addAndGet(store().updateAll(shuffled, job -> job.with(next -> next.polls(job.polls() + 1))).size());
                    store().update("job-0", job -> job.with(next -> next.misses(job.misses() + 1)));
                }
            })).toList();
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
            callers.awaitTermination(10, TimeUnit.SECONDS);
        }

        List<VideoJob> jobs = store().list(job -> true, 1000);
        assertThat(jobs).hasSize(200).allMatch(job -> job.polls() >= 1);
        assertThat(jobs.stream().mapToInt(VideoJob::polls).sum()).isEqualTo(reported.get());
        assertThat(store().find("job-0").orElseThrow().misses()).isEqualTo(20);
    }

    @Test
    void jobsAreListedOldestFirst() {
        for (int number : List.of(3, 1, 2)) {
            store().insert(VideoJob.create("j" + number, "default", "xai", T0.plusSeconds(number), job -> { }));
        }

        assertThat(store().list(job -> true, 10)).extracting(VideoJob::id).containsExactly("j1", "j2", "j3");
        assertThat(store().list(job -> !job.id().equals("j1"), 1)).extracting(VideoJob::id).containsExactly("j2");
    }

    @Test
    void whatTheEngineLooksForIsFound() {
        for (JobState state : JobState.values()) {
            store().insert(job("plain-" + state, job -> fill(job, state)));
            store().insert(job("key-" + state, job -> fill(job, state).jobKey("key-" + state)));
        }
        store().insert(VideoJob.create("other", "team", "xai", T0, job -> { }));

        assertThat(store().listOpen("default", T0.plusNanos(1), 100)).hasSize(12)
                .allMatch(job -> !job.state().isEnded() && job.account().equals("default"));
        assertThat(store().listOpen("default", T0, 100)).as("not before").isEmpty();
        assertThat(store().listOpen("default", T0.plusSeconds(1), 3)).hasSize(3);
        assertThat(store().countOpen("default")).as("SUBMITTING, ACCEPTED, RUNNING").isEqualTo(6);
        assertThat(store().countOpen("team")).as("not yet sent").isZero();
        assertThat(store().countOpen("nobody")).isZero();
        assertThat(store().listEnded(T0.plusSeconds(6), false, job -> true, 100)).hasSize(7)
                .allMatch(job -> job.state().isEnded() && job.jobKey() == null);
        assertThat(store().listEnded(T0.plusSeconds(6), true, job -> true, 100)).hasSize(7).allMatch(job -> job.jobKey() != null);
        assertThat(store().listEnded(T0.plusSeconds(6), true, job -> job.state() == JobState.FAILED, 1)).hasSize(1)
                .allMatch(job -> job.state() == JobState.FAILED);
        assertThat(store().listEnded(T0.plusSeconds(5), true, job -> true, 100)).isEmpty();
        assertThat(store().listUndelivered(T0.plusSeconds(4), 100)).extracting(VideoJob::id)
                .containsExactlyInAnyOrder("plain-RENDERED", "key-RENDERED", "plain-DOWNLOADED", "key-DOWNLOADED");
        assertThat(store().listUndelivered(T0.plusSeconds(3), 100)).extracting(VideoJob::id)
                .containsExactlyInAnyOrder("plain-RENDERED", "key-RENDERED");
        assertThat(store().listUndelivered(T0.plusSeconds(2), 100)).isEmpty();
    }

    private static JobFields fill(JobFields job, JobState state) {
        job.state(state).renderedAt(state == JobState.RENDERED || state == JobState.DOWNLOADED ? T0.plusSeconds(2) : null);
        job.downloadedAt(state == JobState.DOWNLOADED ? T0.plusSeconds(3) : null);
        return job.endedAt(state.isEnded() ? T0.plusSeconds(5) : null);
    }

    @Test
    void ofManyCallersWithOneKeyOneInserts() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            for (int round = 0; round < 50; round++) {
                String key = "key-" + round;
                CyclicBarrier start = new CyclicBarrier(CALLERS);
                Set<String> holders = ConcurrentHashMap.newKeySet();
                AtomicInteger inserted = new AtomicInteger();
                List<Future<?>> calls = IntStream.range(0, CALLERS).<Future<?>>mapToObj(caller -> callers.submit(() -> {
                    VideoJob job = job(key + "-" + caller, fields -> fields.jobKey(key).request(VideoRequest.ofPrompt("a cat")));
                    start.await();
                    VideoJob holder = store().insert(job);
                    holders.add(holder.id());
                    if (holder == job) {
                        inserted.incrementAndGet();
                    }
                    return null;
                })).toList();
                for (Future<?> call : calls) {
                    call.get();
                }
                assertThat(inserted).as(key).hasValue(1);
                assertThat(holders).as(key).hasSize(1);
            }
        } finally {
            callers.shutdownNow();
            callers.awaitTermination(10, TimeUnit.SECONDS);
        }
        assertThat(store().list(job -> true, 1000)).hasSize(50);
    }

    @Test
    void noneOfManyChangesIsLost() throws Exception {
        store().insert(job("a", job -> { }));
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> calls = IntStream.range(0, 8).<Future<?>>mapToObj(caller -> callers.submit(() -> IntStream.range(0, 25)
                    .forEach(i -> store().update("a", job -> job.with(next -> next.polls(job.polls() + 1)))))).toList();
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
            callers.awaitTermination(10, TimeUnit.SECONDS);
        }
        assertThat(store().find("a").orElseThrow().polls()).isEqualTo(200);
    }

    @Test
    void pagesAreFilteredAndSorted() {
        for (int i = 0; i < 9; i++) {
            int number = i;
            store().insert(VideoJob.create("job-" + i, i % 2 == 0 ? "team" : "default", i < 3 ? "xai" : "toapis", T0.plusSeconds(i),
                    job -> job.state(number < 6 ? JobState.RUNNING : JobState.FAILED).endedAt(number < 6 ? null : T0.minusSeconds(number))
                            .jobKey(number == 4 ? "50%_Off!" : null).model(number == 5 ? "Imagine-X" : null).tag(number < 2 ? "a" : "b")));
        }

        assertThat(ids(new JobQuery(null, null, null, null, null, null, JobQuery.Sort.CREATED, true, 1, 3)))
                .containsExactly("job-7", "job-6", "job-5");
        assertThat(ids(new JobQuery(null, null, null, null, null, null, JobQuery.Sort.ENDED, false, 0, 4)))
                .containsExactly("job-8", "job-7", "job-6", "job-0");
        assertThat(ids(new JobQuery(null, null, null, null, null, null, JobQuery.Sort.ENDED, true, 5, 4)))
                .containsExactly("job-0", "job-6", "job-7", "job-8");
        assertThat(ids(new JobQuery(Set.of(JobState.FAILED), null, null, "team", "b", null, JobQuery.Sort.STATE, false, 0, 9)))
                .containsExactly("job-6", "job-8");
        assertThat(ids(new JobQuery(null, null, "xai", null, null, null, JobQuery.Sort.PROVIDER, false, 0, 9)))
                .containsExactly("job-0", "job-1", "job-2");
        assertThat(ids(after("job-6", true))).containsExactly("job-4", "job-2", "job-0");
        assertThat(store().page(after("job-6", true)).total()).isEqualTo(3);
        assertThat(ids(after("job-5", false))).as("a job that the filter leaves out").containsExactly("job-6", "job-8");
        assertThat(ids(after("none", true))).isEmpty();
        assertThat(ids(after("a\0", true))).isEmpty();
        assertThat(ids(text("%_off!"))).containsExactly("job-4");
        assertThat(ids(text("_"))).containsExactly("job-4");
        assertThat(ids(text("imagine"))).containsExactly("job-5");
        assertThat(store().page(new JobQuery(null, Set.of(JobDelivery.State.ATTACHED), null, null, null, null, JobQuery.Sort.CREATED,
                false, 100, 9)).total()).isEqualTo(9);
    }

    /** The jobs of an account, the newest or the oldest first. */
    private static JobQuery after(String id, boolean descending) {
        return new JobQuery(null, null, null, "team", null, null, JobQuery.Sort.CREATED, descending, 0, 9, id);
    }

    private static JobQuery text(String text) {
        return new JobQuery(null, null, null, null, null, text, JobQuery.Sort.CREATED, false, 0, 9);
    }

    private List<String> ids(JobQuery query) {
        return store().page(query).jobs().stream().map(VideoJob::id).toList();
    }

    @Test
    void offeredJobsComeInTurnAndJobsInHandByTheirNode() {
        JobDelivery later = JobDelivery.DETACHED.offered(T0.plusSeconds(20));
        store().insert(job("a", job -> job.delivery(later)));
        store().insert(job("b", job -> job.delivery(JobDelivery.DETACHED.offered(T0.plusSeconds(10))).tag("t")));
        store().insert(job("c", job -> job.delivery(JobDelivery.DETACHED.offered(T0.plusSeconds(5)).claimed()).node("n-1")));
        store().insert(job("d", job -> job.node("n-2")));

        assertThat(store().listOffered(T0.plusSeconds(9), job -> true, 9)).isEmpty();
        assertThat(store().listOffered(T0.plusSeconds(20), job -> true, 9)).extracting(VideoJob::id).containsExactly("b", "a");
        assertThat(store().listOffered(T0.plusSeconds(20), job -> job.tag() == null, 9)).extracting(VideoJob::id).containsExactly("a");
        assertThat(store().listOffered(T0.plusSeconds(20), job -> true, 1)).hasSize(1);
        assertThat(store().listOwnedBy("n-1", false, 9)).extracting(VideoJob::id).containsExactly("c");
        assertThat(store().listOwnedBy("n-1", true, 9)).isEmpty();
        store().insert(job("e", job -> job.node("n-1").state(JobState.SUBMITTING)));
        assertThat(store().listOwnedBy("n-1", true, 9)).extracting(VideoJob::id).containsExactly("e");
        assertThat(store().listOwnedBy("n-1", false, 9)).extracting(VideoJob::id).containsExactly("c");
        store().update("c", job -> job.with(changes -> changes.node(null)));
        assertThat(store().listOwnedBy("n-1", false, 9)).isEmpty();
        assertThat(store().findAll(List.of("a", "d", "nobody"))).extracting(VideoJob::id).containsExactlyInAnyOrder("a", "d");
    }
}
