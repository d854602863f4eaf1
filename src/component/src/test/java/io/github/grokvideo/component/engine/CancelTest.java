// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobCancelledException;
import io.github.grokvideo.component.error.UnsupportedException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job is CANCELLED when its gateway says so, and not before. */
class CancelTest extends EngineTestBase {

    private CompletableFuture<VideoJob> caller;

    @BeforeEach
    void submitted() {
        gateway.cancels = true;
        submit(order("job-1", "a cat", "key"));
        caller = await("job-1", Duration.ofMinutes(10));
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
    }

    private CompletableFuture<VideoJob> cancel() {
        CompletableFuture<VideoJob> answer = engine.operations().cancel("job-1");
        timer.runDue();
        return answer;
    }

    @Test
    void whatTheGatewayHasStoppedIsCancelledAndItsCallerIsTold() {
        assertThat(engine.operations().isCancellable(job("job-1"))).isTrue();

        assertThat(cancel().join().state()).isEqualTo(JobState.CANCELLED);

        assertThat(error(caller)).isInstanceOf(JobCancelledException.class).hasMessageContaining("as asked")
                .satisfies(error -> assertThat(((JobCancelledException) error).getCharged()).isEqualTo(Charged.NO));
        long polls = gateway.polls();
        timer.advance(Duration.ofMinutes(10));
        assertThat(gateway.polls()).as("an end is an end").isLessThanOrEqualTo(polls + 1);
        assertThat(job("job-1").state()).isEqualTo(JobState.CANCELLED);
        assertThat(error(cancel())).isInstanceOf(InvalidRequestException.class).hasMessageContaining("this one is CANCELLED");
    }

    @Test
    void aRequestToStopEndsNothingUntilAStatusQuerySaysSo() {
        gateway.cancelScript.add(TestGateway.status(202));
        gateway.pollScript.addAll(List.of(TestGateway.status(202, "30"), TestGateway.status(202, "40")));

        assertThat(cancel().join().state()).isEqualTo(JobState.RUNNING);
        assertThat(caller).isNotDone();

        gateway.pollScript.add(TestGateway.status(400));
        timer.advance(Duration.ofMinutes(2));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aVideoThatIsDoneAlreadyIsDownloaded() {
        gateway.cancelScript.add(TestGateway.status(409));
        gateway.pollScript.addAll(List.of(TestGateway.status(202), TestGateway.status(200, "http://files.test/cat.mp4")));

        cancel();
        timer.advance(Duration.ofSeconds(1));

        assertThat(caller.join().state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aVideoThatIsDoneIsNotDeleted() {
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/cat.mp4"));

        cancel().join();

        assertThat(caller.join().state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.calls).as("some gateways stop a job by deleting its video")
                .noneMatch(call -> call.path().startsWith("/cancel/"));
    }

    @Test
    void aRefusalIsToldAndTheJobGoesOn() {
        gateway.cancelScript.add(TestGateway.status(500));

        assertThat(error(cancel())).hasMessageContaining("not now");
        timer.advance(Duration.ofMinutes(2));

        assertThat(caller.join().state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aRequestWithoutAnAnswerMayHaveStoppedIt() {
        gateway.cancelScript.add(TestGateway.lost());

        assertThat(error(cancel())).hasMessageContaining("did not answer the request to stop the job: ")
                .hasMessageContaining("may be stopped")
                .satisfies(error -> assertThat(((GrokVideoException) error).getCharged()).isEqualTo(Charged.UNKNOWN));
        timer.advance(Duration.ofMinutes(2));

        assertThat(caller.join().state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aGatewayThatCannotStopAJobChargesIt() {
        gateway.cancels = false;

        assertThat(engine.operations().isCancellable(job("job-1"))).isFalse();
        assertThat(error(cancel())).isInstanceOf(UnsupportedException.class).hasMessageContaining("does not stop its charge");
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
    }

    @Test
    void aCancelledJobsKeyStaysWithIt() {
        cancel();

        assertThat(error(submit(order("job-2", "a cat", "key")))).isInstanceOf(JobCancelledException.class);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aJobThatWaitsToBeSentIsNotSent() {
        VideoAccount narrow = gateway.account("narrow", 1);
        submit(order("job-2", "a dog", null, narrow));
        CompletableFuture<VideoJob> waiting = submit(order("job-3", "a fox", "fox", narrow));
        assertThat(job("job-3").state()).isEqualTo(JobState.NEW);
        long posts = gateway.posts();

        assertThat(engine.operations().cancel("job-3").join().state()).isEqualTo(JobState.CANCELLED);
        timer.advance(Duration.ofHours(1));

        assertThat(error(waiting)).isInstanceOf(JobCancelledException.class).hasMessageContaining("before it was sent")
                .satisfies(error -> assertThat(((JobCancelledException) error).getCharged()).isEqualTo(Charged.NO));
        assertThat(error(submit(order("job-4", "a fox", "fox", narrow)))).as("a redelivery of the same message")
                .isInstanceOf(JobCancelledException.class);
        assertThat(gateway.posts()).isEqualTo(posts);
    }

    @Test
    void theOperationFindsAJobByItsTask() {
        CompletableFuture<VideoJob> cancelled = engine.cancel(gateway.account(), "task-1");
        timer.runDue();

        assertThat(cancelled).succeedsWithin(Duration.ofSeconds(10)).extracting(VideoJob::id).isEqualTo("job-1");
        assertThat(error(engine.cancel(gateway.account(), "task-9"))).hasMessageContaining("task-9");
    }
}
