// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which threads status queries use, and when. */
@Timeout(60)
class QueryThreadsTest {

    private static final HttpCall GET = HttpCall.get("/tasks/1");
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MANY = 50;

    private final TransportRig rig = new TransportRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private List<CompletableFuture<HttpAnswer>> ask(FaultServer server, int queries, Duration timeout) {
        return Stream.generate(() -> rig.transport.call(server.access(), GET, timeout)).limit(queries).toList();
    }

    private static List<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains("GrokVideoHttp")).toList();
    }

    /** Two threads start them. */
    @Test
    void waitsForManyAnswersWithoutAThreadEach() {
        CountDownLatch all = new CountDownLatch(MANY);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            all.countDown();
            all.await();
            wire.json("200 OK", "{}");
        })) {
            assertThat(ask(server, MANY, TransportRig.LONG)).allSatisfy(
                    result -> assertThat(result.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(200));
        }
    }

    @Test
    void nothingOfTheCallersRunsOnTheThreadsOfTheClientOrTheTimer() throws Exception {
        String timer = rig.timer.submit(() -> Thread.currentThread().getName()).get();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (FaultServer server = FaultServer.start((request, wire) -> {
            switch (request.target().substring("/v1/".length())) {
                case "answers" -> wire.json("200 OK", "{}");
                case "cuts" -> {
                    wire.head("200 OK", "Content-Length: 9\r\n");
                    wire.finish();
                }
                case "closes" -> wire.finish();
                default -> wire.stall();
            }
        })) {
            List<CompletableFuture<Void>> ended = new ArrayList<>();
            for (String path : List.of("answers", "cuts", "closes", "stalls", "refuses")) {
                GatewayAccess access = path.equals("refuses")
                        ? new GatewayAccess(URI.create("http://no-such-host.invalid"), "") : server.access();
                ended.add(rig.transport.call(access, HttpCall.get("/" + path), SHORT)
                        .handle((answer, failure) -> {
                            threads.add(Thread.currentThread().getName());
                            return null;
                        }));
            }
            CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new)).orTimeout(30, TimeUnit.SECONDS).join();
        }
        assertThat(threads).allSatisfy(name -> assertThat(name).doesNotContain("GrokVideoHttp").isNotEqualTo(timer));
    }

    /** A new one, and one that was kept. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallThatIsTooSlowLosesItsConnection(int before) {
        CountDownLatch gone = new CountDownLatch(1);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            if (request.target().endsWith("/quick")) {
                wire.json("200 OK", "{}");
                return;
            }
            try {
                wire.dribble('x');
            } catch (IOException closed) {
                gone.countDown();
            }
        })) {
            for (int i = 0; i < before; i++) {
                rig.call(server.access(), HttpCall.get("/quick"));
            }
            assertThat(catchThrowable(() -> rig.call(server.access(), GET, Duration.ofSeconds(2)))).isInstanceOf(TransportException.class);
            assertThat(server.requests()).hasSize(before + 1);
            await().until(() -> gone.getCount() == 0);
        }
    }

    @Test
    void closingEndsTheCallsAndTheThreads() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.stall())) {
            List<CompletableFuture<HttpAnswer>> results = ask(server, 20, TransportRig.LONG);
            await().until(() -> server.requests().size() == 20);
            assertThat(clientThreads()).isNotEmpty().allSatisfy(thread -> assertThat(thread.getName()).startsWith("Camel (camel-"));

            long begun = System.nanoTime();
            rig.clients.close();

            assertThat(results).allSatisfy(result -> assertThat(catchThrowable(() -> result.orTimeout(30, TimeUnit.SECONDS).join()))
                    .hasCauseInstanceOf(TransportException.class));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            await().untilAsserted(() -> assertThat(clientThreads()).isEmpty());
        }
    }

    @Test
    void aClientThatWasEndedIsReplaced() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
            CloseableHttpAsyncClient first = rig.clients.asyncClient("http").orElseThrow();
            first.close(CloseMode.IMMEDIATE);
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
            assertThat(rig.clients.asyncClient("http")).get().isNotSameAs(first);
            assertThat(server.requests()).hasSize(2);
        }
    }
}
