// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.engine.limits.RateBucket;
import io.github.grokvideo.component.engine.limits.Turn;
import io.github.grokvideo.component.engine.run.EngineCalls;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aBucketSpacesWhatComesAfterItsBurst() {
        RateBucket bucket = new RateBucket(5, 3);

        assertThat(List.of(bucket.reserve(now), bucket.reserve(now), bucket.reserve(now))).containsOnly(Duration.ZERO);
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofMillis(200));
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofMillis(400));
        assertThat(bucket.reserve(now.plusSeconds(10))).isEqualTo(Duration.ZERO);
    }

    @Test
    void aBucketWithoutARateLetsEverythingThrough() {
        RateBucket bucket = new RateBucket(0, 1);

        assertThat(bucket.reserve(now)).isEqualTo(Duration.ZERO);
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ZERO);
        bucket.pauseUntil(now.plusSeconds(5));
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void urgentCallsOvertakeTheOthersThatWait() {
        CallGate gate = new CallGate(1, Runnable::run);
        List<String> started = new ArrayList<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        gate.ordinary(() -> first);
        gate.ordinary(() -> started(started, "poll"));
        gate.urgent(() -> started(started, "submit"));
        assertThat(started).isEmpty();

        first.complete("done");

        assertThat(started).containsExactly("submit", "poll");
    }

    @Test
    void aCallThatThrowsGivesItsPlaceBack() {
        CallGate gate = new CallGate(1, Runnable::run);

        CompletableFuture<String> failed = gate.ordinary(() -> {
            throw new IllegalStateException("test");
        });

        assertThat(failed).isCompletedExceptionally();
        assertThat(gate.ordinary(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    @Test
    void aCallOfAClosedEngineIsTold() {
        CallGate gate = new CallGate(1, task -> {
            throw new RejectedExecutionException("closed");
        });
        CompletableFuture<String> first = new CompletableFuture<>();
        gate.ordinary(() -> first);
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            others.add(gate.ordinary(() -> new CompletableFuture<>()));
        }

        first.complete("done");

        assertThat(others).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(gate.ordinary(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    @Test
    void aCallThatEndsInAnErrorOrInNothingGivesItsPlaceBack() {
        CallGate gate = new CallGate(1, Runnable::run);

        assertThat(gate.ordinary(() -> {
            throw new StackOverflowError("test");
        })).isCompletedExceptionally();
        assertThat(gate.ordinary(() -> null)).isCompletedExceptionally();
        assertThat(gate.ordinary(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    @Test
    void anExchangeEndsWhateverItsStepThrows() {
        CompletableFuture<String> answer = new EngineCalls(new ManualTimer(), Runnable::run, Runnable::run).begin(() -> {
            throw new StackOverflowError("test");
        });

        assertThat(EngineTestBase.error(answer)).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void pollsAreFreeUntilOneIsRefusedAndThenShareTheSubmitsRate() {
        AccountLimits limits = limits(2);
        assertThat(List.of(limits.reservePoll(now), limits.reservePoll(now), limits.reservePoll(now))).containsOnly(Duration.ZERO);

        limits.pollRejected(now.plusSeconds(5), now);

        assertThat(limits.reservePoll(now)).as("the gateway's Retry-After").isEqualTo(Duration.ofSeconds(5));
        Instant then = now.plusSeconds(5);
        assertThat(limits.reservePoll(then)).isEqualTo(Duration.ZERO);
        assertThat(limits.reservePoll(then)).isEqualTo(Duration.ofMillis(500));
        assertThat(limits.pollReservationHolds()).isFalse();
    }

    @Test
    void submitsGoBeforePollsThatShareTheirRate() {
        ManualTimer timer = new ManualTimer();
        AccountLimits limits = limits(1);
        limits.pollRejected(timer.now(), timer.now());
        List<String> gone = new ArrayList<>();
        limits.submitLine().enter(limits.turn(null, 0), timer, () -> gone.add("first"));
        limits.submitLine().enter(limits.turn(null, 0), timer, () -> gone.add("second"));
        Turn third = limits.turn(null, 0);
        limits.submitLine().enter(third, timer, () -> gone.add("third"));

        assertThat(limits.reservePoll(timer.now())).isPositive();
        timer.advance(Duration.ofSeconds(1));
        assertThat(gone).containsExactly("first", "second");
        assertThat(limits.reservePoll(timer.now())).isPositive();
        limits.submitLine().leave(third);
        timer.advance(Duration.ofSeconds(1));

        assertThat(limits.reservePoll(timer.now())).isEqualTo(Duration.ZERO);
        assertThat(gone).hasSize(2);
    }

    @Test
    void pollsThatShareTheSubmitsRateComeBackOneByOne() {
        AccountLimits limits = limits(1);
        limits.pollRejected(now, now);
        Duration last = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            last = limits.reservePoll(now);
        }

        assertThat(last).isBetween(Duration.ofSeconds(990), Duration.ofSeconds(1000));
    }

    @Test
    void placesAreGivenInOrderAndARaisedLimitIsUsedAtOnce() {
        TestGateway gateway = new TestGateway();
        AccountLimits limits = new AccountLimits(gateway.account("narrow", 1));
        List<String> started = new ArrayList<>();
        Map<String, Turn> turns = new HashMap<>();
        for (String job : List.of("a", "b", "c", "d", "e")) {
            turns.put(job, limits.turn(null, 0));
            limits.whenFree(turns.get(job), job, () -> started.add(job));
        }
        assertThat(started).containsExactly("a");
        limits.leave(turns.get("b"));
        limits.release("a");
        limits.release("a");
        assertThat(started).containsExactly("a", "c");

        limits.renew(gateway.account("narrow", 0));

        assertThat(started).containsExactly("a", "c", "d", "e");
    }

    private static AccountLimits limits(double submitsPerSecond) {
        TestGateway gateway = new TestGateway();
        gateway.submitsPerSecond = submitsPerSecond;
        return new AccountLimits(gateway.account());
    }

    private static CompletableFuture<String> started(List<String> started, String name) {
        started.add(name);
        return CompletableFuture.completedFuture(name);
    }
}
