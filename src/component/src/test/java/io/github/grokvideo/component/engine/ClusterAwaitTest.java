// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

/** Who awaits a job that another node, or a consumer, has in hand. */
class ClusterAwaitTest extends ClusterTestBase {

    @Test
    void aVideoThatAConsumerHasIsKeptForItAlthoughAnAwaitOnAnotherNodeHasSucceeded() {
        submit(a, "job-1", null, true);
        pass(30);
        assertThat(claim(a)).hasSize(1);
        HandedOutVideo consumers = a.engine.handOut("job-1");
        assertThat(await(b, "job-1")).isCompleted();
        b.engine.settle(b.engine.handOut("job-1"), true);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.CLAIMED);
        a.engine.completions().giveBack("job-1", Duration.ofSeconds(5));
        a.engine.settle(consumers, false);
        pass(5);

        assertThat(claim(a)).singleElement().satisfies(job -> {
            assertThat(job.delivery().count()).isEqualTo(2);
            assertThat(job.file()).exists();
        });
    }

    private void rendered(String jobId, boolean detached) {
        submit(a, jobId, null, detached, true);
        pass(30);
        assertThat(job(jobId).state()).isEqualTo(JobState.RENDERED);
    }

    @Test
    void aVideoOfWhichOnlyTheUrlWasWantedIsFetchedForWhoeverAwaitsItsFile() {
        rendered("job-1", true);
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(5);

        assertThat(video).isCompletedWithValueMatching(job -> job.file().startsWith(directory.resolve("b")));
        b.engine.settle(b.engine.handOut("job-1"), true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(claim(a)).isEmpty();
    }

    @Test
    void aVideoOfWhichAnotherNodesExchangeWantedOnlyTheUrlIsFetchedForWhoeverAwaitsItsFile() {
        rendered("job-1", false);
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(5);

        assertThat(video).isCompletedWithValueMatching(job -> job.file().startsWith(directory.resolve("b")));
    }

    @Test
    void aUrlInAConsumersHandsIsTheConsumersUntilItSaysWhatCameOfIt() {
        rendered("job-1", true);
        assertThat(claim(a)).hasSize(1);
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(5);
        assertThat(job("job-1").urlOnly()).isTrue();
        a.engine.completions().giveBack("job-1", HOUR);
        pass(5);

        assertThat(video).isCompletedWithValueMatching(job -> job.file().startsWith(directory.resolve("b")));
    }

    @Test
    void aFileInAConsumersHandsIsNotTakenAwayByAnotherMachineThatAwaitsIt() throws Exception {
        submit(a, "job-1", null, true);
        pass(30);
        assertThat(claim(a)).hasSize(1);
        Path elsewhere = Files.move(job("job-1").file(), directory.resolve("on another machine"));
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(5);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.CLAIMED);
        assertThat(video).isNotDone();
        a.engine.completions().acknowledge("job-1");
        pass(5);

        assertThat(video).isCompletedWithValueMatching(job -> job.file().startsWith(directory.resolve("b")));
        assertThat(elsewhere).exists();
    }

    @Test
    void aUrlThatWasDeliveredDoesNotComeOutOfCompletedAfterARestart() {
        rendered("job-1", false);
        rendered("job-2", false);
        a.engine.urlDelivered("job-1");
        a.stop();
        pass(25 * 3600);

        // Nobody has said that the work with the other one has succeeded.
        assertThat(claim(b)).extracting(VideoJob::id).containsExactly("job-2");
    }

    /** As the takeover on a third node does with what a node that has ended had not sent. */
    private void removedElsewhere(String jobId) {
        assertThat(cluster.store.removeAll(List.of(job(jobId)))).hasSize(1);
    }

    @Test
    void aSubmitThatWaitsForANodeToSendItsJobIsToldThatAnotherNodeRemovedIt() {
        cluster.store.insert(VideoJob.create("job-1", "default", "test", cluster.timer.now(),
                job -> job.jobKey("key").node("a").request(VideoRequest.ofPrompt("a cat"))));
        CompletableFuture<VideoJob> attached = submit(b, "job-2", "key", false);
        CompletableFuture<VideoJob> video = await(b, "job-1");
        pass(3);
        assertThat(attached).isNotDone();
        removedElsewhere("job-1");
        pass(2);

        assertThat(error(attached)).isEqualTo(ErrorType.DETACHED);
        assertThat(error(video)).isEqualTo(ErrorType.JOB_NOT_FOUND);
        assertThat(submit(b, "job-2", "key", false)).isCompletedWithValueMatching(job -> job.id().equals("job-2"));
        assertThat(cluster.gateway.posts()).isEqualTo(1);
    }

    @Test
    void aJobThatAnotherNodeRemovedHoldsNoPlaceAtItsAccount() {
        VideoAccount narrow = cluster.gateway.account("narrow", 1);
        a.engine.submit(order("job-1", null, narrow));
        CompletableFuture<VideoJob> second = a.engine.submit(order("job-2", null, narrow));
        pass(1);
        assertThat(second).isNotDone();
        removedElsewhere("job-1");
        pass(5);

        assertThat(second).isCompletedWithValueMatching(job -> job.taskId() != null);
    }

    @Test
    void aJobThatAnEndedNodeLeftUnsentIsThisNodesBeforeItsTurn() {
        VideoAccount narrow = cluster.gateway.account("narrow", 1);
        a.engine.register(narrow);
        b.engine.submit(order("job-1", null, narrow));
        cluster.store.insert(VideoJob.create("left", "narrow", "test", cluster.timer.now(),
                job -> job.jobKey("key").node("ended").request(VideoRequest.ofPrompt("a cat"))));
        CompletableFuture<VideoJob> attached = b.engine.submit(order("job-2", "key", narrow));
        pass(1);

        // Whoever takes over from the ended node now finds nothing that is that node's.
        assertThat(job("left").state()).isEqualTo(JobState.NEW);
        assertThat(job("left").node()).isEqualTo("b");
        pass(60);
        assertThat(attached).isCompletedWithValueMatching(job -> job.id().equals("left"));
    }

    private VideoOrder order(String jobId, String key, VideoAccount account) {
        return VideoOrder.builder(jobId, account, VideoRequest.ofPrompt("a cat")).jobKey(key).waiter(this)
                .labels(new OrderLabels("route", "tag", Map.of(), true, false)).build();
    }
}
