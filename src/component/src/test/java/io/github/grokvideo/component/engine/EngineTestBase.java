// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose time and gateway a test drives by hand, on the test's own thread. */
abstract class EngineTestBase {

    @TempDir
    Path directory;

    final ManualTimer timer = new ManualTimer();
    final TestGateway gateway = new TestGateway();
    FlakyStore store;
    final Object waiter = new Object();
    final AtomicInteger ids = new AtomicInteger();
    Runnable afterClose = () -> { };
    DefaultVideoEngine engine;

    @BeforeEach
    void startEngine() {
        store = new FlakyStore(newStore());
        engine = newEngine();
        engine.start();
    }

    JobStore newStore() {
        return new MemoryJobStore();
    }

    Spending spending() {
        return Spending.UNLIMITED;
    }

    DefaultVideoEngine newEngine() {
        return newEngine(timer, Runnable::run, Runnable::run);
    }

    DefaultVideoEngine newEngine(JobTimer timer, Executor work, Executor callbacks) {
        EngineSettings settings = EngineSettings.builder(directory).submitTimeout(Duration.ofSeconds(60))
                .submitRetryTimeout(Duration.ofSeconds(60)).pollTimeout(Duration.ofSeconds(30))
                .downloadTimeout(Duration.ofMinutes(30)).downloadIdleTimeout(Duration.ofSeconds(30)).maxFileSize(2L << 30)
                .ioThreads(4).keepUndelivered(Duration.ofDays(7)).keepKeys(Duration.ofDays(30)).spending(spending()).build();
        return new DefaultVideoEngine(
                settings, store, gateway, gateway, timer, work, callbacks, new Random(1), () -> afterClose.run());
    }

    VideoOrder order(String prompt) {
        return order("job-" + ids.incrementAndGet(), prompt, null);
    }

    VideoOrder order(String jobId, String prompt, String jobKey) {
        return order(jobId, prompt, jobKey, gateway.account());
    }

    VideoOrder order(String jobId, String prompt, String jobKey, VideoAccount account) {
        return VideoOrder.builder(jobId, account, VideoRequest.ofPrompt(prompt)).jobKey(jobKey).waiter(waiter).build();
    }

    static VideoOrder with(VideoOrder order, VideoOrder.OnFailedKey onFailedKey, VideoOrder.SubmitUnknown submitUnknown) {
        return VideoOrder.builder(order.jobId(), order.account(), order.request()).jobKey(order.jobKey()).onFailedKey(onFailedKey)
                .submitUnknown(submitUnknown).directory(order.directory()).urlOnly(order.urlOnly())
                .mediaPublisher(order.mediaPublisher()).waiter(order.waiter()).build();
    }

    CompletableFuture<VideoJob> submit(VideoOrder order) {
        CompletableFuture<VideoJob> answer = engine.submit(order);
        timer.runDue();
        return answer;
    }

    CompletableFuture<VideoJob> await(String jobId, Duration timeout) {
        CompletableFuture<VideoJob> answer = engine.await(new AwaitOrder(jobId, false, timeout, waiter));
        timer.runDue();
        return answer;
    }

    VideoJob job(String jobId) {
        return store.find(jobId).orElseThrow();
    }

    List<VideoJob> jobs() {
        return store.list(job -> true, 1000);
    }

    /** The files that are in users' hands, or were left there. */
    static List<String> handedOut(Path directory) {
        try (Stream<Path> files = Files.walk(directory.resolve("handed-out"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(".*\\.(mp4|move)")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GrokVideoException error(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        try {
            failed.join();
            throw new AssertionError("not failed");
        } catch (CompletionException e) {
            return (GrokVideoException) e.getCause();
        }
    }
}
