// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.RateLimitedException;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

class FailoverTest extends EngineTestBase {

    private VideoOrder order(String jobId, String key, VideoOrder.SubmitUnknown submitUnknown, VideoOrder.OnFailedKey onFailedKey) {
        return VideoOrder.builder(jobId, gateway.account("a", 0), VideoRequest.ofPrompt("a cat"))
                .failover(List.of(gateway.account("b", 0), gateway.account("a", 0), gateway.account("c", 0)))
                .jobKey(key).submitUnknown(submitUnknown).onFailedKey(onFailedKey).waiter(waiter).build();
    }

    private VideoOrder order(String jobId, String key) {
        return order(jobId, key, VideoOrder.SubmitUnknown.FAIL, VideoOrder.OnFailedKey.FAIL);
    }

    @Test
    void theJobRemembersWhoHasRefusedItBefore() {
        gateway.submitScript.addAll(List.of(TestGateway.status(402), TestGateway.status(401)));

        CompletableFuture<VideoJob> taken = submit(order("job-1", "key"));

        VideoJob job = job(taken.join().id());
        assertThat(job.account()).isEqualTo("c");
        assertThat(job.jobKey()).isEqualTo("key");
        assertThat(job.details().attempts()).extracting(JobError.Attempt::account).containsExactly("a", "b");
        assertThat(job.details().attempts()).extracting(one -> one.error().type())
                .containsExactly(ErrorType.SUBMIT_REJECTED, ErrorType.AUTHENTICATION);
        assertThat(job.details().attempts()).extracting(JobError.Attempt::jobId).contains("job-1");
        assertThat(jobs()).extracting(VideoJob::state).containsExactlyInAnyOrder(
                JobState.REJECTED, JobState.REJECTED, JobState.ACCEPTED);
    }

    @Test
    void aRateLimitIsWaitedForBeforeAnotherAccountIsTried() {
        gateway.submitScript.addAll(List.of(TestGateway.retryAfter(429, 20), TestGateway.retryAfter(429, 300)));

        CompletableFuture<VideoJob> taken = submit(order("job-1", "key"));
        assertThat(taken).isNotDone();
        timer.advance(Duration.ofSeconds(21));

        assertThat(taken.join().account()).isEqualTo("b");
        assertThat(gateway.posts()).isEqualTo(3);
    }

    @Test
    void theSameCallAndTheSameKeyAttachToTheJobAtTheOtherAccount() {
        gateway.submitScript.add(TestGateway.status(402));
        VideoJob first = submit(order("job-1", "key")).join();

        assertThat(submit(order("job-1", "key")).join().id()).isEqualTo(first.id());
        assertThat(submit(order("job-2", "key")).join().id()).isEqualTo(first.id());
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aCallWhoseJobIsGoneWhenItBeginsToWaitGoesOnByItself() {
        gateway.submitsPerSecond = 1;
        submit(order("job-0", "other key"));
        submit(order("job-1", "key"));
        // Once to find the job of the order, once for the decision, then for the wait.
        Predicate<String> atWait = FlakyStore.only("find", 3);
        store.away = question -> atWait.test(question) && !store.remove(job("job-1"));

        CompletableFuture<VideoJob> second = submit(order("job-2", "key"));

        assertThat(job("job-2").state()).isEqualTo(JobState.NEW);
        timer.advance(Duration.ofSeconds(3));
        assertThat(second).isCompletedWithValueMatching(job -> job.account().equals("a"));
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void theSameCallAttachesWithoutAKey() {
        gateway.submitScript.add(TestGateway.status(402));
        VideoJob first = submit(order("job-1", null)).join();

        assertThat(submit(order("job-1", null)).join().id()).isEqualTo(first.id()).isNotEqualTo("job-1");
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void theNextEngineAttachesToTheJobAtTheOtherAccount() {
        gateway.submitScript.add(TestGateway.status(402));
        VideoJob first = submit(order("job-1", "key")).join();
        timer.advance(Duration.ofMillis(1));
        engine = newEngine();

        assertThat(submit(order("job-2", "key")).join().id()).isEqualTo(first.id());
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aPostAtTheOtherAccountWhoseProcessEndedIsNotSentAgainAnywhere() {
        gateway.submitScript.addAll(List.of(TestGateway.status(402), "hold"));
        submit(order("job-1", "key"));
        assertThat(gateway.posts()).isEqualTo(2);
        timer.advance(Duration.ofMillis(1));
        engine = newEngine();

        CompletableFuture<VideoJob> again = submit(order("job-2", "key"));

        assertThat(error(again)).isInstanceOf(SubmitUnknownException.class);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aLostAnswerEndsTheCall() {
        gateway.submitScript.addAll(List.of(TestGateway.status(402), TestGateway.lost()));

        GrokVideoException failure = error(submit(order("job-1", "key")));

        assertThat(failure).isInstanceOf(SubmitUnknownException.class);
        assertThat(failure.getCharged()).isEqualTo(Charged.UNKNOWN);
        assertThat(failure.getAttempts()).extracting(JobError.Attempt::account).containsExactly("a");
        assertThat(error(submit(order("job-2", "key")))).isInstanceOf(SubmitUnknownException.class);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aJobInDoubtThatIsSentAgainAtTheUsersRiskDoesNotGoOnWhenItIsRefused() {
        gateway.submitScript.addAll(List.of(TestGateway.lost(), TestGateway.status(402)));
        submit(order("job-1", "key"));

        GrokVideoException failure = error(submit(
                order("job-2", "key", VideoOrder.SubmitUnknown.RESUBMIT, VideoOrder.OnFailedKey.FAIL)));

        assertThat(failure).isInstanceOf(SubmitRejectedException.class);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aJobThatFailedAfterItWasAcceptedIsNotMadeElsewhere() {
        VideoJob first = submit(order("job-1", "key")).join();
        gateway.pollScript.add(TestGateway.status(400));
        timer.advance(Duration.ofSeconds(10));
        assertThat(job(first.id()).state()).isEqualTo(JobState.FAILED);

        assertThat(error(submit(order("job-1", "key"))).getError().type()).isEqualTo(ErrorType.JOB_FAILED);
        assertThat(error(submit(order("job-2", "key"))).getError().type()).isEqualTo(ErrorType.JOB_FAILED);
        assertThat(gateway.posts()).isEqualTo(1);

        VideoJob again = submit(order("job-3", "key", VideoOrder.SubmitUnknown.FAIL, VideoOrder.OnFailedKey.RESUBMIT)).join();
        assertThat(again.account()).isEqualTo("a");
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void ifAllRefuseTheErrorNamesThemAndTheKeyIsFree() {
        gateway.submitScript.addAll(List.of(TestGateway.status(402), TestGateway.retryAfter(429, 300), TestGateway.status(401)));

        GrokVideoException failure = error(submit(order("job-1", "key")));

        assertThat(failure).isInstanceOf(RateLimitedException.class).matches(GrokVideoException::isRetryable);
        assertThat(failure.getCharged()).isEqualTo(Charged.NO);
        assertThat(failure.getMessage()).contains("a (test): SUBMIT_REJECTED", "b (test): RATE_LIMITED", "c (test): AUTHENTICATION");
        assertThat(gateway.posts()).isEqualTo(3);

        assertThat(submit(order("job-2", "key")).join().account()).isEqualTo("a");
    }

    @Test
    void theLineOfOneAccountIsNotLeftForAnother() {
        VideoAccount full = gateway.account("a", 1);
        VideoOrder first = VideoOrder.builder("job-1", full, VideoRequest.ofPrompt("a cat")).waiter(waiter).build();
        submit(first).join();

        CompletableFuture<VideoJob> queued = engine.submit(VideoOrder.builder("job-2", full, VideoRequest.ofPrompt("a dog"))
                .failover(List.of(gateway.account("b", 0))).waiter(waiter).build(), Duration.ofSeconds(5));
        timer.advance(Duration.ofSeconds(4));
        assertThat(queued).isNotDone();
        timer.advance(Duration.ofSeconds(2));

        assertThat(error(queued)).isInstanceOf(WaitTimeoutException.class);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aCallerThatHasGoneDoesNotGoOn() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> left = submit(order("job-1", "key"));
        engine.detach(waiter);
        gateway.held.get(0).complete(TestGateway.status(402));
        timer.runDue();

        assertThat(error(left).getError().type()).isEqualTo(ErrorType.DETACHED);
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(job("job-1").state()).isEqualTo(JobState.REJECTED);
    }
}
