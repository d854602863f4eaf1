// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

/** {@code maxConcurrentJobs} counts what is open in the store: jobs of all nodes, and those of nodes that have ended. */
class SharedJobLimitTest extends ClusterTestBase {

    private CompletableFuture<VideoJob> submit(TestCluster.Node node, String jobId, int most) {
        return node.engine.submit(VideoOrder.builder(jobId, cluster.gateway.account("narrow", most), VideoRequest.ofPrompt("a cat"))
                .waiter(this).labels(new OrderLabels("route", "tag", Map.of(), true, false)).build());
    }

    private long open() {
        return cluster.store.list(job -> job.state().isAtGateway(), 1000).size();
    }

    private long posts() {
        return cluster.gateway.posts();
    }

    private void neverEnding() {
        cluster.gateway.polled = task -> TestGateway.status(202);
    }

    private void ending() {
        cluster.gateway.polled = task -> TestGateway.status(200, "http://files.test/" + task);
    }

    @Test
    void nodesShareOneLimit() {
        neverEnding();
        submit(a, "a-1", 2);
        submit(b, "b-1", 2);
        CompletableFuture<VideoJob> third = submit(a, "a-2", 2);
        CompletableFuture<VideoJob> fourth = submit(b, "b-2", 2);
        pass(30);

        assertThat(posts()).isEqualTo(2);
        assertThat(List.of(third.isDone(), fourth.isDone())).containsOnly(false);
        assertThat(job("b-2").state()).isEqualTo(JobState.NEW);
        assertThat(job("b-2").submits()).isZero();

        ending();
        pass(300);

        assertThat(posts()).isEqualTo(4);
        assertThat(List.of(third.isDone(), fourth.isDone())).containsOnly(true);
    }

    @Test
    void neverMoreThanTheLimitAreOpenHoweverManyNodesSubmit() {
        long[] most = new long[1];
        cluster.gateway.submits = () -> {
            most[0] = Math.max(most[0], open());
            return null;
        };
        for (int i = 0; i < 20; i++) {
            submit(a, "a-" + i, 3);
            submit(b, "b-" + i, 3);
        }
        for (int i = 0; i < 600; i++) {
            pass(1);
            most[0] = Math.max(most[0], open());
        }

        assertThat(posts()).isEqualTo(40);
        assertThat(most[0]).isEqualTo(3);
    }

    @Test
    void ofTwoNodesThatFindRoomAtTheSameMomentOneWaits() {
        neverEnding();
        AtomicInteger counts = new AtomicInteger();
        cluster.store.after = question -> {
            // Node a has counted no open job, and has not written that it begins one.
            if (question.equals("countOpen") && counts.getAndIncrement() == 0) {
                submit(b, "b-1", 1);
            }
        };
        CompletableFuture<VideoJob> other = submit(a, "a-1", 1);
        pass(60);

        assertThat(job("b-1").state()).isIn(JobState.ACCEPTED, JobState.RUNNING);
        assertThat(job("a-1").state()).isEqualTo(JobState.NEW);
        assertThat(job("a-1").submits()).as("nothing was sent").isZero();
        assertThat(other).isNotDone();
        assertThat(posts()).isEqualTo(1);

        ending();
        pass(300);
        assertThat(other).isCompleted();
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void jobsOfANodeThatHasEndedCountAfterARestart() {
        neverEnding();
        submit(a, "a-1", 1);
        pass(1);
        a.kill();
        b.kill();
        TestCluster.Node c = cluster.start("c");

        CompletableFuture<VideoJob> next = submit(c, "c-1", 1);
        pass(120);
        assertThat(posts()).isEqualTo(1);
        assertThat(next).isNotDone();

        ending();
        pass(300);
        assertThat(next).isCompleted();
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void nothingIsStartedWhileTheStoreDoesNotCount() {
        cluster.store.away = question -> question.equals("countOpen");
        CompletableFuture<VideoJob> answer = submit(a, "a-1", 1);
        pass(30);
        assertThat(posts()).isZero();
        assertThat(answer).isNotDone();

        cluster.store.away = question -> false;
        pass(2);

        assertThat(answer).isCompleted();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theStoreIsCountedOncePerSecondAtMostAndOncePerSubmit() {
        neverEnding();
        AtomicInteger counts = new AtomicInteger();
        cluster.store.after = question -> counts.addAndGet(question.equals("countOpen") ? 1 : 0);
        submit(b, "b-1", 1);
        pass(3);
        for (int i = 0; i < 1000; i++) {
            submit(a, "a-" + i, 1);
        }
        counts.set(0);
        pass(60);

        assertThat(posts()).isEqualTo(1);
        assertThat(counts.get()).as("a count lives for half a second to a second").isBetween(60, 120);
    }

    @Test
    void anAccountWithoutALimitIsNotCounted() {
        cluster.store.after = question -> assertThat(question).isNotEqualTo("countOpen");

        CompletableFuture<VideoJob> answer = submit(a, "a-1", 0);
        pass(60);

        assertThat(answer).isCompleted();
        assertThat(job("a-1").state()).isEqualTo(JobState.DOWNLOADED);
    }
}
