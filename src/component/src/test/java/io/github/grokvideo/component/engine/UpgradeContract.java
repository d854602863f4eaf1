// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import io.github.grokvideo.component.engine.core.ScheduledJobTimer;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database as version 1 of the schema left it, with a job in each state, is brought up to date, and the work goes on. */
abstract class UpgradeContract {

    /** The states of the first version, in its order. */
    private static final List<JobState> FIRST_STATES =
            Stream.of(JobState.values()).filter(state -> state != JobState.CANCELLED).toList();
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final Set<JobState> OPEN = EnumSet.of(
            JobState.NEW, JobState.SUBMITTING, JobState.ACCEPTED, JobState.RUNNING, JobState.RENDERED, JobState.DOWNLOADED);

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;
    private final TestGateway gateway = new TestGateway();
    private final ReentrantLock calls = new ReentrantLock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private JdbcJobStore store;
    private DefaultVideoEngine engine;

    /** @return a database with the rows of version 1 */
    abstract DataSource database() throws Exception;

    /** As if the last process of the earlier version had ended long ago. */
    abstract void oldProcessEndedLongAgo() throws Exception;

    static String dump(String name) throws IOException {
        try (InputStream sql = UpgradeContract.class.getResourceAsStream("/schema/" + name)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What an extending class stands on ends after this. */
    void stop() {
        if (engine != null) {
            engine.close();
        }
        if (store != null) {
            store.close();
        }
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void everyJobIsFoundAgain() throws Exception {
        store = JdbcJobStore.open(database(), true);

        for (JobState state : FIRST_STATES) {
            VideoJob job = store.find("job-" + state).orElseThrow();
            assertThat(job.state()).isEqualTo(state);
            assertThat(job.createdAt()).isEqualTo(T0.plusSeconds(FIRST_STATES.indexOf(state)));
            assertThat(job.request().prompt()).isEqualTo("a cat, " + state + " it's \uD83D\uDC08");
            assertThat(job.delivery()).isEqualTo(JobDelivery.ATTACHED);
            assertThat(job.error() != null).as(job.toString()).isEqualTo(job.state().isEnded() && state != JobState.DELIVERED);
            assertThat(job.metadata()).isEmpty();
            assertThat(job.submittedAt()).isNull();
            assertThat(job.runningAt()).isNull();
            if (state != JobState.REJECTED) {
                assertThat(store.findByKey("default", "key-" + state)).map(VideoJob::id).contains(job.id());
            }
            assertThat(job.taskId() == null ? Optional.of(job.id()) : store.findByTask("default", job.taskId()).map(VideoJob::id))
                    .contains(job.id());
        }
        VideoJob full = store.find("job-full").orElseThrow();
        assertThat(full.request().images()).hasSize(7);
        assertThat(full.size()).isEqualTo(1L << 40);
        assertThat(store.listOwnedBy("before-nodes", true, 100)).extracting(VideoJob::state).containsExactly(JobState.SUBMITTING);
        assertThat(store.listOwnedBy("before-nodes", false, 100)).extracting(VideoJob::state).hasSize(OPEN.size())
                .containsAll(OPEN.stream().filter(state -> state != JobState.SUBMITTING).toList());
        assertThat(store.update("job-RUNNING", job -> job.with(changes -> changes.progress(41)))).map(JobUpdate::after)
                .map(VideoJob::progress).contains(41);
    }

    @Test
    void openJobsAreTakenUpAndNothingIsSentAgain() throws Exception {
        DataSource database = database();
        store = JdbcJobStore.open(database, true);
        oldProcessEndedLongAgo();
        begin();

        Map<String, VideoJob> completed = new TreeMap<>();
        await().atMost(LONG).pollInterval(SHORT).untilAsserted(() -> {
            engine.completions().claim(job -> job.provider().equals("test"), 10).forEach(job -> completed.put(job.id(), job));
            assertThat(completed).containsOnlyKeys("job-SUBMITTING", "job-ACCEPTED", "job-RUNNING", "job-RENDERED", "job-DOWNLOADED");
        });

        VideoJob doubtful = completed.remove("job-SUBMITTING");
        assertThat(doubtful.state()).isEqualTo(JobState.UNKNOWN);
        assertThat(doubtful.error().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(completed.values()).allSatisfy(job -> {
            assertThat(job.state()).isEqualTo(JobState.DOWNLOADED);
            assertThat(job.file()).hasContent("video of " + job.id());
        });
        // Never sent: its message makes a new job.
        assertThat(store.find("job-NEW")).isEmpty();
        assertThat(store.findByKey("default", "key-NEW")).isEmpty();
        for (JobState ended : List.of(JobState.DELIVERED, JobState.FAILED, JobState.MODERATED, JobState.EXPIRED, JobState.UNKNOWN)) {
            assertThat(store.find("job-" + ended).orElseThrow().state()).isEqualTo(ended);
        }
        assertThat(gateway.posts()).isZero();
        await().atMost(LONG).pollInterval(SHORT).untilAsserted(() -> {
            assertThat(store.listOwnedBy("before-nodes", true, 10)).isEmpty();
            assertThat(store.listOwnedBy("before-nodes", false, 10)).isEmpty();
        });
    }

    private void begin() {
        EngineSettings settings = EngineSettings.builder(directory.resolve("work")).submitTimeout(Duration.ofSeconds(60))
                .submitRetryTimeout(Duration.ofSeconds(60)).pollTimeout(Duration.ofSeconds(30))
                .downloadTimeout(Duration.ofMinutes(30)).downloadIdleTimeout(Duration.ofSeconds(30)).maxFileSize(2L << 30)
                .ioThreads(4).keepUndelivered(Duration.ofDays(3650)).keepKeys(Duration.ofDays(3650))
                .keepJobs(Duration.ofDays(3650)).orphanAfter(Duration.ofMillis(1)).storePrompts(true).build();
        EngineCluster cluster = new EngineCluster("new-node", "work-1", store.nodes(),
                store.dueJobs("new-node", new DueJobThreads(threads, threads, timer)),
                name -> name.equals("default") ? Optional.of(account()) : Optional.empty(), threads);
        engine = new DefaultVideoEngine(settings, store, cluster,
                (access, call, timeout) -> locked(() -> gateway.call(access, call, timeout)),
                order -> locked(() -> gateway.download(order)), new ScheduledJobTimer(Clock.systemUTC(), timer), threads, threads,
                new Random(1), () -> { }, () -> { });
        engine.start();
    }

    /** Asks often: the jobs are months old, and would be asked about once a minute. */
    private VideoAccount account() {
        return new VideoAccount("default", gateway, gateway.account().access(), null, Duration.ofMillis(50), Duration.ofMillis(100),
                null, 0, false);
    }

    /** The test's gateway is made for one thread. */
    private <T> T locked(Callable<T> call) {
        calls.lock();
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            calls.unlock();
        }
    }
}
