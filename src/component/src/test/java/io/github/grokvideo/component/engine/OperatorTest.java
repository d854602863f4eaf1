// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.Test;

/** What an operator does with jobs, with the jobs in memory. */
class OperatorTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    private JobOperations operations() {
        return engine.operations();
    }

    private VideoJob detached(String id, String key) {
        VideoOrder order = order(id, "a cat", key);
        submit(VideoOrder.builder(order.jobId(), order.account(), order.request()).jobKey(key).onFailedKey(order.onFailedKey())
                .submitUnknown(order.submitUnknown()).waiter(waiter).labels(new OrderLabels("route", "tag", Map.of(), true, false))
                .build());
        return job(id);
    }

    private VideoJob unknown(String id, String key) {
        gateway.submitScript.add(TestGateway.lost());
        return detached(id, key);
    }

    @Test
    void anUnknownJobThatIsToldItsTaskGoesOnFromThere() {
        assertThat(unknown("job-1", "key").state()).isEqualTo(JobState.UNKNOWN);

        assertThat(operations().adopt("job-1", " task-x ").state()).isEqualTo(JobState.ACCEPTED);
        timer.advance(Duration.ofMinutes(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").taskId()).isEqualTo("task-x");
        assertThat(job("job-1").error()).isNull();
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);
        assertThat(gateway.posts()).isEqualTo(1);
        assertThatThrownBy(() -> operations().adopt("job-1", "other")).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Only an UNKNOWN job").hasMessageContaining("DOWNLOADED");
        assertThatThrownBy(() -> operations().adopt("job-1", " ")).hasMessageContaining("task id is missing");
    }

    @Test
    void aJobWhoseExchangeWasToldItsDoubtComesOutOfCompletedShouldItsMessageNotComeAgain() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("job-1", "a cat", "key"));

        operations().adopt("job-1", "task-x");
        timer.advance(Duration.ofHours(23));
        assertThat(engine.completions().claim(job -> true, 1)).isEmpty();
        timer.advance(Duration.ofHours(2));
        assertThat(engine.completions().claim(job -> true, 1)).extracting(VideoJob::id).containsExactly("job-1");
    }

    @Test
    void aJobWhoseMessageComesAgainAfterItWasToldItsTaskIsForThatMessage() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("job-1", "a cat", "key"));
        operations().adopt("job-1", "task-x");

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(job("job-1").delivery()).isEqualTo(JobDelivery.ATTACHED);
        timer.advance(Duration.ofHours(25));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(engine.completions().claim(job -> true, 1)).isEmpty();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anUnknownJobIsSubmittedAgainAsTheSameJob() {
        unknown("job-1", "key");

        CompletableFuture<VideoJob> again = operations().resubmit("job-1");
        timer.runDue();

        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-1") && job.state() == JobState.ACCEPTED);
        assertThat(gateway.posts()).isEqualTo(2);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);
        assertThat(error(operations().resubmit("job-1")).getError().type()).isEqualTo(ErrorType.INVALID_REQUEST);
    }

    @Test
    void aJobThatAnOperatorSubmitsAgainIsNotLeftLyingAlthoughItsExchangeHasGone() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("job-1", "a cat", "key"));

        operations().resubmit("job-1");
        timer.advance(Duration.ofHours(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(engine.completions().claim(job -> true, 1)).isEmpty();
        timer.advance(Duration.ofHours(24));
        assertThat(engine.completions().claim(job -> true, 1)).extracting(VideoJob::id).containsExactly("job-1");
    }

    @Test
    void anUnknownJobThatIsGivenUpKeepsItsKey() {
        unknown("job-1", "key");

        assertThat(operations().abandon("job-1").state()).isEqualTo(JobState.FAILED);
        assertThat(error(submit(order("job-2", "a cat", "key"))).getMessage()).contains("An operator gave it up");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aFailedJobIsMadeAnewAsAnotherJobThatHasItsKey() {
        gateway.pollScript.add(TestGateway.status(400));
        detached("job-1", "key");
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
        assertThat(operations().isRepeatable(job("job-1"))).isTrue();

        CompletableFuture<VideoJob> anew = operations().retry("job-1");
        timer.runDue();

        assertThat(anew).isCompletedWithValueMatching(job -> !job.id().equals("job-1") && "key".equals(job.jobKey())
                && "tag".equals(job.tag()) && "route".equals(job.route()));
        assertThat(job("job-1").jobKey()).isNull();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    private void failed(String id) {
        gateway.pollScript.add(TestGateway.status(400));
        detached(id, "key");
        timer.advance(Duration.ofMinutes(1));
        assertThat(job(id).state()).isEqualTo(JobState.FAILED);
    }

    private CompletableFuture<VideoJob> retry(String id) {
        CompletableFuture<VideoJob> anew = operations().retry(id);
        timer.runDue();
        return anew;
    }

    @Test
    void aSecondRetryAttachesToTheJobOfTheFirst() {
        failed("job-1");
        assertThat(operations().retryOf("job-1")).isEmpty();

        String first = retry("job-1").join().id();
        assertThat(retry("job-1")).isCompletedWithValueMatching(job -> job.id().equals(first));
        timer.advance(Duration.ofMinutes(1));
        assertThat(retry("job-1")).isCompletedWithValueMatching(job -> job.id().equals(first) && job.state() == JobState.DOWNLOADED);

        assertThat(operations().retryOf("job-1")).hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(first));
        assertThat(operations().retryOf(first)).isEmpty();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aRetryThatHasFailedIsTheOneToRetry() {
        failed("job-1");
        gateway.pollScript.add(TestGateway.status(400));
        String first = retry("job-1").join().id();
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(retry("job-1"))).isInstanceOf(JobFailedException.class).hasMessageContaining(first);
        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(retry(first)).isCompletedWithValueMatching(job -> !job.id().equals(first) && "key".equals(job.jobKey()));
        assertThat(gateway.posts()).isEqualTo(3);
    }

    @Test
    void aRetryThatIsInDoubtIsNotSentAgain() {
        failed("job-1");
        gateway.submitScript.add(TestGateway.lost());

        assertThat(error(retry("job-1"))).isInstanceOf(SubmitUnknownException.class);
        assertThat(error(retry("job-1"))).isInstanceOf(SubmitUnknownException.class);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aRetryThatCreatedNothingIsSentAnew() {
        failed("job-1");
        gateway.submitScript.add(TestGateway.status(400));
        assertThat(error(retry("job-1"))).isInstanceOf(SubmitRejectedException.class);
        String rejected = operations().retryOf("job-1").orElseThrow().id();

        assertThat(retry("job-1")).isCompletedWithValueMatching(job -> job.id().equals(rejected) && job.state() == JobState.ACCEPTED);
    }

    @Test
    void aRequestThatIsNotStoredWholeIsNotRepeated() {
        unknown("job-1", "key");
        store.update("job-1", job -> job.with(changes -> changes.request(VideoRequest.builder().build())));

        assertThat(operations().isRepeatable(job("job-1"))).isFalse();
        assertThat(error(operations().resubmit("job-1")).getMessage()).contains("not complete").contains("send the message again");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aDeliveredJobIsDeliveredAgainAndItsVideoFetchedAgain() {
        detached("job-1", null);
        timer.advance(Duration.ofMinutes(1));
        engine.completions().claim(job -> true, 1);
        HandedOutVideo video = engine.handOut("job-1");
        engine.completions().acknowledge("job-1");
        engine.settle(video, true);
        assertThat(job("job-1").file()).doesNotExist();

        operations().redeliver("job-1");
        timer.advance(Duration.ofSeconds(1));

        assertThat(engine.completions().claim(job -> true, 1)).singleElement()
                .satisfies(job -> assertThat(job.file()).exists());
        assertThat(gateway.downloads).hasSize(2);
        assertThatThrownBy(() -> operations().redeliver("job-1")).hasMessageContaining("that no consumer has claimed");
    }

    @Test
    void aVideoTooLargeForADetachedJobIsAnOutcomeAndFetchedAgainByRedeliver() {
        gateway.downloadScript.add(TestGateway.broken(Kind.TOO_LARGE));
        detached("job-1", null);
        timer.advance(Duration.ofMinutes(1));

        assertThat(engine.completions().claim(job -> true, 1)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.error().type()).isEqualTo(ErrorType.DOWNLOAD_FAILED);
        });
        engine.completions().acknowledge("job-1");

        operations().redeliver("job-1");
        timer.advance(Duration.ofSeconds(1));
        assertThat(engine.completions().claim(job -> true, 1)).singleElement().satisfies(job -> assertThat(job.file()).exists());
    }

    /** A consumer and an exchange that awaits the same job have its video. */
    private HandedOutVideo[] inTwoHands(String id) {
        detached(id, null);
        timer.advance(Duration.ofMinutes(1));
        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
        HandedOutVideo consumers = engine.handOut(id);
        assertThat(await(id, HOUR)).isCompleted();
        return new HandedOutVideo[] { consumers, engine.handOut(id) };
    }

    private void comesAgain(String id) {
        timer.advance(Duration.ofSeconds(5));
        assertThat(engine.completions().claim(job -> true, 1)).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(id);
            assertThat(job.delivery().count()).isEqualTo(2);
            assertThat(job.file()).exists();
        });
        assertThat(gateway.downloads).hasSize(1);
    }

    @Test
    void aConsumerThatFailsGetsTheVideoAgainAlthoughAnAwaitHasSucceededBefore() {
        HandedOutVideo[] hands = inTwoHands("job-1");
        engine.settle(hands[1], true);
        engine.completions().giveBack("job-1", Duration.ofSeconds(5));
        engine.settle(hands[0], false);

        comesAgain("job-1");
    }

    @Test
    void aConsumerThatFailsGetsTheVideoAgainAlthoughAnAwaitSucceedsAfterwards() {
        HandedOutVideo[] hands = inTwoHands("job-1");
        engine.completions().giveBack("job-1", Duration.ofSeconds(5));
        engine.settle(hands[0], false);
        engine.settle(hands[1], true);

        comesAgain("job-1");
    }

    @Test
    void theFileGoesWithTheLastWhoHasItHoweverThatEnds() {
        HandedOutVideo[] hands = inTwoHands("job-1");
        engine.completions().acknowledge("job-1");
        engine.settle(hands[0], true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").file()).exists();
        engine.settle(hands[1], false);

        assertThat(job("job-1").file()).doesNotExist();
        assertThat(handedOut(directory)).isEmpty();
    }

    private CompletableFuture<VideoJob> fileOfAUrlInAConsumersHands(String id) {
        VideoOrder order = order(id, "a cat", null);
        submit(VideoOrder.builder(id, order.account(), order.request()).onFailedKey(order.onFailedKey())
                .submitUnknown(order.submitUnknown()).urlOnly(true).waiter(waiter)
                .labels(new OrderLabels("route", "tag", Map.of(), true, false)).build());
        timer.advance(Duration.ofMinutes(1));
        assertThat(engine.completions().claim(job -> true, 1)).extracting(VideoJob::state).containsExactly(JobState.RENDERED);
        CompletableFuture<VideoJob> file = await(id, HOUR);
        assertThat(gateway.downloads).isEmpty();
        return file;
    }

    @Test
    void whoAwaitsTheFileOfAUrlThatAConsumerHasGetsItWhenTheConsumerHasDone() {
        CompletableFuture<VideoJob> file = fileOfAUrlInAConsumersHands("job-1");
        engine.completions().acknowledge("job-1");
        timer.runDue();

        assertThat(file).isCompletedWithValueMatching(job -> job.file() != null);
    }

    @Test
    void whoAwaitsTheFileOfAUrlThatAConsumerHasGetsItWhenTheConsumerHasFailed() {
        CompletableFuture<VideoJob> file = fileOfAUrlInAConsumersHands("job-1");
        engine.completions().giveBack("job-1", HOUR);
        timer.runDue();

        assertThat(file).isCompletedWithValueMatching(job -> job.file() != null);
    }

    @Test
    void anExpiredVideoThatIsThereAfterAllIsFetchedByRedeliver() {
        gateway.urlsExpireAt = timer.now();
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/1"), TestGateway.status(200, "http://files.test/1"),
                TestGateway.status(200, "http://files.test/1"), TestGateway.status(200, "http://files.test/1")));
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.URL_EXPIRED), TestGateway.broken(Kind.URL_EXPIRED)));
        detached("job-1", "key");
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);

        operations().redeliver("job-1");
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).as("it is not").isEqualTo(JobState.EXPIRED);
        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
        engine.completions().acknowledge("job-1");
        operations().redeliver("job-1");
        timer.advance(Duration.ofMinutes(1));

        assertThat(engine.completions().claim(job -> true, 1)).singleElement().satisfies(job -> {
            assertThat(job.file()).exists();
            assertThat(job.error()).isNull();
        });
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void jobsAreAskedAboutNowAndTheirWaitsEnded() {
        submit(order("job-1", "a cat", null));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        assertThat(operations().nextPollAt("job-1")).hasValue(timer.now().plusSeconds(5));

        CompletableFuture<VideoJob> asked = operations().pollNow("job-1");
        timer.runDue();
        assertThat(asked).isCompletedWithValueMatching(job -> job.progress() == 50);

        operations().stopWaiting("job-1");
        assertThat(error(video).getError().type()).isEqualTo(ErrorType.DETACHED);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(error(operations().pollNow("job-1")).getError().type()).isEqualTo(ErrorType.INVALID_REQUEST);
    }

    @Test
    void whatEndedIsForgottenButNotWhatIsOnItsWay() {
        submit(order("job-1", "a cat", "key"));
        await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(1));
        engine.settle(engine.handOut("job-1"), true);
        gateway.pollScript.add(TestGateway.status(400));
        detached("job-2", null);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-2").delivery().state()).isEqualTo(JobDelivery.State.OFFERED);

        assertThat(operations().purge(timer.now().minus(HOUR))).isZero();
        assertThat(operations().purge(timer.now())).isEqualTo(1);
        assertThat(jobs()).extracting(VideoJob::id).containsExactly("job-2");
    }

    @Test
    void moreThanOneRoundTakesIsForgottenAtOnce() {
        for (int i = 0; i < 10_500; i++) {
            store.insert(VideoJob.create("old-" + i, "default", "test", timer.now(),
                    job -> job.state(JobState.FAILED).endedAt(timer.now())));
        }
        timer.advance(Duration.ofMinutes(1));

        assertThat(operations().purge(timer.now())).isEqualTo(10_500);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void anOutcomeThatNoConsumerTakesIsForgottenInTheEnd() {
        gateway.pollScript.add(TestGateway.status(400));
        detached("job-1", null);
        detached("job-2", null);
        timer.advance(Duration.ofMinutes(1));
        assertThat(jobs()).extracting(VideoJob::state).containsExactly(JobState.FAILED, JobState.DOWNLOADED);

        timer.advance(Duration.ofDays(6));
        assertThat(jobs()).hasSize(2).allMatch(job -> job.delivery().isOffered(timer.now()));
        timer.advance(Duration.ofDays(3));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void jobsArePagedByFilterAndSort() {
        for (int i = 1; i <= 7; i++) {
            submit(order("job-" + i, "a cat", i == 3 ? "needle" : null));
            timer.advance(Duration.ofMillis(10));
        }

        JobPage page = operations().page(new JobQuery(Set.of(JobState.ACCEPTED), null, "test", null, null, null,
                JobQuery.Sort.CREATED, true, 2, 3));
        assertThat(page.total()).isEqualTo(7);
        assertThat(page.jobs()).extracting(VideoJob::id).containsExactly("job-5", "job-4", "job-3");
        assertThat(operations().page(new JobQuery(null, null, null, null, null, "NEEDLE", JobQuery.Sort.STATE, false, 0, 50)).jobs())
                .extracting(VideoJob::id).containsExactly("job-3");
        assertThat(operations().findByKey("default", "needle")).hasValueSatisfying(job -> assertThat(job.id()).isEqualTo("job-3"));
        assertThatThrownBy(() -> new JobQuery(null, null, null, null, null, null, JobQuery.Sort.CREATED, true, 0, 501))
                .hasMessageContaining("1 to 500");
    }
}
