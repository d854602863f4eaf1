// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.JobKeyConflictException;
import io.github.grokvideo.component.error.RateLimitedException;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitTest extends EngineTestBase {

    @Test
    void aTaskThatWasNamedBeforeTheAnswerBrokeOffIsTaken() {
        gateway.submitScript.add(new TransportException("reset", true, TestGateway.status(200, "task-named"), null));

        assertThat(submit(order("a cat"))).isCompletedWithValueMatching(job -> job.taskId().equals("task-named"));
        gateway.submitScript.add(new TransportException("reset", true, TestGateway.status(503), null));
        assertThat(error(submit(order("a dog")))).isInstanceOf(SubmitUnknownException.class);
        gateway.submitScript.add(new TransportException("reset", true, TestGateway.status(400), null));
        assertThat(error(submit(order("a bird")))).isInstanceOf(SubmitUnknownException.class);
    }

    @Test
    void anAcceptedJobIsStoredWithItsTaskId() {
        CompletableFuture<VideoJob> answer = submit(order("a cat"));

        assertThat(answer).isCompleted();
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(job("job-1").taskId()).isEqualTo("task-1");
        assertThat(job("job-1").cost().toString()).isEqualTo("0.30 USD");
    }

    @Test
    void theRowSaysSubmittingBeforeThePostLeaves() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> answer = submit(order("a cat"));

        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        assertThat(answer).isNotDone();
        gateway.held.get(0).complete(TestGateway.status(200, "task-9"));
        assertThat(answer).isCompleted();
        assertThat(job("job-1").taskId()).isEqualTo("task-9");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aServerErrorLeavesTheSubmitUnknownAndIsNeverRepeated(int status) {
        gateway.submitScript.add(TestGateway.status(status));

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofHours(1));

        assertThat(error(answer)).isInstanceOf(SubmitUnknownException.class);
        assertThat(error(answer).getCharged()).isEqualTo(Charged.UNKNOWN);
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
    }

    @Test
    void aLostAnswerIsUnknownAndTheSameCallAgainSendsNothing() {
        gateway.submitScript.add(TestGateway.lost());
        VideoOrder order = order("a cat");

        submit(order);
        CompletableFuture<VideoJob> again = submit(order);

        assertThat(error(again)).isInstanceOf(SubmitUnknownException.class).hasMessageContaining("job-1");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anUnknownSubmitIsSentAgainOnlyOnTheUsersExplicitWish() {
        gateway.submitScript.add(TestGateway.lost());
        VideoOrder order = order("job-1", "a cat", "key");
        submit(order);

        CompletableFuture<VideoJob> again = submit(with(
                order("job-2", "a cat", "key"), VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT));

        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-1") && job.state() == JobState.ACCEPTED);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aLostAnswerIsLookedUpWhereTheGatewayKeepsOurId() {
        gateway.lookups = true;
        gateway.submitScript.add(TestGateway.lost());
        gateway.pollScript.addAll(List.of(TestGateway.status(404), TestGateway.noConnection(), TestGateway.status(200, "task-7")));

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        assertThat(answer).isNotDone();
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        timer.advance(Duration.ofSeconds(10));

        assertThat(answer).isCompleted();
        assertThat(job("job-1").taskId()).isEqualTo("task-7");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aLookUpThatFindsNothingForTwoMinutesLeavesItUnknown() {
        gateway.lookups = true;
        gateway.submitScript.add(TestGateway.lost());
        for (int i = 0; i < 100; i++) {
            gateway.pollScript.add(TestGateway.status(404));
        }

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(100));
        assertThat(answer).isNotDone();
        timer.advance(Duration.ofSeconds(21));

        assertThat(error(answer)).isInstanceOf(SubmitUnknownException.class);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void tooManyRequestsIsRepeatedWhenTheGatewaySays() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 7));

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        assertThat(job("job-1").state()).isEqualTo(JobState.NEW);
        timer.advance(Duration.ofMillis(6_999));
        assertThat(gateway.posts()).isEqualTo(1);
        timer.advance(Duration.ofMillis(1));

        assertThat(answer).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(job("job-1").submits()).isEqualTo(2);
    }

    @Test
    void theTimeOfTheLastPostIsKept() {
        gateway.submitScript.addAll(List.of(TestGateway.retryAfter(429, 7), TestGateway.lost()));
        Instant created = timer.now();
        submit(order("a cat"));
        assertThat(job("job-1").submittedAt()).isEqualTo(created);

        timer.advance(Duration.ofSeconds(7));
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(job("job-1").submittedAt()).isEqualTo(created.plusSeconds(7));

        timer.advance(Duration.ofMinutes(5));
        engine.operations().resubmit("job-1");
        timer.runDue();
        assertThat(job("job-1").submittedAt()).isEqualTo(job("job-1").acceptedAt()).isEqualTo(timer.now());
        assertThat(job("job-1").createdAt()).isEqualTo(created);
    }

    @Test
    void aJobThatWasNotSentHasNoTimeOfAPost() {
        CompletableFuture<VideoJob> first = submit(order("job-1", "a cat", null, gateway.account("small", 1)));
        submit(order("job-2", "a dog", null, gateway.account("small", 1)));

        assertThat(first).isCompletedWithValueMatching(job -> job.submittedAt() != null);
        assertThat(job("job-2").submittedAt()).isNull();
    }

    @Test
    void aGatewayThatSaysAtOnceIsNotHammered() {
        gateway.submitsPerSecond = 100;
        for (int i = 0; i < 100_000; i++) {
            gateway.submitScript.add(TestGateway.retryAfter(429, i % 2 == 0 ? 0 : -5));
        }

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(61));

        assertThat(error(answer)).isInstanceOf(RateLimitedException.class);
        assertThat(gateway.posts()).isBetween(50L, 61L);
    }

    @Test
    void aGatewayThatDocumentsNoRateIsAskedLessAndLess() {
        for (int i = 0; i < 1_000; i++) {
            gateway.submitScript.add(TestGateway.retryAfter(429, 0));
        }

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(61));

        assertThat(error(answer)).isInstanceOf(RateLimitedException.class);
        assertThat(gateway.posts()).isBetween(5L, 10L);
    }

    @Test
    void theWaitForAPlaceInTheLineIsNoTry() {
        gateway.submitsPerSecond = 1;
        for (int i = 1; i < 100; i++) {
            gateway.submitScript.add(TestGateway.status(200, "task-" + i));
        }
        gateway.submitScript.add(TestGateway.retryAfter(429, 7));
        CompletableFuture<VideoJob> last = null;
        for (int i = 1; i <= 100; i++) {
            last = submit(order("a cat"));
        }
        timer.advance(Duration.ofSeconds(99));
        assertThat(gateway.posts()).isEqualTo(100);
        timer.advance(Duration.ofSeconds(7));

        assertThat(last).isCompletedWithValueMatching(job -> job.submits() == 2);
    }

    @Test
    void tooManyRequestsEndsWithinSubmitRetryTimeout() {
        for (int i = 0; i < 100; i++) {
            gateway.submitScript.add(TestGateway.status(429));
        }

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(60));

        assertThat(error(answer)).isInstanceOf(RateLimitedException.class);
        assertThat(error(answer).isRetryable()).isTrue();
        assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isBetween(5L, 10L);
    }

    @Test
    void aRetryAfterBeyondSubmitRetryTimeoutEndsAtOnce() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 3600));

        assertThat(error(submit(order("a cat")))).isInstanceOf(RateLimitedException.class).hasMessageContaining("3600 s");
    }

    @Test
    void aConnectionNeverMadeIsTriedAgain() {
        gateway.submitScript.add(TestGateway.noConnection());

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(2));

        assertThat(answer).isCompleted();
    }

    @Test
    void aRejectionFreesTheKey() {
        gateway.submitScript.add(TestGateway.status(400));

        CompletableFuture<VideoJob> rejected = submit(order("job-1", "a cat", "key"));
        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));

        assertThat(error(rejected)).isInstanceOf(SubmitRejectedException.class);
        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-2"));
    }

    @Test
    void theSameKeyAttachesToTheJobAlreadyPaidFor() {
        submit(order("job-1", "a cat", "key"));
        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));

        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void theSameKeyWhileThePostIsInFlightWaitsForItsAnswer() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> first = submit(order("job-1", "a cat", "key"));
        CompletableFuture<VideoJob> second = submit(order("job-2", "a cat", "key"));
        assertThat(second).isNotDone();

        gateway.held.get(0).complete(TestGateway.status(200, "task-1"));

        assertThat(first).isCompleted();
        assertThat(second).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aCallWhoseJobIsGoneWhenItBeginsToWaitIsNotLeftWaiting() {
        VideoAccount narrow = gateway.account("narrow", 1);
        submit(order("job-1", "a dog", null, narrow));
        submit(order("job-2", "a cat", "key", narrow));
        // Once for the decision, then for the wait.
        Predicate<String> atWait = FlakyStore.only("find", 2);
        store.away = question -> atWait.test(question) && !store.remove(job("job-2"));

        CompletableFuture<VideoJob> attached = submit(order("job-3", "a cat", "key", narrow));

        assertThat(error(attached)).isInstanceOf(DetachedException.class).hasMessageContaining("The same message submits it again")
                .matches(GrokVideoException::isRetryable);
        assertThat(error(attached).getCharged()).isEqualTo(Charged.NO);
        submit(order("job-3", "a cat", "key", narrow));
        assertThat(job("job-3").state()).isEqualTo(JobState.NEW);
    }

    @Test
    void aJobThatIsGoneWhenItsOwnCallBeginsToWaitIsNotSent() {
        VideoAccount narrow = gateway.account("narrow", 1);
        submit(order("job-1", "a dog", null, narrow));
        Predicate<String> atWait = FlakyStore.only("find", 2);
        store.away = question -> atWait.test(question) && !store.remove(job("job-2"));

        CompletableFuture<VideoJob> gone = submit(order("job-2", "a cat", "key", narrow));

        assertThat(error(gone)).isInstanceOf(DetachedException.class);
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/dog.mp4"));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).as("so that the next has its place").isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherRequestIsAConflictAndSpendsNothing() {
        submit(order("job-1", "a cat", "key"));
        CompletableFuture<VideoJob> other = submit(order("job-2", "a dog", "key"));

        assertThat(error(other)).isInstanceOf(JobKeyConflictException.class).hasMessageContaining("'key'");
        assertThat(error(other).getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void theSameKeyOfAnotherAccountIsAnotherJob() {
        submit(order("job-1", "a cat", "key"));
        VideoOrder other = VideoOrder.builder("job-2", gateway.account("other", 0), VideoRequest.ofPrompt("a cat")).jobKey("key")
                .waiter(waiter).build();

        assertThat(submit(other)).isCompletedWithValueMatching(job -> job.id().equals("job-2"));
    }

    @Test
    void anIdOfAnotherAccountIsAConflictAndSpendsNothing() {
        submit(order("job-1", "a cat", "key"));
        VideoOrder other = order("job-1", "a cat", "key", gateway.account("other", 0));

        assertThat(error(submit(other))).isInstanceOf(JobKeyConflictException.class).hasMessageContaining("another account");
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(job("job-1").account()).isEqualTo("default");
    }

    @Test
    void aRejectedJobIsReplacedByAnotherRequestAtAnotherAccount() {
        gateway.submitScript.add(TestGateway.status(400));
        assertThat(error(submit(order("job-1", "a cat", "key"))).getCharged()).isEqualTo(Charged.NO);

        assertThat(submit(order("job-1", "a dog", "key", gateway.account("other", 0)))).isCompleted();
        assertThat(job("job-1").account()).isEqualTo("other");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void aFailedJobsKeyThrowsAgainUnlessTheUserWantsToPayAgain() {
        gateway.pollScript.add(TestGateway.status(400));
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofSeconds(10));

        assertThat(error(submit(order("job-2", "a cat", "key")))).isInstanceOf(JobFailedException.class);
        assertThat(gateway.posts()).isEqualTo(1);
        CompletableFuture<VideoJob> resubmitted = submit(with(
                order("job-3", "a cat", "key"), VideoOrder.OnFailedKey.RESUBMIT, VideoOrder.SubmitUnknown.FAIL));
        assertThat(resubmitted).isCompletedWithValueMatching(job -> job.id().equals("job-3"));
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void anInvalidRequestLeavesNoTrace() {
        CompletableFuture<VideoJob> answer = submit(order("job-1", null, "key"));

        assertThat(error(answer)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("prompt");
        assertThat(gateway.calls).isEmpty();
        assertThat(jobs()).isEmpty();
    }

    @Test
    void jobsBeyondMaxConcurrentJobsWaitInOrder() {
        List<CompletableFuture<VideoJob>> answers = List.of(1, 2, 3).stream()
                .map(number -> submit(VideoOrder
                        .builder("job-" + number, gateway.account("narrow", 1), VideoRequest.ofPrompt("cat " + number))
                        .waiter(waiter).build()))
                .toList();

        assertThat(answers.get(0)).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(20));
        assertThat(answers.get(1)).isCompleted();
        assertThat(answers.get(2)).isNotDone();
        timer.advance(Duration.ofSeconds(20));
        assertThat(answers.get(2)).isCompleted();
    }

    @Test
    void anUnknownSubmitKeepsNoPlace() {
        VideoAccount narrow = gateway.account("narrow", 1);
        gateway.submitScript.add(TestGateway.lost());

        submit(order("job-1", "a cat", null, narrow));

        assertThat(submit(order("job-2", "a dog", null, narrow))).isCompleted();
    }

    @Test
    void aTaskSubmittedElsewhereTakesAPlace() {
        VideoAccount narrow = gateway.account("narrow", 1);
        engine.adopt(narrow, "task-77", null, false);

        CompletableFuture<VideoJob> answer = submit(order("job-1", "a cat", null, narrow));

        assertThat(answer).isNotDone();
        timer.advance(Duration.ofSeconds(12));
        assertThat(answer).isCompleted();
    }

    @Test
    void aRetryAfterHoldsForAllSubmitsOfTheAccount() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 7));
        submit(order("a cat"));
        CompletableFuture<VideoJob> other = submit(order("a dog"));

        timer.advance(Duration.ofMillis(6_999));
        assertThat(gateway.posts()).isEqualTo(1);
        timer.advance(Duration.ofMillis(1));
        assertThat(gateway.posts()).isEqualTo(2);
        timer.advance(Duration.ofSeconds(3));

        assertThat(gateway.posts()).isEqualTo(3);
        assertThat(other).isCompleted();
    }

    @Test
    void submitsKeepTheAccountsRate() {
        gateway.submitsPerSecond = 1;
        for (int i = 0; i < 5; i++) {
            submit(order("cat " + i));
        }

        assertThat(gateway.posts()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(3));
        assertThat(gateway.posts()).isEqualTo(4);
    }

    @Test
    void aStoppedRouteTakesBackWhatWasNotSent() {
        gateway.submitsPerSecond = 1;
        submit(order("first"));
        CompletableFuture<VideoJob> second = submit(order("job-9", "second", "key"));

        engine.detach(waiter);
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(second)).isInstanceOf(DetachedException.class);
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(submit(order("job-10", "second", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-10"));
    }

    @Test
    void aStoppingEngineBeginsNothing() {
        engine.refuse();

        assertThat(error(submit(order("a cat")))).isInstanceOf(DetachedException.class);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void theAnswerOfAPostInFlightIsStoredAlthoughItsRouteStopped() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> answer = submit(order("job-1", "a cat", "key"));
        engine.detach(waiter);
        assertThat(error(answer)).isInstanceOf(DetachedException.class);

        gateway.held.get(0).complete(TestGateway.status(200, "task-1"));

        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.taskId().equals("task-1"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 299})
    void anAnswerNobodyUnderstandsLeavesTheSubmitUnknown(int status) {
        gateway.submitScript.add(TestGateway.status(status));

        assertThat(error(submit(order("a cat")))).isInstanceOf(SubmitUnknownException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
    }

    @Test
    void aLookUpNobodyUnderstandsIsRepeated() {
        gateway.lookups = true;
        gateway.submitScript.add(TestGateway.lost());
        gateway.pollScript.addAll(List.of(TestGateway.status(299), TestGateway.status(200, "task-7")));

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(10));

        assertThat(answer).isCompletedWithValueMatching(job -> job.taskId().equals("task-7"));
    }

    @Test
    void aJobInFlightIsLookedUpByTheNextEngine() {
        gateway.lookups = true;
        gateway.submitScript.add("hold");
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofMillis(1));
        gateway.pollScript.addAll(List.of(TestGateway.status(404), TestGateway.status(200, "task-7")));
        engine = newEngine();

        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));
        timer.advance(Duration.ofSeconds(10));

        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-1") && job.taskId().equals("task-7"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anUnknownJobThatIsSentAgainIsNotTakenForOneThatWasLeftBehind() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofMillis(1));
        Queue<Runnable> work = new ArrayDeque<>();
        engine = newEngine(timer, work::add, Runnable::run);
        gateway.submitScript.add("hold");

        CompletableFuture<VideoJob> again = engine.submit(with(
                order("job-2", "a cat", "key"), VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT));
        // The account's first task is the look at what was left behind: it comes late.
        Runnable recovery = work.remove();
        while (!work.isEmpty()) {
            work.remove().run();
        }
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        recovery.run();
        gateway.held.get(0).complete(TestGateway.status(200, "task-2"));

        assertThat(again).isCompletedWithValueMatching(job -> job.taskId().equals("task-2"));
    }

    @Test
    void aRequestThatCannotBeSentCostsAFailedJobNotItsKey() {
        gateway.pollScript.add(TestGateway.status(400));
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofSeconds(10));
        gateway.refusesAll = true;

        CompletableFuture<VideoJob> again = submit(with(
                order("job-2", "a cat", "key"), VideoOrder.OnFailedKey.RESUBMIT, VideoOrder.SubmitUnknown.FAIL));

        assertThat(error(again)).isInstanceOf(InvalidRequestException.class);
        assertThat(job("job-1").jobKey()).isEqualTo("key");
    }

    @Test
    void whoHearsThatASubmitIsUnknownCanSendItAgainInTheSameBreath() {
        gateway.submitScript.add("hold");
        VideoOrder order = order("job-1", "a cat", "key");
        CompletableFuture<VideoJob> again = engine.submit(order).exceptionallyCompose(unknown -> engine.submit(
                with(order, VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT)));

        gateway.held.get(0).completeExceptionally(TestGateway.lost());
        timer.advance(Duration.ofSeconds(1));

        assertThat(again).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void whoHearsThatItsJobWasTakenBackCanSendItAgainInTheSameBreath() {
        VideoAccount narrow = gateway.account("narrow", 1);
        submit(order("first", "first", null, narrow));
        List<CompletableFuture<VideoJob>> again = List.of("job-1", "job-2").stream().map(id -> {
            VideoOrder order = order(id, "cat " + id, null, narrow);
            return engine.submit(order).exceptionallyCompose(detached -> engine.submit(order));
        }).toList();

        engine.detach(waiter);
        timer.advance(Duration.ofMinutes(2));

        assertThat(again).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        assertThat(gateway.posts()).isEqualTo(3);
    }

    @Test
    void whoHearsOfARejectionCanSendItAgainInTheSameBreath() {
        gateway.submitScript.add("hold");
        VideoOrder order = order("job-1", "a cat", null, gateway.account("narrow", 1));
        CompletableFuture<VideoJob> again = engine.submit(order).exceptionallyCompose(rejected -> engine.submit(order));

        gateway.held.get(0).complete(TestGateway.status(400));
        timer.advance(Duration.ofSeconds(1));

        assertThat(again).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void aJobTakenBackDuringARejectionsPauseCanBeSentAnewUnderItsId() {
        gateway.submitScript.add(TestGateway.retryAfter(429, 7));
        submit(order("job-1", "a cat", null));
        engine.detach(waiter);

        CompletableFuture<VideoJob> again = submit(order("job-1", "a cat", null));
        timer.advance(Duration.ofMinutes(1));

        assertThat(again).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aNewEngineOnTheSameStoreTakesUpItsJobs() {
        gateway.submitScript.addAll(List.of(TestGateway.status(200, "task-1"), "hold"));
        submit(order("waiting"));
        submit(order("in flight"));

        timer.advance(Duration.ofMillis(1));
        engine = newEngine();
        engine.register(gateway.account());
        engine.start();
        timer.advance(Duration.ofSeconds(30));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-2").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(gateway.posts()).isEqualTo(2);
    }
}
