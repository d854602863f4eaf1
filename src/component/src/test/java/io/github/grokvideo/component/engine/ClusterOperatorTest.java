// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

/** What an operator does on one node with the jobs of all, and what becomes of it should that node end. */
class ClusterOperatorTest extends ClusterTestBase {

    private void unknown(TestCluster.Node node, String jobId, boolean detached) {
        cluster.gateway.submitScript.add(TestGateway.lost());
        submit(node, jobId, null, detached);
        assertThat(job(jobId).state()).isEqualTo(JobState.UNKNOWN);
    }

    @Test
    void aTaskThatIsToldToAJobOfANodeThatHasEndedIsFollowedToItsEnd() {
        unknown(a, "job-1", false);
        a.stop();
        pass(30);

        b.engine.operations().adopt("job-1", "task-x");
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(60);

        assertThat(video).isCompletedWithValueMatching(job -> job.file() != null);
        // Its exchange has gone, its message may come again.
        assertThat(claim(b)).isEmpty();
        pass(24 * 3600);
        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-1");
    }

    @Test
    void aTaskThatIsToldToAnotherNodesJobIsFollowedToItsEnd() {
        unknown(a, "job-1", false);

        b.engine.operations().adopt("job-1", "task-x");
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aTaskIsFollowedAlthoughTheStoresTimerCouldNotBeTold() {
        unknown(a, "job-1", true);
        cluster.dueAway = true;
        assertThat(b.engine.operations().adopt("job-1", "task-x").state()).isEqualTo(JobState.ACCEPTED);
        cluster.dueAway = false;
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aTaskIsFollowedAlthoughTheNodeThatWasToldEndedBeforeTheStoresTimerWas() {
        unknown(a, "job-1", true);
        cluster.dueAway = true;
        b.engine.operations().adopt("job-1", "task-x");
        b.kill();
        cluster.dueAway = false;
        pass(60);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    private void failed(String jobId) {
        cluster.gateway.pollScript.add(TestGateway.status(400));
        submit(a, jobId, "key", true);
        pass(30);
        assertThat(job(jobId).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aRetryOnTwoNodesIsOneJob() {
        failed("job-1");
        cluster.gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> first = a.engine.operations().retry("job-1");
        CompletableFuture<VideoJob> second = b.engine.operations().retry("job-1");
        pass(2);
        cluster.gateway.held.get(0).complete(TestGateway.status(200, "task-again"));
        pass(2);

        String id = first.join().id();
        assertThat(second).isCompletedWithValueMatching(job -> job.id().equals(id) && job.taskId().equals("task-again"));
        assertThat(b.engine.operations().retryOf("job-1")).hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(id));
        assertThat(cluster.gateway.posts()).isEqualTo(2);
    }

    /** A retry on another node comes after each question of this one to the store. */
    @Test
    void aRetryThatAnotherNodeOvertakesIsOneJobThatHasTheKey() {
        failed("job-1");
        for (int step = 1; step <= 12; step++) {
            String failed = "failed-" + step;
            String key = "key-" + step;
            VideoJob known = job("job-1");
            cluster.store.insert(VideoJob.create(failed, known.account(), known.provider(), known.createdAt(), job -> job.jobKey(key)
                    .request(known.request()).requestHash(known.requestHash()).state(JobState.FAILED).error(known.error())
                    .endedAt(known.endedAt()).delivery(known.delivery().acknowledged())));
            long before = cluster.gateway.posts();
            int[] asked = new int[1];
            int overtakenAt = step;
            List<CompletableFuture<VideoJob>> retries = new ArrayList<>();
            cluster.store.after = question -> {
                if (++asked[0] == overtakenAt) {
                    retries.add(b.engine.operations().retry(failed));
                }
            };
            retries.add(a.engine.operations().retry(failed));
            cluster.store.after = question -> { };
            pass(2);

            assertThat(cluster.gateway.posts()).as("posts, overtaken at question %s", step).isEqualTo(before + 1);
            assertThat(retries).as("overtaken at question %s", step).allSatisfy(retry -> assertThat(retry).isCompletedWithValueMatching(
                    job -> b.engine.operations().retryOf(failed).orElseThrow().id().equals(job.id())));
            assertThat(cluster.store.findByKey("default", key)).as("key, overtaken at question %s", step)
                    .hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(b.engine.operations().retryOf(failed).orElseThrow().id()));
        }
    }

    private void acknowledged(String jobId) {
        submit(a, jobId, null, true);
        pass(30);
        assertThat(claim(a)).hasSize(1);
        HandedOutVideo video = a.engine.handOut(jobId);
        a.engine.completions().acknowledge(jobId);
        a.engine.settle(video, true);
        assertThat(job(jobId).file()).doesNotExist();
    }

    @Test
    void aVideoThatIsDeliveredAgainIsFetchedByTheNodeThatWasAskedAlthoughTheStoresTimerCouldNotBeTold() {
        acknowledged("job-1");
        cluster.dueAway = true;
        b.engine.operations().redeliver("job-1");
        pass(1);

        assertThat(claim(b)).singleElement().satisfies(job -> assertThat(job.file()).startsWith(directory.resolve("b")).exists());
    }

    @Test
    void aVideoThatIsDeliveredAgainIsFetchedAlthoughTheNodeThatWasAskedHasEnded() {
        acknowledged("job-1");
        cluster.gateway.downloadScript.add("hold");
        cluster.dueAway = true;
        b.engine.operations().redeliver("job-1");
        b.kill();
        cluster.dueAway = false;
        pass(60);

        assertThat(claim(a)).singleElement().satisfies(job -> assertThat(job.file()).exists());
    }

    @Test
    void aVideoThatIsToBeFetchedAgainIsLeftToNodesThatKnowItsAccount() throws Exception {
        submit(a, "job-1", null, true);
        pass(30);
        Files.delete(job("job-1").file());
        TestCluster.Node stranger = cluster.startWithoutAccounts("c", "a");
        pass(10);
        assertThat(claim(stranger)).isEmpty();
        pass(10);
        assertThat(claim(a)).singleElement().satisfies(job -> assertThat(job.file()).exists());

        HandedOutVideo video = a.engine.handOut("job-1");
        a.engine.completions().acknowledge("job-1");
        a.engine.settle(video, true);
        stranger.engine.operations().redeliver("job-1");
        pass(10);
        assertThat(claim(a)).singleElement().satisfies(job -> assertThat(job.file()).exists());
    }
}
