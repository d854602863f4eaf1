// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryGateTest {

    private static final GatewayAccess ONE = new GatewayAccess(URI.create("https://one.test/v1"), "key");
    private static final GatewayAccess OTHER = new GatewayAccess(URI.create("https://other.test/v1"), "key");
    private static final HttpAnswer OK = new HttpAnswer(200, null, "{}");

    private final CallGate calls = new CallGate(2, Runnable::run);
    private final QueryGate gate = new QueryGate(calls, access -> access.equals(OTHER), Runnable::run);
    private final List<CompletableFuture<HttpAnswer>> running = new ArrayList<>();

    private List<CompletableFuture<HttpAnswer>> enter(GatewayAccess access, int queries) {
        return Stream.generate(() -> gate.enter(access, () -> {
            CompletableFuture<HttpAnswer> call = new CompletableFuture<>();
            running.add(call);
            return call;
        })).limit(queries).toList();
    }

    @Test
    void queriesWithoutThreadsTakeNoPlacesOfOtherCalls() {
        enter(ONE, 100);

        assertThat(running).hasSize(CallLimit.FIRST);
        assertThat(gate.inFlight()).isEqualTo(CallLimit.FIRST);
        assertThat(gate.waiting()).isEqualTo(100 - CallLimit.FIRST);
        assertThat(calls.inFlight()).isZero();
        assertThat(calls.urgent(() -> CompletableFuture.completedFuture("submitted"))).isCompletedWithValue("submitted");
    }

    @Test
    void queriesWithThreadsShareThePlacesOfOtherCalls() {
        enter(OTHER, 3);

        assertThat(running).hasSize(2);
        assertThat(calls.inFlight()).isEqualTo(2);
        assertThat(calls.waiting()).isEqualTo(1);
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void eachHostHasItsOwnLimit() {
        enter(ONE, CallLimit.FIRST);
        enter(new GatewayAccess(URI.create("https://one.test/other/path"), "other key"), 1);
        enter(new GatewayAccess(URI.create("https://one.test:8443/v1"), "key"), 1);

        assertThat(gate.waiting()).isEqualTo(1);
        assertThat(running).hasSize(CallLimit.FIRST + 1);
    }

    @Test
    void isCrowdedForOneHostAsSoonAsMoreWaitThanMayRun() {
        assertThat(gate.isCrowded(ONE)).isFalse();
        enter(ONE, CallLimit.FIRST + 99);
        assertThat(gate.isCrowded(ONE)).isFalse();
        enter(ONE, 1);

        assertThat(gate.isCrowded(ONE)).isTrue();
        assertThat(gate.isCrowded(new GatewayAccess(URI.create("https://other.one.test/v1"), "key"))).isFalse();
        assertThat(gate.isCrowded(OTHER)).isFalse();
        enter(OTHER, 102);
        assertThat(gate.isCrowded(OTHER)).isTrue();
    }

    @Test
    void quickAnswersMakeRoomForMore() {
        List<CompletableFuture<HttpAnswer>> results = enter(ONE, 1000);

        List.copyOf(running).forEach(call -> call.complete(OK));

        assertThat(results.subList(0, CallLimit.FIRST)).allSatisfy(result -> assertThat(result).isCompletedWithValue(OK));
        assertThat(gate.inFlight()).isEqualTo(2 * CallLimit.FIRST);
        assertThat(gate.waiting()).isEqualTo(1000 - 3 * CallLimit.FIRST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 502, 503, 504})
    void anOverloadedGatewayGetsFewer(int status) {
        enter(ONE, 1000);
        List<CompletableFuture<HttpAnswer>> first = List.copyOf(running);

        for (CompletableFuture<HttpAnswer> call : first) {
            if (status == 0) {
                call.completeExceptionally(new IllegalStateException("timed out"));
            } else {
                call.complete(new HttpAnswer(status, null, ""));
            }
        }

        assertThat(gate.inFlight()).isEqualTo(CallLimit.FIRST / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500})
    void otherErrorsAreAnswers(int status) {
        enter(ONE, 1000);

        running.get(0).complete(new HttpAnswer(status, null, ""));

        assertThat(gate.inFlight()).isEqualTo(CallLimit.FIRST + 1);
    }

    @Test
    @Timeout(60)
    void neverLetsMoreInThanItSays() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            QueryGate busy = new QueryGate(calls, access -> false, threads);
            AtomicInteger open = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            int queries = 20_000;
            CountDownLatch over = new CountDownLatch(queries);
            for (int i = 0; i < queries; i++) {
                int number = i;
                threads.execute(() -> busy.enter(ONE, () -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    return CompletableFuture.supplyAsync(() -> {
                        open.decrementAndGet();
                        if (number % 50 == 0) {
                            throw new IllegalStateException("no answer");
                        }
                        return OK;
                    }, threads);
                }).whenComplete((answer, failure) -> over.countDown()));
            }
            assertThat(over.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isBetween(1, CallLimit.MOST);
            assertThat(busy.inFlight()).isZero();
            assertThat(busy.waiting()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSmallerGateWaitsUntilFewEnoughRun() {
        CallGate small = new CallGate(3, Runnable::run);
        List<CompletableFuture<String>> started = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            small.ordinary(() -> {
                CompletableFuture<String> call = new CompletableFuture<>();
                started.add(call);
                return call;
            });
        }
        small.resize(1);
        started.get(0).complete("done");
        started.get(1).complete("done");
        assertThat(started).hasSize(3);

        started.get(2).complete("done");
        assertThat(started).hasSize(4);
        assertThat(small.inFlight()).isEqualTo(1);

        small.resize(2);
        assertThat(started).hasSize(5);
    }
}
