// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

/** A caller's wait is bounded from its start: in each stage before the gateway has the job, and after it. The job goes on. */
class GenerateWaitTest extends EngineTestBase {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout) {
        CompletableFuture<VideoJob> answer = engine.submit(order, waitTimeout);
        timer.runDue();
        return answer;
    }

    private GrokVideoException timedOut(CompletableFuture<VideoJob> answer) {
        assertThat(answer).isNotDone();
        timer.advance(TEN_SECONDS);
        assertThat(error(answer)).isInstanceOf(WaitTimeoutException.class).hasMessageContaining("within 10s");
        assertThat(error(answer).isResumable()).isTrue();
        return error(answer);
    }

    private VideoOrder of(String jobId, int maxConcurrentJobs) {
        return order(jobId, "a cat", null, gateway.account("default", maxConcurrentJobs));
    }

    @Test
    void whatIsQueuedForRoomIsNotChargedAndIsSentOnceWhenItsTurnComes() {
        gateway.submitScript.add(TestGateway.status(200, "task-first"));
        for (int i = 0; i < 12; i++) {
            gateway.pollScript.add(TestGateway.status(202));
        }
        submit(of("job-1", 1));

        GrokVideoException error = timedOut(submit(of("job-2", 1), TEN_SECONDS));
        assertThat(error).hasMessageContaining("NEW").hasMessageContaining("maxConcurrentJobs").hasMessageContaining("Nothing was sent");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
        assertThat(error.getJobId()).isEqualTo("job-2");

        CompletableFuture<VideoJob> again = submit(of("job-2", 1), Duration.ofHours(1));
        assertThat(again).isNotDone();
        timer.advance(Duration.ofMinutes(20));
        assertThat(again).isCompleted();
        assertThat(job("job-2").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void whatNobodyWaitsForAnyMoreGoesOnAllTheSame() {
        submit(of("job-1", 1));
        timedOut(submit(of("job-2", 1), TEN_SECONDS));
        timer.advance(Duration.ofMinutes(20));

        assertThat(job("job-2").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void theTurnAtTheAccountsRate() {
        gateway.submitsPerSecond = 0.05;
        submit(order("a cat"));

        GrokVideoException error = timedOut(submit(order("a dog"), TEN_SECONDS));
        assertThat(error).hasMessageContaining("rate limit");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
        timer.advance(Duration.ofMinutes(5));
        assertThat(jobs()).extracting(VideoJob::state).containsOnly(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void mediaOnTheirWay() {
        CompletableFuture<String> published = new CompletableFuture<>();
        Function<Media, CompletableFuture<String>> publisher = media -> published;
        Media png = new Media.Bytes(new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' }, "image/png");
        VideoRequest request = VideoRequest.builder().prompt("a cat").images(List.of(png)).build();
        VideoOrder plain = order("a cat");
        VideoOrder order = VideoOrder.builder(plain.jobId(), plain.account(), request).onFailedKey(plain.onFailedKey())
                .submitUnknown(plain.submitUnknown()).mediaPublisher(publisher).waiter(waiter).build();

        GrokVideoException error = timedOut(submit(order, TEN_SECONDS));
        assertThat(error).hasMessageContaining("images or video");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
        published.complete("http://media.test/1.png");
        timer.advance(Duration.ofMinutes(1));
        assertThat(submit(order, TEN_SECONDS)).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aPostInFlightMayBeCharged() {
        gateway.submitScript.add("hold");

        GrokVideoException error = timedOut(submit(order("a cat"), TEN_SECONDS));
        assertThat(error).hasMessageContaining("SUBMITTING").hasMessageContaining("being submitted");
        assertThat(error.getCharged()).isEqualTo(Charged.UNKNOWN);
        gateway.held.get(0).complete(TestGateway.status(200, "task-1"));
        assertThat(submit(order("job-1", "a cat", null), TEN_SECONDS)).isCompletedWithValueMatching(job -> job.taskId().equals("task-1"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aPauseAfterARejectionForNow() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 30));

        GrokVideoException error = timedOut(submit(order("a cat"), TEN_SECONDS));
        assertThat(error).hasMessageContaining("being retried: refused");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
    }

    @Test
    void aLostAnswerThatIsLookedUp() {
        gateway.lookups = true;
        gateway.submitScript.add(TestGateway.lost());
        gateway.pollScript.addAll(List.of(TestGateway.status(404), TestGateway.status(404), TestGateway.status(404),
                TestGateway.status(404)));

        GrokVideoException error = timedOut(submit(order("a cat"), TEN_SECONDS));
        assertThat(error).hasMessageContaining("looked up");
        assertThat(error.getCharged()).isEqualTo(Charged.UNKNOWN);
    }

    @Test
    void aJobAtTheGatewayIsCharged() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");

        CompletableFuture<VideoJob> video = engine.await(
                new AwaitOrder("job-1", false, Duration.ofHours(1), Duration.ofHours(1).minus(TEN_SECONDS), waiter));
        timer.advance(TEN_SECONDS);
        assertThat(error(video)).isInstanceOf(WaitTimeoutException.class).hasMessageContaining("within 1h")
                .hasMessageContaining("ACCEPTED");
        assertThat(error(video).getCharged()).isEqualTo(Charged.YES);
    }

    @Test
    void aWaitWhoseTimeIsSpentAsksNobody() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = engine.await(new AwaitOrder("job-1", false, TEN_SECONDS, TEN_SECONDS, waiter));
        timer.advance(Duration.ofMillis(1));

        assertThat(error(video)).isInstanceOf(WaitTimeoutException.class);
        assertThat(gateway.polls()).isZero();
    }

    @Test
    void aStoreThatCannotTellIsNotTakenForAJobThatWasNotSent() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> answer = submit(order("a cat"), TEN_SECONDS);
        store.away = question -> true;

        GrokVideoException error = timedOut(answer);
        assertThat(error).hasMessageContaining("the store does not answer");
        assertThat(error.getCharged()).isEqualTo(Charged.UNKNOWN);
    }

    /** Neither on the timer's thread, nor only once a work thread is free. */
    @Test
    void anEngineThatIsTooBusyToBeginEndsTheWaitAndTheJobIsMadeOnce() {
        Queue<Runnable> work = new ArrayDeque<>();
        Queue<Runnable> callbacks = new ArrayDeque<>();
        engine = newEngine(timer, work::add, callbacks::add);
        CompletableFuture<VideoJob> answer = engine.submit(order("job-1", "a cat", null), TEN_SECONDS);
        timer.advance(TEN_SECONDS);

        assertThat(answer).isNotDone();
        while (!callbacks.isEmpty()) {
            callbacks.poll().run();
        }
        assertThat(error(answer)).isInstanceOf(WaitTimeoutException.class);
        assertThat(error(answer).getCharged()).isEqualTo(Charged.UNKNOWN);

        CompletableFuture<VideoJob> again = engine.submit(order("job-1", "a cat", null), TEN_SECONDS);
        while (!work.isEmpty()) {
            work.poll().run();
            timer.runDue();
        }
        while (!callbacks.isEmpty()) {
            callbacks.poll().run();
        }
        assertThat(again).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aDetachedSubmitHasNoLimitButItsTurn() {
        for (int i = 0; i < 200; i++) {
            gateway.pollScript.add(TestGateway.status(202));
        }
        submit(of("job-1", 1));
        CompletableFuture<VideoJob> queued = submit(of("job-2", 1));
        timer.advance(Duration.ofHours(1));
        assertThat(queued).isNotDone();
        gateway.pollScript.clear();
        timer.advance(Duration.ofHours(1));
        assertThat(queued).isCompleted();
    }
}
