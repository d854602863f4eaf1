// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobNotFoundException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException;
import org.junit.jupiter.api.Test;

/** A gateway that does not know a task it has taken: one such answer is a slip, and what many end can be asked about again. */
class NotFoundTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    private void answers(int status, int times) {
        for (int i = 0; i < times; i++) {
            gateway.pollScript.add(TestGateway.status(status));
        }
    }

    /** A job that has ended since the gateway did not know its task. */
    private void lose(VideoOrder order) {
        answers(404, 200);
        submit(order);
        timer.advance(Duration.ofMinutes(12));
        assertThat(job(order.jobId()).state()).isEqualTo(JobState.FAILED);
        gateway.pollScript.clear();
    }

    @Test
    void aLateSlipDoesNotEndAPaidJob() {
        answers(202, 30);
        answers(404, 1);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofDays(1));

        timer.advance(HOUR);

        assertThat(video).isCompleted();
        assertThat(gateway.polls()).isEqualTo(32);
    }

    @Test
    void severalOverTenMinutesEndIt() {
        answers(202, 3);
        answers(404, 200);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofDays(1));

        timer.advance(Duration.ofMinutes(10));
        assertThat(video).isNotDone();
        timer.advance(Duration.ofMinutes(2));

        GrokVideoException error = error(video);
        assertThat(error).isInstanceOf(JobNotFoundException.class).hasMessageContaining("10m").hasMessageContaining("polls it again");
        assertThat(error.isResumable()).isTrue();
        assertThat(error.getCharged()).isEqualTo(Charged.UNKNOWN);
    }

    @Test
    void anyOtherAnswerBeginsTheCountAnew() {
        for (int i = 0; i < 20; i++) {
            answers(404, 6);
            answers(i % 2 == 0 ? 202 : 503, 1);
        }
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(90));

        assertThat(job("job-1").state().isWaiting()).isTrue();
    }

    @Test
    void aRestartBeginsTheCountAnew() {
        answers(404, 1000);
        submit(order("a cat"));
        timer.advance(Duration.ofMinutes(9));
        engine.close();
        engine = newEngine();
        engine.start();
        engine.register(gateway.account());

        timer.advance(Duration.ofMinutes(9));
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").error().type()).isEqualTo(ErrorType.JOB_NOT_FOUND);
    }

    @Test
    void itIsAwaitedAgain() {
        lose(order("a cat"));

        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(3));

        assertThat(video).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void itIsLookedAtAgain() {
        lose(order("a cat"));
        answers(404, 1);

        assertThat(error(await("job-1", Duration.ZERO))).isInstanceOf(WaitTimeoutException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void theSameMessageAsksAgainAndPaysNothing() {
        VideoOrder order = order("job-1", "a cat", "key");
        lose(order);

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anOperatorAsksAgain() {
        lose(order("a cat"));
        answers(202, 1);

        CompletableFuture<VideoJob> asked = engine.operations().pollNow("job-1");
        timer.runDue();
        assertThat(asked).isCompletedWithValueMatching(job -> job.state() == JobState.RUNNING);
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void anOperatorHasItDeliveredAgain() {
        lose(order("a cat"));

        assertThat(engine.operations().redeliver("job-1").state()).isEqualTo(JobState.ACCEPTED);
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void anOperatorTellsItItsTask() {
        lose(order("a cat"));

        engine.operations().adopt("job-1", "task-other");
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").taskId()).isEqualTo("task-other");
    }

    @Test
    void aSlipWhenARefusedUrlIsAskedAboutDoesNotLoseTheVideo() {
        answers(202, 1);
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/old"));
        answers(404, 1);
        answers(299, 1);
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/new"));
        for (int i = 0; i < 3; i++) {
            gateway.downloadScript.add(TestGateway.broken(DownloadException.Kind.URL_EXPIRED));
        }
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(5));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.downloads.get(gateway.downloads.size() - 1).url()).isEqualTo("http://files.test/new");
    }

    @Test
    void aUrlThatCannotBeUsedEndsResumably() {
        answers(202, 1);
        gateway.pollScript.add(TestGateway.status(200, "s3://bucket/a.mp4?X-Signature=s3cret"));
        gateway.pollScript.add(TestGateway.status(200, "s3://bucket/a.mp4?X-Signature=s3cret"));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(1));

        GrokVideoException error = error(video);
        assertThat(error).hasMessageContaining("s3://bucket/a.mp4").hasMessageNotContaining("s3cret");
        assertThat(error.isResumable()).isTrue();
        gateway.pollScript.add(TestGateway.status(200, "/files/a cat.mp4"));
        CompletableFuture<VideoJob> again = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(3));

        assertThat(again).isCompleted();
        assertThat(gateway.downloads.get(0).url()).isEqualTo("http://gateway.test/files/a%20cat.mp4");
    }

    @Test
    void aVideoThatIsDoneAndNowhereCanBeAskedAboutAgain() {
        answers(299, 2);
        submit(order("a cat"));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);

        assertThat(await("job-1", HOUR)).isNotDone();
        timer.advance(Duration.ofMinutes(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }
}
