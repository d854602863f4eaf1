// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes with the same key at once. The second call runs at each point at which the first one has an answer of the store, as a whole or
 * step by step; the gateway refuses the first POSTs and takes all later ones, as if credit had arrived meanwhile.
 */
class FailoverRaceTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0,false,false", "0,true,false", "1,false,false", "1,true,false", "2,false,false", "2,true,false", "3,true,false",
            "1,false,true", "1,true,true", "2,true,true", "3,true,true"})
    void oneOfTwoCallsIsTaken(int refused, boolean stepByStep, boolean otherOrder) {
        int points = 0;
        for (boolean reached = true; reached; points++) {
            reached = interrupted(points, refused, stepByStep, otherOrder);
        }
        assertThat(points).as("points at which the second call began").isGreaterThan(refused * 4 + 4);
    }

    /** @return whether the first call came to that point */
    private boolean interrupted(int point, int refused, boolean stepByStep, boolean otherOrder) {
        TestCluster cluster = new TestCluster(directory.resolve(refused + "-" + stepByStep + "-" + otherOrder + "-" + point));
        TestCluster.Node first = cluster.start("first");
        TestCluster.Node second = cluster.start("second");
        for (int i = 0; i < refused; i++) {
            cluster.gateway.submitScript.add(TestGateway.status(402));
        }
        List<CompletableFuture<VideoJob>> calls = new ArrayList<>();
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger within = new AtomicInteger();
        cluster.store.after = question -> {
            // What the second call does is no point of the first one.
            if (within.getAndIncrement() == 0) {
                int now = answers.getAndIncrement();
                if (now == point) {
                    second.busy = stepByStep;
                    calls.add(second.engine.submit(order(cluster, "job-2", otherOrder)));
                }
                if (now >= point && stepByStep) {
                    second.step();
                }
            }
            within.decrementAndGet();
        };
        calls.add(first.engine.submit(order(cluster, "job-1", false)));
        cluster.store.after = question -> { };
        second.catchUp();
        // A node asks the store every few seconds about jobs that another one sends.
        cluster.timer.advance(Duration.ofSeconds(15));

        boolean reached = answers.get() > point;
        assertThat(calls).as("calls, point %d", point).hasSize(reached ? 2 : 1);
        List<VideoJob> taken = cluster.store.list(job -> job.state() != JobState.REJECTED, 100);
        assertThat(cluster.gateway.posts()).as("POSTs, point %d: %s", point, taken).isLessThanOrEqualTo(refused + 1);
        if (refused < 3) {
            assertThat(taken).as("point %d", point).singleElement().extracting(VideoJob::taskId).isEqualTo("task-1");
            assertThat(calls).as("point %d", point)
                    .allSatisfy(call -> assertThat(call).isCompletedWithValueMatching(job -> job.id().equals(taken.get(0).id())));
        }
        return reached;
    }

    private VideoOrder order(TestCluster cluster, String jobId, boolean otherOrder) {
        List<VideoAccount> accounts = new ArrayList<>(List.of(cluster.gateway.account("a", 0), cluster.gateway.account("b", 0),
                cluster.gateway.account("c", 0)));
        if (otherOrder) {
            Collections.reverse(accounts);
        }
        return VideoOrder.builder(jobId, accounts.get(0), VideoRequest.ofPrompt("a cat")).failover(accounts.subList(1, 3))
                .jobKey("key").waiter(this).build();
    }
}
