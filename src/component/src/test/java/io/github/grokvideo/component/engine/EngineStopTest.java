// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

/** A stop frees everybody at once, begins nothing, and cuts no POST short. */
class EngineStopTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 10_000;

    @Test
    void aCallThatHadNotBegunBeginsNothing() {
        Queue<Runnable> work = new ArrayDeque<>();
        engine = newEngine(timer, work::add, Runnable::run);
        CompletableFuture<VideoJob> submit = engine.submit(order("a cat"));

        engine.refuse();
        engine.detachAll();
        work.forEach(Runnable::run);
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(submit)).isInstanceOf(DetachedException.class);
        assertThat(jobs()).isEmpty();
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aCallThatHadJustStoredItsJobTakesItBack() {
        store.after = question -> {
            if (question.equals("insert")) {
                engine.refuse();
                engine.detachAll();
            }
        };

        CompletableFuture<VideoJob> submit = submit(order("a cat"));
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(submit)).isInstanceOf(DetachedException.class);
        assertThat(jobs()).isEmpty();
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aWaitThatComesAfterTheOthersWereFreedEndsAtOnce() {
        Queue<Runnable> work = new ArrayDeque<>();
        submit(order("a cat"));
        timer.advance(Duration.ofMillis(1));
        engine = newEngine(timer, work::add, Runnable::run);
        CompletableFuture<VideoJob> video = engine.await(new AwaitOrder("job-1", false, HOUR, waiter));

        engine.refuse();
        engine.detachAll();
        work.forEach(Runnable::run);

        assertThat(error(video)).isInstanceOf(DetachedException.class);
        assertThat(error(video).isResumable()).isTrue();
    }

    @Test
    void whoAsksForAStatusIsFreedToo() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");
        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        timer.runDue();

        engine.close();

        assertThat(error(status)).isInstanceOf(DetachedException.class);
    }

    @Test
    void aJobOnlyAnotherRouteStillWaitedForIsTakenBackWithTheLastWait() {
        gateway.submitsPerSecond = 0.1;
        submit(order("first"));
        CompletableFuture<VideoJob> second = submit(order("second"));
        Object other = new Object();
        CompletableFuture<VideoJob> video = engine.await(new AwaitOrder("job-2", false, HOUR, other));

        engine.detach(waiter);
        assertThat(error(second)).isInstanceOf(DetachedException.class);
        assertThat(job("job-2").state()).isEqualTo(JobState.NEW);
        engine.detach(other);
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(video)).isInstanceOf(DetachedException.class);
        assertThat(jobs()).extracting(VideoJob::id).containsExactly("job-1");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aTransportThatThrowsLeavesTheSubmitUnknownAndDoesNotHoldUpTheStop() {
        gateway.submitScript.add(new StackOverflowError("test"));

        CompletableFuture<VideoJob> answer = submit(order("a cat"));

        assertThat(error(answer).getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertTimeoutPreemptively(Duration.ofSeconds(20), engine::close);
    }

    @Test
    void aStoppedEngineSendsNothingWhateverItsTimersDo() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 5));
        submit(order("a cat"));
        store.away = question -> question.equals("update");
        engine.close();
        store.away = any -> false;

        timer.advance(Duration.ofMinutes(1));

        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(job("job-1").state()).isEqualTo(JobState.NEW);
    }

    @Test
    void tenThousandQueuedJobsAreTakenBackAtOnceAndTheirPlacesAreFree() {
        VideoAccount narrow = gateway.account("narrow", 1);
        List<CompletableFuture<VideoJob>> answers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            answers.add(submit(order("job-" + i, "cat " + i, null, narrow)));
        }

        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> engine.detach(waiter));

        assertThat(answers.stream().skip(1)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(gateway.posts()).isEqualTo(1);
        CompletableFuture<VideoJob> next = submit(order("next", "next", null, narrow));
        timer.advance(Duration.ofSeconds(20));
        assertThat(next).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void turnsOfJobsThatWereTakenBackAreNotKept() {
        gateway.submitsPerSecond = 1;
        for (int i = 0; i < MANY; i++) {
            submit(order("cat " + i));
        }
        engine.detach(waiter);

        CompletableFuture<VideoJob> next = submit(order("next"));
        timer.advance(Duration.ofSeconds(1));

        assertThat(next).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aHundredThousandWaitsAreFreedAtOnce() {
        List<CompletableFuture<VideoJob>> videos = new ArrayList<>();
        for (int i = 0; i < 10 * MANY; i++) {
            submit(order("cat " + i));
            videos.add(engine.await(new AwaitOrder("job-" + (i + 1), false, HOUR, waiter)));
        }

        assertTimeoutPreemptively(Duration.ofSeconds(30), engine::detachAll);

        assertThat(videos).allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
