// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.JobNotFoundException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpAnswer;
import org.junit.jupiter.api.Test;

/** Who is asked about, how often, and who hears of it. */
class PollTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aRefusedKeyIsSaidToWhoeverAsks() {
        gateway.pollScript.addAll(List.of(TestGateway.status(401), TestGateway.status(401)));
        submit(order("a cat"));

        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        timer.runDue();
        assertThat(error(status)).isInstanceOf(AuthenticationException.class);
        assertThat(error(await("job-1", Duration.ZERO))).isInstanceOf(AuthenticationException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
    }

    @Test
    void aRefusedQuerysRetryAfterHoldsForAllJobsOfTheAccount() {
        gateway.pollScript.add(TestGateway.retryAfter(429, 60));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(1));
        submit(order("a dog"));

        timer.advance(Duration.ofSeconds(60));
        assertThat(gateway.polls()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(30));

        assertThat(jobs()).allMatch(job -> job.state() == JobState.DOWNLOADED);
    }

    @Test
    void theGatewayIsFirstSeenAtWorkOnce() {
        gateway.pollScript.addAll(List.of(TestGateway.status(404), TestGateway.status(202, "10"), TestGateway.status(202, "20")));
        Instant accepted = timer.now();
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(5));
        assertThat(job("job-1").runningAt()).isNull();

        timer.advance(Duration.ofSeconds(6));
        Instant running = job("job-1").runningAt();
        assertThat(running).isAfter(accepted.plusSeconds(5)).isBeforeOrEqualTo(timer.now());
        assertThat(job("job-1").progress()).isEqualTo(10);

        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").runningAt()).isEqualTo(running);
    }

    @Test
    void howLongAVideoLayUnnoticedIsKnownOnlyIfAQueryHadFoundItOpen() {
        HttpAnswer done = TestGateway.status(200, "http://files.test/video");
        gateway.pollScript.addAll(List.of(done, TestGateway.status(202, "10"), done));
        submit(order("a cat"));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").details().openUntil()).as("the first query found it done").isNull();

        submit(order("a dog"));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-2").details().openUntil()).isAfter(job("job-2").acceptedAt()).isBefore(job("job-2").renderedAt());
    }

    @Test
    void aJobWhoseRowIsGoneIsNotAskedAboutForEver() {
        submit(order("a cat"));
        for (int i = 0; i < 1000; i++) {
            gateway.pollScript.add(TestGateway.status(i % 2 == 0 ? 500 : 202));
        }
        store.remove(job("job-1"));

        timer.advance(HOUR);

        assertThat(gateway.polls()).isEqualTo(1);
        assertThat(timer.scheduled()).as("retention only").isEqualTo(1);
    }

    @Test
    void whoAsksAboutAJobWhoseRowGoesAwayIsTold() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");
        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        timer.runDue();
        store.remove(job("job-1"));

        gateway.held.get(0).complete(TestGateway.status(202, "10"));

        assertThat(error(status)).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void aTaskThatIsTakenInAfterItsEndIsNotAskedAboutAgain() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        long polls = gateway.polls();

        assertThat(engine.adopt(gateway.account(), "task-1", null, false)).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        timer.advance(HOUR);

        assertThat(gateway.polls()).isEqualTo(polls);
        assertThat(await("job-1", HOUR)).isCompleted();
    }

    @Test
    void aJobOfAnAccountThatIsNotKnownHereIsLeftAlone() {
        for (JobState state : List.of(JobState.ACCEPTED, JobState.SUBMITTING)) {
            store.insert(VideoJob.create(state == JobState.ACCEPTED ? "job-1" : "job-2", "elsewhere", "test",
                    timer.now().minusSeconds(1), changes -> changes.state(state).acceptedAt(timer.now()).taskId("task-1")));
        }
        engine.register(gateway.account());

        assertThat(engine.status(gateway.account(), "job-1")).isCompletedWithValueMatching(job -> job.state() == JobState.ACCEPTED);
        CompletableFuture<VideoJob> shortly = await("job-1", Duration.ofSeconds(30));
        timer.advance(Duration.ofMinutes(1));
        assertThat(error(shortly)).isInstanceOf(WaitTimeoutException.class);
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        engine.detachAll();

        assertThat(error(video)).isInstanceOf(DetachedException.class);
        assertThat(gateway.polls()).isZero();
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(job("job-2").state()).isEqualTo(JobState.SUBMITTING);
    }

    @Test
    void nothingIsLeftOfAJobThatHasEnded() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));
        engine.settle(engine.handOut("job-1"), true);
        assertThat(video).isCompleted();

        assertThat(timer.scheduled()).as("retention only: the wait's timeout was called off").isEqualTo(1);
    }

    @Test
    void aTimeoutThatComesAtOnceEndsItsWait() {
        JobTimer immediate = new JobTimer() {
            @Override
            public Instant now() {
                return timer.now();
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                task.run();
                return () -> { };
            }
        };
        JobWaiters waiters = new JobWaiters(immediate, Runnable::run);

        CompletableFuture<VideoJob> wait = waiters.add("job-1", JobWaiters.Until.DOWNLOADED, waiter, Duration.ofMillis(1),
                () -> EngineErrors.waitTimeout(Duration.ofMillis(1), null, null, null).toException("job-1", null));

        assertThat(error(wait)).isInstanceOf(WaitTimeoutException.class);
        assertThat(waiters.isAwaited("job-1")).isFalse();
    }

    @Test
    void listenersHearEachChangeOnceAndInOrderAndOneThatThrowsHarmsNobody() {
        List<String> heard = new ArrayList<>();
        engine.addListener((before, after) -> {
            throw new IllegalStateException("a bug in a listener");
        });
        engine.addListener((before, after) -> heard.add((before == null ? null : before.state()) + ">" + after.state()));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        engine.settle(engine.handOut("job-1"), true);

        assertThat(heard).containsExactly("null>NEW", "NEW>SUBMITTING", "SUBMITTING>ACCEPTED", "ACCEPTED>RUNNING", "RUNNING>RENDERED",
                "RENDERED>RENDERED", "RENDERED>DOWNLOADED", "DOWNLOADED>DELIVERED");
    }

    @Test
    void aListenerThatChangesTheJobIsHeardAfterwards() {
        List<JobState> heard = new ArrayList<>();
        engine.addListener((before, after) -> {
            if (after.state() == JobState.DOWNLOADED) {
                engine.settle(engine.handOut("job-1"), true);
            }
        });
        engine.addListener((before, after) -> heard.add(after.state()));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));

        assertThat(heard).endsWith(JobState.DOWNLOADED, JobState.DELIVERED);
    }
}
