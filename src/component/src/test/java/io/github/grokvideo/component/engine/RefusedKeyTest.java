// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.limits.KeyGate;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.Test;

/** A key that the gateway refuses is tried ever more rarely, by one submit for all. */
class RefusedKeyTest extends EngineTestBase {

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            gateway.submitScript.add(TestGateway.status(401));
        }
    }

    @Test
    void theFirstCallIsToldAtOnce() {
        refuse(1);

        CompletableFuture<VideoJob> answer = submit(order("a cat"));

        assertThat(error(answer)).isInstanceOf(AuthenticationException.class);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aMessageThatComesAgainAndAgainIsSentEverMoreRarely() {
        refuse(1000);
        CompletableFuture<VideoJob> answer = submit(order("a cat"));
        int told = 0;

        for (Duration time = Duration.ZERO; time.compareTo(Duration.ofMinutes(30)) < 0; time = time.plusMillis(1500)) {
            timer.advance(Duration.ofMillis(1500));
            if (answer.isDone()) {
                assertThat(error(answer)).isInstanceOf(AuthenticationException.class);
                told++;
                answer = submit(order("a cat"));
            }
        }

        // After 1, 2, 4 ... 256 seconds, and then every 5 minutes.
        assertThat(gateway.posts()).isBetween(10L, 15L);
        assertThat(told).isEqualTo((int) gateway.posts());
    }

    @Test
    void oneGoesToSeeAndTheOthersEndAsItDoes() {
        refuse(2);
        submit(order("a cat"));
        List<CompletableFuture<VideoJob>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(submit(order("job-" + (10 + i), "a cat", "key-" + i)));
        }
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(gateway.posts()).isEqualTo(1);

        timer.advance(KeyGate.BACKOFF.first());

        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(waiting).allSatisfy(answer -> {
            assertThat(error(answer)).isInstanceOf(AuthenticationException.class);
            assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        });
        assertThat(error(waiting.get(99))).hasMessageContaining("this one was not sent").hasMessageContaining("job-109");
        assertThat(jobs()).hasSize(101).allMatch(job -> job.state() == JobState.REJECTED && job.jobKey() == null);

        // The next one finds the key taken: so do all others.
        List<CompletableFuture<VideoJob>> later = List.of(submit(order("a cat")), submit(order("a cat")), submit(order("a cat")));
        timer.advance(Duration.ofSeconds(1));
        assertThat(later).noneMatch(CompletableFuture::isDone);
        timer.advance(Duration.ofSeconds(1));
        assertThat(later).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        assertThat(submit(order("a cat"))).isCompleted();
        refuse(1);
        assertThat(error(submit(order("a cat")))).as("it counts anew").isInstanceOf(AuthenticationException.class);
        CompletableFuture<VideoJob> last = submit(order("a cat"));
        timer.advance(KeyGate.BACKOFF.first());
        assertThat(last).isCompleted();
    }

    @Test
    void thoseThatWaitForTheirTurnWhenTheKeyIsRefusedAreNotSent() {
        gateway.submitsPerSecond = 1;
        refuse(3);
        List<CompletableFuture<VideoJob>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(submit(order("a cat")));
        }

        timer.advance(Duration.ofSeconds(60));

        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(answers).allMatch(answer -> error(answer) instanceof AuthenticationException);
    }

    @Test
    void whoeverGoesToSeeAndIsTakenBackLeavesItToTheNext() {
        refuse(1);
        submit(order("a cat"));
        Object other = new Object();
        VideoOrder order = order("a dog");
        CompletableFuture<VideoJob> withdrawn = submit(VideoOrder.builder(order.jobId(), order.account(), order.request())
                .onFailedKey(order.onFailedKey()).submitUnknown(order.submitUnknown()).waiter(other).build());
        CompletableFuture<VideoJob> next = submit(order("a cow"));

        engine.detach(other);
        timer.advance(KeyGate.BACKOFF.first());

        assertThat(error(withdrawn)).isInstanceOf(DetachedException.class);
        assertThat(next).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsLostSaysNothingAboutTheKey() {
        refuse(1);
        submit(order("a cat"));
        gateway.submitScript.add(TestGateway.lost());
        CompletableFuture<VideoJob> lost = submit(order("a dog"));
        CompletableFuture<VideoJob> next = submit(order("a cow"));

        timer.advance(KeyGate.BACKOFF.first());

        assertThat(lost).isCompletedExceptionally();
        assertThat(next).isCompleted();
    }

    @Test
    void anotherKeyIsTriedAtOnce() {
        refuse(1);
        submit(order("a cat"));
        CompletableFuture<VideoJob> waiting = submit(order("a dog"));
        assertThat(waiting).isNotDone();
        VideoAccount old = gateway.account();

        engine.register(new VideoAccount(old.name(), old.provider(), new GatewayAccess(URI.create("http://gateway.test/v1"), "new-key"),
                null, null, null, null, 0, false));
        timer.runDue();

        assertThat(waiting).isCompleted();
    }

    @Test
    void whoAwaitsAJobAgainAndAgainHasItsKeyTriedEverMoreRarely() {
        submit(order("a cat"));
        for (int i = 0; i < 1000; i++) {
            gateway.pollScript.add(TestGateway.status(401));
        }
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofHours(1));
        int told = 0;

        for (int i = 0; i < 1200; i++) {
            timer.advance(Duration.ofMillis(1500));
            if (video.isDone()) {
                assertThat(error(video)).isInstanceOf(AuthenticationException.class);
                told++;
                video = await("job-1", Duration.ofHours(1));
            }
        }

        assertThat(gateway.polls()).isBetween(10L, 16L);
        assertThat(told).isEqualTo((int) gateway.polls());
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        gateway.pollScript.clear();
        timer.advance(Duration.ofMinutes(6));
        assertThat(video).isCompleted();
    }
}
