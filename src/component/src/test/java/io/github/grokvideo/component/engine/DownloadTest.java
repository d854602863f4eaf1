// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.UnsupportedException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From RENDERED to a file, and what is left of it. */
class DownloadTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aUrlThatIsSignedAnewForEveryQueryIsNotAskedForForEver() {
        for (int i = 0; i < 100; i++) {
            gateway.pollScript.add(TestGateway.status(200, "http://files.test/1?signature=" + i));
            gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        }
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofMinutes(4));
        assertThat(error(video)).isInstanceOf(DownloadFailedException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        timer.advance(Duration.ofMinutes(10));

        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
        assertThat(gateway.downloads).hasSizeBetween(5, 15);
        assertThat(gateway.polls()).isEqualTo(gateway.downloads.size() + 1);
    }

    @Test
    void aVideoThatIsNotFoundAtFirstIsNotGivenUp() {
        for (int i = 0; i < 9; i++) {
            gateway.pollScript.add(TestGateway.status(200, "http://files.test/1"));
            gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        }
        gateway.downloadScript.removeLast();
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(4));
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        timer.advance(Duration.ofMinutes(10));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").error()).isNull();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aNewUrlIsTriedHoweverLongTheOldOneWasRefused() {
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/old"));
        for (int i = 0; i < 11; i++) {
            gateway.pollScript.add(i < 10 ? TestGateway.status(500) : TestGateway.status(200, "http://files.test/new"));
            gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        }
        submit(order("a cat"));

        timer.advance(HOUR);

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.downloads.get(11).url()).isEqualTo("http://files.test/new");
    }

    @Test
    void aUrlThatIsRefusedOnAndOnIsGivenUpAfterSomeMinutes() {
        for (int i = 0; i < 100; i++) {
            gateway.pollScript.add(TestGateway.status(200, "http://files.test/1"));
            gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        }
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(5));
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        timer.advance(Duration.ofMinutes(10));

        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
        assertThat(job("job-1").error().charged()).isEqualTo(Charged.YES);
        assertThat(gateway.downloads).hasSizeLessThan(15);
    }

    private void downloadsFail(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            gateway.downloadScript.add(TestGateway.broken(kind));
        }
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE,1", "REFUSED,3", "NOT_A_VIDEO,20"})
    void whatIsRefusedForGoodEndsAndIsFetchedAgainWhenSomebodyWantsIt(Kind kind, int attempts) {
        downloadsFail(kind, 30);
        VideoOrder order = order("a cat");
        submit(order);
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofDays(1));

        timer.advance(Duration.ofHours(3));

        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
        assertThat(job("job-1").error().type()).isEqualTo(ErrorType.DOWNLOAD_FAILED);
        assertThat(job("job-1").error().charged()).isEqualTo(Charged.YES);
        assertThat(error(video)).isInstanceOf(DownloadFailedException.class).hasMessageContaining("test " + kind);
        assertThat(error(video).isResumable()).isTrue();
        assertThat(gateway.downloads).hasSize(attempts);

        // The same message again costs neither money nor a gigabyte.
        assertThat(error(submit(order))).isInstanceOf(DownloadFailedException.class);
        timer.advance(Duration.ofHours(1));
        assertThat(gateway.downloads).hasSize(attempts);

        gateway.downloadScript.clear();
        assertThat(await("job-1", HOUR)).isCompletedWithValueMatching(job -> Files.exists(job.file()) && job.error() == null);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void whatWasRefusedForGoodIsFetchedAgainByAnOperator() {
        downloadsFail(Kind.TOO_LARGE, 1);
        submit(order("a cat"));
        await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);

        engine.operations().redeliver("job-1");
        timer.advance(Duration.ofSeconds(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
    }

    /** Whoever has raised maxFileSize has restarted, and the message comes again by itself. */
    @Test
    void whatWasRefusedForGoodIsFetchedAgainForItsMessageAfterARestart() {
        downloadsFail(Kind.TOO_LARGE, 1);
        VideoOrder order = order("job-1", "a cat", "key");
        submit(order);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
        engine.close();
        engine = newEngine();
        engine.start();

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(await("job-1", HOUR)).isCompletedWithValueMatching(job -> Files.exists(job.file()));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void whoWaitsAgainAfterAFailedDownloadWaitsAsLongAsTheySay() {
        downloadsFail(Kind.BROKEN, 1000);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(1));
        assertThat(error(video)).isInstanceOf(DownloadFailedException.class);

        CompletableFuture<VideoJob> timedOut = await("job-1", Duration.ofMinutes(20));
        timer.advance(Duration.ofMinutes(19));
        assertThat(timedOut).isNotDone();
        timer.advance(Duration.ofMinutes(1));
        assertThat(error(timedOut)).isInstanceOf(WaitTimeoutException.class);

        CompletableFuture<VideoJob> again = await("job-1", HOUR);
        gateway.downloadScript.clear();
        timer.advance(Duration.ofMinutes(10));
        assertThat(again).isCompletedWithValueMatching(job -> Files.exists(job.file()));
    }

    @Test
    void aLargeVideoMayNeedAsManyUrlsAsItLikesWhileBytesCome() {
        for (int i = 0; i < 10; i++) {
            gateway.pollScript.add(TestGateway.status(200, "http://files.test/1?signature=" + i));
            gateway.downloadScript.addAll(List.of(TestGateway.brokenAt(1000 * (i + 1)), TestGateway.broken(Kind.URL_EXPIRED)));
        }
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/1?signature=last"));
        submit(order("a cat"));

        timer.advance(Duration.ofMinutes(2));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aVideoSomebodyWaitsForIsNotLetGo() {
        gateway.downloadScript.add("hold");
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofDays(30));

        timer.advance(Duration.ofDays(7).plusHours(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        gateway.finishDownload();
        assertThat(video).isCompleted();
    }

    @Test
    void aNewUrlIsTriedBeforeTheGatewaysContentCallAgain() {
        gateway.content = true;
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"),
                TestGateway.status(200, "http://files.test/new")));
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.URL_EXPIRED), TestGateway.broken(Kind.URL_EXPIRED)));
        submit(order("a cat"));

        timer.advance(Duration.ofSeconds(12));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.downloads.get(1).content()).isNotNull();
        assertThat(gateway.downloads.get(2).url()).isEqualTo("http://files.test/new");
    }

    @Test
    void aKeyThatIsRefusedWhenAskingForAUrlEndsTheWaitAndLeavesTheJobOpen() {
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"), TestGateway.status(401),
                TestGateway.status(200, "http://files.test/new")));
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.URL_EXPIRED), TestGateway.broken(Kind.URL_EXPIRED)));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofSeconds(5));

        assertThat(error(video)).isInstanceOf(AuthenticationException.class);
        assertThat(error(video).isResumable()).isTrue();
        timer.advance(Duration.ofSeconds(10));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aVideoWhoseUrlCannotBeAskedForIsToldAndTriedOn() {
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/old"));
        for (int i = 0; i < 6; i++) {
            gateway.pollScript.add(TestGateway.status(500));
            gateway.downloadScript.add(TestGateway.broken(Kind.URL_EXPIRED));
        }
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        timer.advance(Duration.ofMinutes(2));

        assertThat(error(video)).isInstanceOf(DownloadFailedException.class);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    private Path partial() {
        return gateway.downloads.get(0).partial();
    }

    @Test
    void whatAnExpiredDownloadLeftBehindIsRemoved() throws IOException {
        gateway.urlsExpireAt = timer.now().plusSeconds(5);
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/1"), TestGateway.status(200, "http://files.test/1")));
        gateway.downloadScript.addAll(List.of(TestGateway.brokenAt(1000), TestGateway.broken(Kind.URL_EXPIRED)));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(5));
        Path partial = Files.writeString(partial(), "half");

        timer.advance(Duration.ofSeconds(5));

        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
        assertThat(partial).doesNotExist();
    }

    @Test
    void whatNobodyCameForLeavesNoHalfFileEither() throws IOException {
        for (int i = 0; i < 5000; i++) {
            gateway.downloadScript.add(TestGateway.brokenAt(1000));
        }
        submit(order("a cat"));
        timer.advance(Duration.ofMinutes(1));
        Path partial = Files.writeString(partial(), "half");

        timer.advance(Duration.ofDays(7).plusHours(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);
        assertThat(partial).doesNotExist();
    }

    @Test
    void aVideoThatComesWhenTheJobHasBeenLetGoIsNotLeftBehind() throws IOException {
        gateway.downloadScript.add("hold");
        submit(order("a cat"));
        timer.advance(Duration.ofDays(7).plusHours(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.EXPIRED);

        gateway.finishDownload();

        assertThat(directory).isDirectoryNotContaining(path -> Files.isRegularFile(path));
    }

    @Test
    void aWaitForTheUrlDownloadsNothing() {
        VideoOrder order = order("a cat");
        submit(VideoOrder.builder(order.jobId(), order.account(), order.request()).onFailedKey(order.onFailedKey())
                .submitUnknown(order.submitUnknown()).urlOnly(true).waiter(waiter).build());
        CompletableFuture<VideoJob> url = engine.await(new AwaitOrder("job-1", true, HOUR, waiter));
        timer.advance(Duration.ofSeconds(12));

        assertThat(url).isCompletedWithValueMatching(job -> job.url().startsWith("http://files.test/"));
        assertThat(gateway.downloads).isEmpty();

        CompletableFuture<VideoJob> file = await("job-1", HOUR);
        assertThat(file).isCompletedWithValueMatching(job -> Files.exists(job.file()));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    /** @return the job once its URL is there */
    private VideoJob url(String id, boolean urlOnly, boolean detached) {
        VideoOrder order = order(id, "a cat", "key");
        CompletableFuture<VideoJob> accepted = submit(VideoOrder.builder(id, order.account(), order.request()).jobKey("key")
                .onFailedKey(order.onFailedKey()).submitUnknown(order.submitUnknown()).urlOnly(urlOnly).waiter(waiter)
                .labels(new OrderLabels("route", null, Map.of(), detached, false)).build());
        timer.advance(Duration.ofSeconds(12));
        CompletableFuture<VideoJob> url = engine.await(new AwaitOrder(accepted.join().id(), true, HOUR, waiter));
        assertThat(url).isCompletedWithValueMatching(job -> job.url() != null);
        return url.join();
    }

    @Test
    void aJobOfWhichOnlyTheUrlIsWantedEndsWhenTheWorkWithItHasSucceeded() {
        url("job-1", true, false);
        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        engine.urlDelivered("job-1");

        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").endedAt()).isEqualTo(timer.now());
        assertThat(job("job-1").node()).isNull();
        assertThat(job("job-1").delivery()).isEqualTo(JobDelivery.ATTACHED);
        // Whoever has the same message, or the same id, still finds it.
        assertThat(url("job-2", true, false).id()).isEqualTo("job-1");
        engine.urlDelivered("job-1");
        assertThat(await("job-1", HOUR)).isCompletedWithValueMatching(job -> Files.exists(job.file()));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aUrlThatIsDeliveredDoesNotEndAJobWhoseFileIsWanted() {
        url("job-1", false, true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        engine.urlDelivered("job-1");

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
    }

    @Test
    void aUrlGoesToWhoeverTakesItFirst() {
        url("job-1", true, true);
        engine.urlDelivered("job-1");

        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(engine.completions().claim(job -> true, 1)).isEmpty();
    }

    @Test
    void aUrlThatAConsumerHasIsTheConsumers() {
        url("job-1", true, true);
        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
        engine.urlDelivered("job-1");
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.CLAIMED);
        engine.completions().giveBack("job-1", Duration.ZERO);
        engine.urlDelivered("job-1");

        assertThat(engine.completions().claim(job -> true, 1)).hasSize(1);
    }

    @Test
    void aVideoWithoutAUrlIsSaidToHaveNone() {
        gateway.content = true;
        gateway.pollScript.add(TestGateway.status(200));
        VideoOrder order = order("a cat");
        submit(VideoOrder.builder(order.jobId(), order.account(), order.request()).onFailedKey(order.onFailedKey())
                .submitUnknown(order.submitUnknown()).urlOnly(true).waiter(waiter).build());
        CompletableFuture<VideoJob> url = engine.await(new AwaitOrder("job-1", true, HOUR, waiter));

        timer.advance(Duration.ofSeconds(12));

        assertThat(error(url)).isInstanceOf(UnsupportedException.class).hasMessageContaining("output=file");
    }

    @Test
    void theUsersDirectoryIsTheUsers() throws IOException {
        Path theirs = directory.resolve("theirs");
        VideoOrder order = order("a cat");
        submit(VideoOrder.builder(order.jobId(), order.account(), order.request()).onFailedKey(order.onFailedKey())
                .submitUnknown(order.submitUnknown()).directory(theirs).waiter(waiter).build());
        timer.advance(Duration.ofSeconds(12));
        HandedOutVideo out = engine.handOut("job-1");

        engine.settle(out, true);

        assertThat(out.file()).isEqualTo(theirs.resolve("job-1.mp4")).exists();
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
    }

    @Test
    void theFileStaysUntilTheLastOfItsUsersHasEnded() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        HandedOutVideo first = engine.handOut("job-1");
        HandedOutVideo second = engine.handOut("job-1");

        engine.settle(first, true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").file()).exists();
        engine.settle(second, false);

        assertThat(job("job-1").file()).doesNotExist();
        assertThat(handedOut(directory)).isEmpty();
    }

    @Test
    void theFileStaysForWhoHasBeenToldOfItAndHasNotTakenItYet() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> first = await("job-1", HOUR);
        CompletableFuture<VideoJob> second = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));
        assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);

        engine.settle(engine.handOut("job-1"), true);
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        HandedOutVideo out = engine.handOut("job-1");
        assertThat(out.file()).exists();
        engine.settle(out, true);

        assertThat(job("job-1").file()).doesNotExist();
    }

    @Test
    void whoNeverTakesAFileKeepsItNoLongerThanItsJob() {
        submit(order("a cat"));
        await("job-1", HOUR);
        await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));
        engine.settle(engine.handOut("job-1"), true);
        Path file = job("job-1").file();
        assertThat(file).exists();

        timer.advance(Duration.ofHours(25));

        assertThat(jobs()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aVideoOneUserIsDoneWithIsFetchedForTheOneWhoBeginsToWait() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        HandedOutVideo out = engine.handOut("job-1");
        // Between the wait's first look at the job and its entry.
        store.after = question -> {
            store.after = any -> { };
            engine.settle(out, true);
        };

        CompletableFuture<VideoJob> video = await("job-1", HOUR);

        assertThat(video).isCompletedWithValueMatching(job -> Files.exists(job.file()));
    }

    @Test
    void whoComesWhileAnOldVideoIsLetGoKeepsIt() {
        submit(order("a cat"));
        timer.advance(Duration.ofDays(7));
        store.after = question -> {
            if (question.equals("list")) {
                store.after = any -> { };
                engine.settle(engine.handOut("job-1"), true);
                engine.await(new AwaitOrder("job-1", false, HOUR, waiter));
            }
        };

        timer.advance(Duration.ofMinutes(20));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").file()).exists();
    }
}
