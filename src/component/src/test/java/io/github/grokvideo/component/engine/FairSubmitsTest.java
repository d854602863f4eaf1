// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobCancelledException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import org.junit.jupiter.api.Test;

/** The tags of an account take turns at its limits. */
class FairSubmitsTest extends EngineTestBase {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private VideoAccount account(int maxConcurrentJobs, Map<String, Double> weights) {
        VideoAccount plain = gateway.account("shared", maxConcurrentJobs);
        return new VideoAccount(plain.name(), plain.provider(), plain.access(), null, Duration.ofSeconds(5), Duration.ofSeconds(5),
                null, maxConcurrentJobs, false, null, 1, AccountCosts.NONE, weights);
    }

    private CompletableFuture<VideoJob> submit(VideoAccount account, String tag, int priority, String jobId) {
        return engine.submit(VideoOrder.builder(jobId, account, VideoRequest.ofPrompt(jobId)).waiter(waiter).priority(priority)
                .labels(new OrderLabels("route", tag, Map.of(), true, false)).build());
    }

    private List<String> sent() {
        return gateway.calls.stream().filter(call -> call.path().equals("/submit"))
                .map(call -> ((HttpCall.Json) call.body()).content().get("prompt").asText()).toList();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            timer.advance(SECOND);
        }
    }

    /** The gateway takes one job per second and never ends one. */
    private void onePerSecond() {
        gateway.submitsPerSecond = 1;
        gateway.polled = task -> TestGateway.status(202);
    }

    @Test
    void fiveOfOneTagAreSentWithinFifteenSubmitsWhileThousandsOfAnotherWait() {
        onePerSecond();
        VideoAccount account = account(0, Map.of());
        for (int i = 0; i < 5000; i++) {
            submit(account, "a", 0, "a-" + i);
        }
        timer.runDue();
        pass(3);
        int before = sent().size();

        List<CompletableFuture<VideoJob>> others = List.of(submit(account, "b", 0, "b-0"), submit(account, "b", 0, "b-1"),
                submit(account, "b", 0, "b-2"), submit(account, "b", 0, "b-3"), submit(account, "b", 0, "b-4"));
        pass(15);

        assertThat(others).allMatch(CompletableFuture::isDone);
        assertThat(sent()).hasSize(before + 15);
        assertThat(sent().stream().filter(prompt -> prompt.startsWith("b-"))).containsExactly("b-0", "b-1", "b-2", "b-3", "b-4");
    }

    @Test
    void tagsTakeTurnsForPlacesAtTheGatewayToo() {
        VideoAccount account = account(1, Map.of("b", 3.0));
        for (int i = 0; i < 20; i++) {
            submit(account, "a", 0, "a-" + i);
        }
        for (int i = 0; i < 20; i++) {
            submit(account, "b", 0, "b-" + i);
        }
        pass(600);

        assertThat(sent()).hasSize(40);
        assertThat(sent().subList(0, 20).stream().filter(prompt -> prompt.startsWith("b-")).count()).isBetween(14L, 15L);
    }

    @Test
    void interactiveJobsGoBeforeABatchOfTheSameTagAndAJobKeepsItsPriority() {
        onePerSecond();
        VideoAccount account = account(0, Map.of());
        for (int i = 0; i < 10; i++) {
            submit(account, "a", -5, "batch-" + i);
        }
        submit(account, "a", 9, "interactive");
        submit(account, "a", 0, "ordinary");
        pass(2);

        assertThat(sent()).containsExactly("batch-0", "interactive", "ordinary");
        assertThat(job("interactive").details().priority()).isEqualTo(9);
        assertThat(job("ordinary").details().priority()).isZero();
    }

    @Test
    void anOperatorMovesAJobThatWaits() {
        onePerSecond();
        VideoAccount account = account(0, Map.of());
        for (int i = 0; i < 5; i++) {
            submit(account, "a", 0, "job-" + i);
        }
        timer.runDue();

        assertThat(engine.operations().prioritize("job-4", 3).details().priority()).isEqualTo(3);
        engine.operations().prioritize("job-1", -3);
        pass(4);

        assertThat(sent()).containsExactly("job-0", "job-4", "job-2", "job-3", "job-1");
        assertThat(job("job-4").details().priority()).isEqualTo(3);
    }

    @Test
    void anOperatorMovesAJobThatWaitsForAPlace() {
        VideoAccount account = account(1, Map.of());
        for (int i = 0; i < 4; i++) {
            submit(account, null, 0, "job-" + i);
        }
        engine.operations().prioritize("job-3", 1);
        pass(60);

        assertThat(sent()).containsExactly("job-0", "job-3", "job-1", "job-2");
    }

    @Test
    void onlyJobsThatWaitHereHaveAPriorityToChange() {
        submit(account(0, Map.of()), "a", 0, "sent");
        timer.runDue();
        store.insert(VideoJob.create("elsewhere", "shared", "test", timer.now(), job -> job.node("another-node")));

        assertThat(failure(() -> engine.operations().prioritize("sent", 1))).hasMessageContaining("waits to be sent")
                .hasMessageContaining("this one is ACCEPTED");
        assertThat(failure(() -> engine.operations().prioritize("elsewhere", 1))).hasMessageContaining("another-node");
        assertThat(failure(() -> engine.operations().prioritize("sent", 10))).hasMessageContaining("from -9 to 9: 10");
        assertThat(job("sent").details().priority()).isZero();
    }

    private static InvalidRequestException failure(Runnable action) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(InvalidRequestException.class, action::run);
    }

    @Test
    void aCancelledJobLeavesTheQueueAndUsesNoTurn() {
        onePerSecond();
        VideoAccount account = account(0, Map.of());
        submit(account, "a", 0, "first");
        List<CompletableFuture<VideoJob>> cancelled = List.of(submit(account, "a", 0, "b-0"), submit(account, "a", 0, "b-1"));
        submit(account, "a", 0, "last");
        timer.runDue();

        engine.cancel(account, "b-0");
        engine.cancel(account, "b-1");
        pass(1);

        assertThat(cancelled).allSatisfy(job -> assertThat(error(job)).isInstanceOf(JobCancelledException.class));
        assertThat(sent()).containsExactly("first", "last");
        assertThat(List.of(job("b-0").state(), job("b-1").state())).containsOnly(JobState.CANCELLED);
    }

    @Test
    void aCancelledJobGivesUpItsWaitForAPlace() {
        VideoAccount account = account(1, Map.of());
        gateway.polled = task -> task.equals("task-1") ? TestGateway.status(202) : null;
        submit(account, "a", 0, "first");
        CompletableFuture<VideoJob> waiting = submit(account, "a", 0, "second");
        timer.runDue();

        engine.cancel(account, "second");
        timer.runDue();
        assertThat(error(waiting)).isInstanceOf(JobCancelledException.class);
        gateway.polled = null;
        CompletableFuture<VideoJob> third = submit(account, "a", 0, "third");
        pass(60);

        assertThat(third).isDone();
        assertThat(sent()).containsExactly("first", "third");
    }

    @Test
    void whatWasHeldBackWhileTheKeyWasRefusedTakesTurnsToo() {
        onePerSecond();
        gateway.submitScript.add(TestGateway.status(401));
        VideoAccount account = account(0, Map.of());
        for (int i = 0; i < 30; i++) {
            submit(account, "a", 0, "a-" + i);
        }
        pass(10);
        submit(account, "b", 0, "b-0");
        int before = sent().size();
        pass(300);

        assertThat(sent().subList(before, sent().size()).indexOf("b-0")).isLessThanOrEqualTo(3);
    }
}
