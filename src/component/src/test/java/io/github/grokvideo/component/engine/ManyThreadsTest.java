// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.ScheduledJobTimer;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.transport.VideoTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The promises under real threads: each race is run again and again, and what must hold is counted. */
class ManyThreadsTest {

    private static final int ROUNDS = 50;
    private static final int RACERS = 4;
    private static final Duration HOUR = Duration.ofHours(1);
    /** Time goes so much faster than the clock: the pauses after a refusal are not waited for. */
    private static final int FASTER = 20;

    @TempDir
    Path directory;

    private final TestGateway gateway = new TestGateway();
    private final MemoryJobStore store = new MemoryJobStore();
    private final Map<String, Integer> posts = new ConcurrentHashMap<>();
    private final Object waiter = new Object();
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService work = Executors.newFixedThreadPool(4);
    private final ExecutorService callbacks = Executors.newFixedThreadPool(2);
    private final ExecutorService calls = Executors.newFixedThreadPool(4);
    private final ExecutorService racers = Executors.newFixedThreadPool(RACERS);
    private DefaultVideoEngine engine;

    @BeforeEach
    void start() {
        VideoTransport transport = (access, call, timeout) -> CompletableFuture.supplyAsync(() -> {
            if (call.method().equals("POST")) {
                String prompt = ((HttpCall.Json) call.body()).content().get("prompt").asText();
                posts.merge(prompt, 1, Integer::sum);
                return prompt.startsWith("429") && posts.get(prompt) % 3 != 0 ? TestGateway.retryAfter(429, 0)
                        : TestGateway.status(200, "task of " + prompt);
            }
            return TestGateway.status(200, "http://files.test" + call.path().replace(' ', '-'));
        }, calls);
        EngineSettings settings = EngineSettings.builder(directory).submitTimeout(Duration.ofSeconds(20)).submitRetryTimeout(HOUR)
                .pollTimeout(Duration.ofSeconds(20)).downloadTimeout(HOUR).downloadIdleTimeout(HOUR).maxFileSize(1 << 20)
                .ioThreads(4).keepUndelivered(Duration.ofDays(1)).keepKeys(Duration.ofDays(1)).build();
        engine = new DefaultVideoEngine(settings, store, transport, order -> CompletableFuture.supplyAsync(
                () -> TestGateway.write(order), calls), fastTimer(), work, callbacks,
                RandomGenerator.getDefault(), () -> { });
        engine.start();
    }

    private JobTimer fastTimer() {
        JobTimer timer = new ScheduledJobTimer(Clock.systemUTC(), time);
        Instant begun = timer.now();
        return new JobTimer() {
            @Override
            public Instant now() {
                return begun.plus(Duration.between(begun, timer.now()).multipliedBy(FASTER));
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                return timer.schedule(delay.dividedBy(FASTER), task);
            }
        };
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.close();
        for (ExecutorService pool : List.of(time, racers, work, calls, callbacks)) {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @RepeatedTest(ROUNDS)
    void oneKeyIsPaidOnceHoweverManyComeAtOnce() throws Exception {
        List<VideoJob> jobs = Collections.synchronizedList(new ArrayList<>());
        race(racer -> jobs.add(get(engine.submit(order("job-" + racer, "429 cat", "key", 1)))));

        assertThat(jobs).hasSize(RACERS).extracting(VideoJob::id).containsOnly(jobs.get(0).id());
        assertThat(jobs).extracting(VideoJob::taskId).containsOnly("task of 429 cat");
        assertThat(posts).containsExactly(Map.entry("429 cat", 3));
        assertThat(get(await(jobs.get(0).id())).state()).isEqualTo(JobState.DOWNLOADED);
    }

    @RepeatedTest(ROUNDS)
    void anUnknownJobIsSentAgainOnceHoweverManyWantIt() throws Exception {
        VideoOrder order = order("job-1", "a cat", "key", 0);
        store.insert(VideoJob.create("job-1", "narrow", "test", Instant.now(), changes -> changes.jobKey("key")
                .state(JobState.UNKNOWN).endedAt(Instant.now()).request(order.request())
                .error(EngineErrors.submitUnknown("test"))));

        race(racer -> assertThat(get(engine.submit(EngineTestBase.with(order("job-" + racer, "a cat", "key", 0),
                VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT))).id()).isEqualTo("job-1"));

        assertThat(posts).containsExactly(Map.entry("a cat", 1));
    }

    @RepeatedTest(ROUNDS)
    void aStopInTheMidstOfSubmitsLeavesNobodyWaitingAndNothingHalfDone() throws Exception {
        List<CompletableFuture<VideoJob>> answers = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch some = new CountDownLatch(5);
        race(racer -> {
            if (racer == 0) {
                some.await();
                engine.refuse();
                engine.detachAll();
                return;
            }
            for (int i = 0; i < 20; i++) {
                String job = racer + "-" + i;
                answers.add(engine.submit(order(job, "cat " + job, null, 2)).thenCompose(accepted -> await(accepted.id())));
                some.countDown();
            }
        });

        for (CompletableFuture<VideoJob> answer : answers) {
            try {
                answer.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(GrokVideoException.class);
            }
        }
        engine.close();
        work.shutdown();
        assertThat(work.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(posts.values()).allMatch(count -> count == 1);
        assertThat(store.list(job -> job.state() == JobState.SUBMITTING || job.state() == JobState.NEW, 100)).isEmpty();
        assertThat(store.list(job -> job.taskId() != null, 100)).hasSize(posts.size());
    }

    @RepeatedTest(ROUNDS)
    void aRouteThatStopsAndStartsPaysEachJobOnceAndKeepsNoPlace() throws Exception {
        race(racer -> {
            for (int i = 0; i < 10; i++) {
                if (racer == 0) {
                    engine.detach(waiter);
                } else {
                    await(engine.submit(order("job-" + racer + "-" + i, "cat " + racer + "-" + i, null, 1)));
                }
            }
        });
        List<VideoJob> jobs = new ArrayList<>();
        for (int racer = 1; racer < RACERS; racer++) {
            for (int i = 0; i < 10; i++) {
                String id = "job-" + racer + "-" + i;
                VideoOrder again = VideoOrder
                        .builder(id, order(id, "x", null, 1).account(), VideoRequest.ofPrompt("cat " + racer + "-" + i))
                        .waiter(new Object()).build();
                jobs.add(get(engine.submit(again).thenCompose(accepted -> await(id, new Object()))));
            }
        }

        assertThat(jobs).allMatch(job -> job.state() == JobState.DOWNLOADED);
        assertThat(posts).hasSize(30).allSatisfy((prompt, count) -> assertThat(count).isEqualTo(1));
    }

    @RepeatedTest(ROUNDS)
    void changesOfAJobAreToldInOrder() throws Exception {
        List<VideoJob[]> told = Collections.synchronizedList(new ArrayList<>());
        JobBook book = new JobBook(store, new JobWaiters(new ManualTimer(), Runnable::run), new ManualTimer(), Runnable::run,
                EngineSettings.builder(Path.of("unused")).build());
        book.addListener((before, after) -> told.add(new VideoJob[] {before, after}));
        book.insert(VideoJob.create("job-1", "default", "test", Instant.now(), changes -> { }));

        race(racer -> {
            for (int i = 0; i < 100; i++) {
                book.change("job-1", job -> job.with(changes -> changes.polls(job.polls() + 1)));
            }
        });

        assertThat(told).hasSize(RACERS * 100 + 1);
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i)[0]).isSameAs(told.get(i - 1)[1]);
        }
    }

    @RepeatedTest(ROUNDS)
    void severalUsersOfOneFileEachGetIt() throws Exception {
        get(engine.submit(order("job-1", "a cat", "key", 0)));

        race(racer -> {
            get(await("job-1", racer));
            HandedOutVideo out = engine.handOut("job-1");
            assertThat(out.file()).content().isEqualTo("video of job-1");
            engine.settle(out, true);
            assertThat(out.file()).doesNotExist();
        });

        assertThat(posts).containsExactly(Map.entry("a cat", 1));
        assertThat(store.find("job-1").orElseThrow().state()).isEqualTo(JobState.DELIVERED);
        assertThat(EngineTestBase.handedOut(directory)).isEmpty();
        assertThat(directory.resolve("job-1.mp4")).doesNotExist();
    }

    @RepeatedTest(ROUNDS)
    void aWaitThatEndsAsWhatItWaitsForComesCallsBackOnce() throws Exception {
        List<CompletableFuture<VideoJob>> answers = new ArrayList<>();
        List<AtomicInteger> callbacks = new ArrayList<>();
        get(engine.submit(order("job-0", "0 cats", null, 0)));
        for (int i = 1; i <= 20; i++) {
            Duration shortly = Duration.ofMillis(FASTER * i);
            answers.add(engine.await(new AwaitOrder("job-0", false, shortly, waiter)));
            answers.add(engine.submit(order("job-" + i, i + " cats", null, 0), shortly));
        }
        List<CompletableFuture<VideoJob>> called = new ArrayList<>();
        for (CompletableFuture<VideoJob> answer : answers) {
            AtomicInteger count = new AtomicInteger();
            callbacks.add(count);
            // The answer itself is there before its callbacks have run.
            called.add(answer.whenComplete((job, failure) -> count.incrementAndGet()));
        }
        for (CompletableFuture<VideoJob> one : called) {
            await(one);
        }

        assertThat(callbacks).allSatisfy(count -> assertThat(count).hasValue(1));
        for (CompletableFuture<VideoJob> answer : answers) {
            answer.handle((job, failure) -> assertThat(failure != null ? failure : job)
                    .isInstanceOfAny(VideoJob.class, WaitTimeoutException.class));
        }
        for (int i = 0; i <= 20; i++) {
            get(engine.submit(order("job-" + i, i + " cats", null, 0)));
            assertThat(get(await("job-" + i)).state()).isEqualTo(JobState.DOWNLOADED);
        }
        assertThat(posts).hasSize(21).allSatisfy((prompt, sent) -> assertThat(sent).isEqualTo(1));
    }

    private interface Racer {
        void run(int number) throws Exception;
    }

    private void race(Racer racer) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            int number = i;
            ends.add(CompletableFuture.runAsync(() -> {
                try {
                    start.await();
                    racer.run(number);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }, racers));
        }
        for (CompletableFuture<Void> end : ends) {
            get(end);
        }
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static void await(CompletableFuture<?> answer) throws Exception {
        try {
            get(answer);
        } catch (ExecutionException detached) {
            assertThat(detached).hasCauseInstanceOf(GrokVideoException.class);
        }
    }

    private CompletableFuture<VideoJob> await(String jobId) {
        return await(jobId, waiter);
    }

    private CompletableFuture<VideoJob> await(String jobId, Object who) {
        return engine.await(new AwaitOrder(jobId, false, HOUR, who));
    }

    private VideoOrder order(String jobId, String prompt, String jobKey, int maxConcurrentJobs) {
        VideoAccount plain = gateway.account("narrow", maxConcurrentJobs);
        VideoAccount account = new VideoAccount(plain.name(), plain.provider(), plain.access(), null, Duration.ofMillis(1),
                Duration.ofMillis(10), 0.0, maxConcurrentJobs, false);
        return VideoOrder.builder(jobId, account, VideoRequest.ofPrompt(prompt)).jobKey(jobKey).waiter(waiter).build();
    }
}
