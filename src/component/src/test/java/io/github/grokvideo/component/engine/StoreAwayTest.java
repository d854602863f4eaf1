// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Before the POST nothing is spent, after it nothing is lost, and nobody is left waiting. */
class StoreAwayTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({"find, 1, false", "findByKey, 1, false", "insert, 1, false", "insert, 1, true", "find, 2, false", "update, 1, false",
        "update, 1, true", "list, 1, false"})
    void beforeThePostNothingIsSpentAndTheSameMessageAgainIsSent(String question, int time, boolean answerLost) {
        if (answerLost) {
            store.losesAnswer = FlakyStore.from(question, time);
        } else {
            store.away = FlakyStore.from(question, time);
        }
        CompletableFuture<VideoJob> first = submit(order("job-1", "a cat", "key", gateway.account("narrow", 1)));

        assertThat(error(first)).isInstanceOf(StoreUnavailableException.class);
        assertThat(error(first).getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isZero();

        store.away = any -> false;
        store.losesAnswer = any -> false;
        timer.advance(Duration.ofSeconds(10));
        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key", gateway.account("narrow", 1)));

        assertThat(again).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
        timer.advance(Duration.ofMinutes(1));
        assertThat(jobs()).allMatch(job -> job.state() == JobState.DOWNLOADED || job.state() == JobState.REJECTED);
    }

    @Test
    void aJobInDoubtAboutTheStoreIsNotSentByTwo() {
        store.away = FlakyStore.from("update", 1);
        submit(order("job-1", "a cat", "key"));
        store.away = any -> false;

        CompletableFuture<VideoJob> meanwhile = submit(order("job-2", "a cat", "key"));
        timer.advance(Duration.ofSeconds(10));

        assertThat(error(meanwhile)).isInstanceOf(StoreUnavailableException.class);
        assertThat(gateway.posts()).isZero();
        assertThat(submit(order("job-3", "a cat", "key"))).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void onceTheJobIsOnItsWayTheCallDoesNotEndAsIfNothingWasSpent() {
        store.away = FlakyStore.only("find", 3);

        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        timer.advance(Duration.ofSeconds(1));

        assertThat(answer).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aCallThatAttachesAndCannotSeeTheJobSeesItLater() {
        submit(order("a cat"));
        store.away = FlakyStore.only("find", 2);

        CompletableFuture<VideoJob> again = submit(order("job-1", "a cat", null));
        assertThat(again).isNotDone();
        timer.advance(Duration.ofSeconds(1));

        assertThat(again).isCompleted();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void afterThePostTheAnswerIsKeptUntilTheStoreTakesIt(boolean answerLost) {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        if (answerLost) {
            store.losesAnswer = FlakyStore.from("update", 1);
        } else {
            store.away = any -> true;
        }

        gateway.held.get(0).complete(TestGateway.status(200, "task-7"));
        timer.advance(Duration.ofMinutes(10));
        assertThat(gateway.posts()).isEqualTo(1);
        store.away = any -> false;
        store.losesAnswer = any -> false;
        timer.advance(Duration.ofSeconds(1));

        assertThat(answer).isCompleted();
        assertThat(job("job-1").taskId()).isEqualTo("task-7");
        timer.advance(Duration.ofMinutes(2));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void whateverTheStoreThrowsThePaidAnswerIsKept() {
        gateway.submitScript.add("hold");
        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        store.away = question -> {
            throw new IllegalStateException("a bug in a store");
        };

        gateway.held.get(0).complete(TestGateway.status(200, "task-7"));
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(1));

        assertThat(answer).isCompleted();
        assertThat(job("job-1").taskId()).isEqualTo("task-7");
    }

    @Test
    void theEngineClosesOnlyWhenTheStoreHasTakenThePaidAnswer() throws Exception {
        gateway.submitScript.add("hold");
        submit(order("a cat"));
        List<JobState> atTheEnd = new ArrayList<>();
        afterClose = () -> atTheEnd.add(job("job-1").state());
        store.away = any -> true;
        CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close);

        gateway.held.get(0).complete(TestGateway.status(200, "task-7"));
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(1));
        closing.get(20, TimeUnit.SECONDS);

        assertThat(atTheEnd).containsExactly(JobState.ACCEPTED);
    }

    @Test
    void aStopIsNotHeldUp() {
        gateway.submitsPerSecond = 0.1;
        submit(order("sent"));
        CompletableFuture<VideoJob> waiting = submit(order("waiting"));
        List<String> closed = new ArrayList<>();
        afterClose = () -> closed.add("closed");
        store.away = any -> true;

        engine.close();
        timer.advance(Duration.ofMinutes(1));

        assertThat(error(waiting)).isInstanceOf(DetachedException.class);
        assertThat(closed).hasSize(1);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aWaitTimesOutWithoutTheStore() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofSeconds(3));
        store.away = any -> true;

        timer.advance(Duration.ofSeconds(3));

        assertThat(error(video)).isInstanceOf(WaitTimeoutException.class).hasMessageContaining("job-1");
    }

    @Test
    void whoAsksForTheStatusIsTold() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");
        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        CompletableFuture<VideoJob> ready = await("job-1", Duration.ZERO);
        store.away = any -> true;

        gateway.held.get(0).complete(TestGateway.status(202, "10"));

        assertThat(error(status)).isInstanceOf(StoreUnavailableException.class);
        assertThat(error(ready)).isInstanceOf(StoreUnavailableException.class);
        store.away = any -> false;
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(2));
        assertThat(video).isCompleted();
    }

    @Test
    void whoAsksForTheStatusIsToldWhereTheAnswerWasStoredAndCannotBeRead() {
        submit(order("a cat"));
        gateway.pollScript.add("hold");
        CompletableFuture<VideoJob> status = engine.status(gateway.account(), "job-1");
        timer.runDue();
        store.away = FlakyStore.from("find", 1);

        gateway.held.get(0).complete(TestGateway.status(202, "10"));

        assertThat(error(status)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anEndThatWasStoredWithoutAnAnswerIsToldWithTheNextQuery() {
        gateway.pollScript.addAll(List.of(TestGateway.status(400), TestGateway.status(400)));
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        store.losesAnswer = FlakyStore.only("update", 1);

        timer.advance(Duration.ofMinutes(2));

        assertThat(error(video)).isInstanceOf(JobFailedException.class);
    }

    @Test
    void aDeadUrlIsAskedForWhenTheStoreIsBack() {
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"),
                TestGateway.status(200, "http://files.test/new"), TestGateway.status(200, "http://files.test/newer")));
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.BROKEN), TestGateway.broken(Kind.URL_EXPIRED)));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(5));
        assertThat(gateway.downloads).hasSize(1);
        store.away = FlakyStore.from("find", 1);
        timer.advance(Duration.ofSeconds(2));
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(10));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void aNewUrlThatCannotBeStoredIsAskedForAgain() {
        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/old"), "hold",
                TestGateway.status(200, "http://files.test/newer")));
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.URL_EXPIRED), TestGateway.broken(Kind.URL_EXPIRED)));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(5));
        store.away = any -> true;
        gateway.held.get(0).complete(TestGateway.status(200, "http://files.test/new"));
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(10));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(job("job-1").url()).isEqualTo("http://files.test/newer");
    }

    @Test
    void aDownloadGoesOnFromWhereItWasWhenTheStoreIsBack() {
        gateway.downloadScript.add(TestGateway.brokenAt(1000));
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(11));
        assertThat(gateway.downloads).hasSize(1);
        store.away = any -> true;
        timer.advance(Duration.ofSeconds(4));
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(20));

        assertThat(gateway.downloads).hasSize(2);
        assertThat(gateway.downloads.get(1).resume().bytes()).isEqualTo(1000);
    }

    @Test
    void aVideoOnDiskIsStoredWhenTheStoreIsBack() {
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(8));
        // The answer of the query, the attempt, then the outcome.
        store.away = FlakyStore.from("update", 3);
        timer.advance(Duration.ofSeconds(10));
        assertThat(video).isNotDone();
        store.away = any -> false;
        timer.advance(Duration.ofSeconds(1));

        assertThat(video).isCompleted();
        assertThat(gateway.downloads).hasSize(1);
    }

    @Test
    void aDeliveryIsStoredWhenTheStoreIsBack() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        HandedOutVideo out = engine.handOut("job-1");
        store.away = any -> true;

        engine.settle(out, true);
        store.away = any -> false;
        assertThat(job("job-1").file()).exists();
        timer.advance(Duration.ofSeconds(1));

        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").file()).doesNotExist();
    }

    @Test
    void whatAnEarlierEngineLeftIsTakenUpWhenTheStoreIsBack() {
        submit(order("a cat"));
        timer.advance(Duration.ofMillis(1));
        store.away = any -> true;
        engine = newEngine();
        engine.register(gateway.account());
        store.away = any -> false;

        timer.advance(Duration.ofSeconds(30));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }
}
