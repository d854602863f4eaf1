// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.JobExpiredException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.JobNotFoundException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.Test;

class WaitTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aWaitEndsWithTheVerifiedFile() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        assertThat(video).isNotDone();

        timer.advance(Duration.ofSeconds(12));

        assertThat(video).isCompletedWithValueMatching(job -> job.state() == JobState.DOWNLOADED && Files.exists(job.file()));
        assertThat(gateway.polls()).isEqualTo(2);
        assertThat(job("job-1").cost().toString()).isEqualTo("0.25 USD");
    }

    @Test
    void allWhoWaitShareOneQuery() {
        submit(order("a cat"));
        List<CompletableFuture<VideoJob>> waiters = List.of(await("job-1", HOUR), await("job-1", HOUR), await("job-1", HOUR));

        timer.advance(Duration.ofSeconds(12));

        assertThat(waiters).allMatch(CompletableFuture::isDone);
        assertThat(gateway.polls()).isEqualTo(2);
        assertThat(gateway.downloads).hasSize(1);
    }

    @Test
    void aJobThatIsRemovedBeforeItsCallerWaitsIsNotAwaited() {
        submit(order("job-1", "a cat", null));
        Predicate<String> once = FlakyStore.only("find", 1);
        store.after = question -> {
            if (once.test(question)) {
                store.remove(job("job-1"));
            }
        };

        assertThat(error(await("job-1", Duration.ofHours(1)))).isInstanceOf(JobNotFoundException.class).hasMessageContaining("job-1");
    }

    @Test
    void aWaitTimeoutEndsTheWaitAndNotTheJob() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> first = await("job-1", Duration.ofSeconds(3));

        timer.advance(Duration.ofSeconds(3));
        assertThat(error(first)).isInstanceOf(WaitTimeoutException.class).hasMessageContaining("job-1");
        assertThat(error(first).isRetryable()).isTrue();
        timer.advance(Duration.ofSeconds(12));

        assertThat(await("job-1", HOUR)).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aWaitOfZeroAsksOnce() {
        submit(order("a cat"));

        assertThat(error(await("job-1", Duration.ZERO))).isInstanceOf(WaitTimeoutException.class);
        assertThat(gateway.polls()).isEqualTo(1);
        assertThat(await("job-1", Duration.ZERO)).isCompleted();
        assertThat(gateway.polls()).isEqualTo(2);
    }

    @Test
    void whatCannotBeAskedIsWaitedFor() {
        gateway.pollScript.addAll(List.of(TestGateway.lost(), TestGateway.status(500), TestGateway.noConnection(),
                TestGateway.status(202), TestGateway.status(202), TestGateway.retryAfter(429, 30)));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofMinutes(10));

        assertThat(video).isCompleted();
    }

    @Test
    void retryAfterOfAQueryIsKept() {
        gateway.pollScript.add(TestGateway.retryAfter(503, 300));
        submit(order("a cat"));

        timer.advance(Duration.ofSeconds(5 + 299));
        assertThat(gateway.polls()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(1));
        assertThat(gateway.polls()).isEqualTo(2);
    }

    @Test
    void aGatewayThatSaysAtOnceIsAskedNoSoonerThanEver() {
        for (int i = 0; i < 100_000; i++) {
            gateway.pollScript.add(i % 2 == 0 ? TestGateway.retryAfter(503, 0) : TestGateway.retryAfter(202, 0));
        }
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(1));

        assertThat(gateway.polls()).isEqualTo(12);
    }

    @Test
    void notFoundIsPendingForTenMinutes() {
        for (int i = 0; i < 100; i++) {
            gateway.pollScript.add(TestGateway.status(404));
        }
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofMinutes(10));
        assertThat(video).isNotDone();
        timer.advance(Duration.ofMinutes(2));

        assertThat(error(video)).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void aRefusedKeyEndsTheWaitAndLeavesTheJobOpen() {
        gateway.pollScript.add(TestGateway.status(401));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(5));

        assertThat(error(video)).isInstanceOf(AuthenticationException.class);
        assertThat(error(video).isResumable()).isTrue();
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        CompletableFuture<VideoJob> again = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(10));
        assertThat(again).isCompleted();
    }

    @Test
    void aFailedJobIsATypedError() {
        gateway.pollScript.add(TestGateway.status(400));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(5));

        assertThat(error(video)).isInstanceOf(JobFailedException.class);
        assertThat(error(await("job-1", HOUR))).isInstanceOf(JobFailedException.class);
        assertThat(timer.scheduled()).as("only retention and the ended waiters' timeouts are left").isLessThanOrEqualTo(3);
    }

    @Test
    void doneWithoutAUrlIsReadOnceMore() {
        gateway.pollScript.addAll(List.of(TestGateway.status(299), TestGateway.status(200, "http://files.test/1")));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(12));
        assertThat(video).isCompleted();

        gateway.pollScript.addAll(List.of(TestGateway.status(299), TestGateway.status(299)));
        submit(order("a dog"));
        CompletableFuture<VideoJob> none = await("job-2", HOUR);
        timer.advance(Duration.ofSeconds(12));
        assertThat(error(none)).isInstanceOf(JobFailedException.class).hasMessageContaining("no URL");
    }

    @Test
    void aStoppedRouteFreesItsWaitsAndTheJobGoesOn() {
        submit(order("job-1", "a cat", "key"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        engine.detach(waiter);
        assertThat(error(video)).isInstanceOf(DetachedException.class);
        assertThat(error(video).isResumable()).isTrue();
        timer.advance(Duration.ofMinutes(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(await("job-1", HOUR)).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aBrokenDownloadIsRepeatedAndNeverSubmittedAgain() {
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.BROKEN), TestGateway.broken(Kind.NOT_A_VIDEO)));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(30));

        assertThat(video).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(job("job-1").downloads()).isEqualTo(3);
    }

    @Test
    void aDownloadThatKeepsFailingIsToldAndGoesOn() {
        for (int i = 0; i < 6; i++) {
            gateway.downloadScript.add(TestGateway.broken(Kind.BROKEN));
        }
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(40));
        assertThat(error(video)).isInstanceOf(DownloadFailedException.class);
        assertThat(error(video).isResumable()).isTrue();
        timer.advance(Duration.ofMinutes(5));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void anExpiredUrlIsAskedForOnce() {
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"),
                TestGateway.status(200, "http://files.test/new")));
        gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(12));

        assertThat(video).isCompleted();
        assertThat(gateway.downloads.get(1).url()).isEqualTo("http://files.test/new");
    }

    @Test
    void anExpiredUrlThatStaysTheSameEndsTheJob() {
        gateway.urlsExpireAt = timer.now().plusSeconds(5);
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"),
                TestGateway.status(200, "http://files.test/old")));
        gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(12));

        assertThat(error(video)).isInstanceOf(JobExpiredException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
    }

    @Test
    void anExpiredUrlIsReplacedByTheGatewaysOwnContentCall() {
        gateway.content = true;
        gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(12));

        assertThat(video).isCompleted();
        assertThat(gateway.downloads.get(1).content().path()).isEqualTo("/content/task-1");
    }

    @Test
    void aFullDiskIsToldAtOnceAndTriedAgain() {
        gateway.downloadScript.add(TestGateway.broken(Kind.LOCAL_FILE));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(11));
        assertThat(error(video)).isInstanceOf(DownloadFailedException.class);
        timer.advance(Duration.ofSeconds(5));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aTaskSubmittedElsewhereIsTakenInOnce() {
        CompletableFuture<VideoJob> first = engine.adopt(gateway.account(), "task-77", null, false);
        CompletableFuture<VideoJob> second = engine.adopt(gateway.account(), "task-77", null, false);
        assertThat(first.join().id()).isEqualTo(second.join().id());

        CompletableFuture<VideoJob> video = await(first.join().id(), HOUR);
        timer.advance(Duration.ofSeconds(12));

        assertThat(video).isCompleted();
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aWrongTaskIdIsSaidAtOnce() {
        gateway.pollScript.add(TestGateway.status(404));
        VideoJob adopted = engine.adopt(gateway.account(), "slip", null, false).join();
        CompletableFuture<VideoJob> video = await(adopted.id(), HOUR);

        timer.advance(Duration.ofSeconds(5));

        assertThat(error(video)).isInstanceOf(JobNotFoundException.class);
        assertThat(job(adopted.id()).state()).as("it may have been a slip").isEqualTo(JobState.ACCEPTED);
    }

    @Test
    void aWrongTaskIdIsAskedAboutAnew() {
        for (int i = 0; i < 100; i++) {
            gateway.pollScript.add(TestGateway.status(404));
        }
        VideoJob adopted = engine.adopt(gateway.account(), "slip", null, false).join();
        timer.advance(Duration.ofMinutes(12));
        assertThat(job(adopted.id()).state()).isEqualTo(JobState.FAILED);

        VideoJob anew = engine.adopt(gateway.account(), "slip", null, false).join();

        assertThat(anew.state()).isEqualTo(JobState.ACCEPTED);
        assertThat(jobs()).containsExactly(anew);
    }

    @Test
    void theTaskOfAFailedJobOfOursIsThatJobAndItsKeyIsKept() {
        gateway.pollScript.add(TestGateway.status(400));
        submit(order("job-1", "a cat", "key"));
        timer.advance(Duration.ofSeconds(12));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);

        VideoJob known = engine.adopt(gateway.account(), "task-1", null, false).join();

        assertThat(known.id()).isEqualTo("job-1");
        assertThat(error(await("job-1", HOUR))).isInstanceOf(JobFailedException.class);
        assertThat(error(submit(order("job-2", "a cat", "key")))).isInstanceOf(JobFailedException.class);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void statusAsksOnceAndWaitsForNothing() {
        submit(order("a cat"));

        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        timer.runDue();

        assertThat(status).isCompletedWithValueMatching(job -> job.state() == JobState.RUNNING && job.progress() == 50);
        assertThat(gateway.polls()).isEqualTo(1);
    }

    @Test
    void theFileStaysUntilItsDeliveryHasSucceeded() throws Exception {
        submit(order("a cat"));
        await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));

        HandedOutVideo first = engine.handOut("job-1");
        Files.move(first.file(), directory.resolve("renamed-by-a-sink.mp4"));
        engine.settle(first, false);
        HandedOutVideo second = engine.handOut("job-1");
        assertThat(second.file()).exists();
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        engine.settle(second, true);
        engine.settle(second, true);

        assertThat(second.file()).doesNotExist();
        assertThat(job("job-1").file()).doesNotExist();
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(directory.resolve("renamed-by-a-sink.mp4")).exists();
    }

    @Test
    void aDeliveredVideoThatIsWantedAgainIsFetchedAgainFromWhatWasPaid() {
        submit(order("job-1", "a cat", "key"));
        await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));
        engine.settle(engine.handOut("job-1"), true);

        submit(order("job-2", "a cat", "key"));
        CompletableFuture<VideoJob> again = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(1));

        assertThat(again).isCompletedWithValueMatching(job -> Files.exists(job.file()));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void whatNobodyTakesIsLetGoAfterKeepUndelivered() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        var file = job("job-1").file();
        assertThat(file).exists();

        timer.advance(Duration.ofDays(7).plusHours(1));

        assertThat(file).doesNotExist();
        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
        timer.advance(Duration.ofDays(2));
        assertThat(jobs()).isEmpty();
    }
}
