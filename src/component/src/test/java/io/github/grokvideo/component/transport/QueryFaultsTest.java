// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.http.CamelHttpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a status query is the same over the asynchronous client and over Camel HTTP's own. */
@Timeout(60)
class QueryFaultsTest {

    private static final HttpCall GET = HttpCall.get("/tasks/1?token=1");
    private static final Duration SHORT = Duration.ofMillis(700);

    private final TransportRig rig = new TransportRig();

    /** The client that the user's settings lead to. */
    enum Client {
        ASYNC, CLASSIC
    }

    /**
     * A gateway's fault and what is known then.
     *
     * @param message a part of the error's
     * @param timeout of the call
     */
    record Fault(String name, FaultServer.Script script, String message, Duration timeout) {

        @Override
        public String toString() {
            return name;
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void use(Client client) {
        if (client == Client.CLASSIC) {
            rig.component("http").setHttpClientConfigurer(builder -> { });
            rig.component("https").setHttpClientConfigurer(builder -> { });
        }
        rig.warmUp();
        for (String scheme : List.of("http", "https")) {
            assertThat(rig.clients.asyncClient(scheme).isPresent()).isEqualTo(client == Client.ASYNC);
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                new Fault("never answers", (request, wire) -> wire.stall(), "no complete answer within 700ms", SHORT),
                new Fault("dribbles headers", (request, wire) -> {
                    write(wire, "HTTP/1.1 200 OK\r\nX-Endless: ");
                    wire.dribble('x');
                }, "no complete answer within 700ms", SHORT),
                new Fault("dribbles its body", (request, wire) -> {
                    wire.head("200 OK", "Content-Length: 100000\r\n");
                    wire.dribble(' ');
                }, "no complete answer within 700ms", SHORT),
                new Fault("closes", (request, wire) -> wire.finish(), "connection closed without an answer", TransportRig.LONG),
                new Fault("resets", (request, wire) -> wire.reset(), "", TransportRig.LONG),
                new Fault("cuts its answer", (request, wire) -> {
                    wire.head("200 OK", "Content-Length: 100\r\n");
                    write(wire, "{\"id\":\"task-1\",\"prom");
                    wire.finish();
                }, "Premature end of Content-Length delimited message body", TransportRig.LONG),
                new Fault("cuts its chunks", (request, wire) -> {
                    wire.head("200 OK", "Transfer-Encoding: chunked\r\n");
                    wire.chunk("{\"id\":\"task-1\",\"prom".getBytes(StandardCharsets.US_ASCII));
                    wire.finish();
                }, "", TransportRig.LONG),
                new Fault("sends an endless line", (request, wire) -> {
                    write(wire, "HTTP/1.1 200 OK\r\nX-Long: ");
                    endless(wire, "x".repeat(64 * 1024));
                }, "Maximum line length limit exceeded", TransportRig.LONG),
                new Fault("sends endless headers", (request, wire) -> {
                    write(wire, "HTTP/1.1 200 OK\r\n");
                    endless(wire, "X-Many: 1\r\n");
                }, "Maximum header count exceeded", TransportRig.LONG),
                new Fault("does not speak HTTP", (request, wire) -> {
                    write(wire, "220 smtp.test ESMTP\r\n\r\n");
                    wire.finish();
                }, "", TransportRig.LONG))
                .flatMap(fault -> Stream.of(Client.values()).map(client -> Arguments.of(fault, client)));
    }

    private static void write(FaultServer.Wire wire, String text) throws IOException {
        wire.out().write(text.getBytes(StandardCharsets.US_ASCII));
        wire.out().flush();
    }

    private static void endless(FaultServer.Wire wire, String text) throws IOException {
        while (true) {
            write(wire, text);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void thereIsNoAnswer(Fault fault, Client client) {
        use(client);
        try (FaultServer server = FaultServer.start(fault.script())) {
            TransportException e = failure(server.access(), fault.timeout());
            assertThat(e.isSent()).isTrue();
            assertThat(e).hasMessageContaining(fault.message()).hasMessageNotContaining("nothing was sent");
            assertThat(server.only().method()).isEqualTo("GET");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private TransportException failure(GatewayAccess access, Duration timeout) {
        Throwable failure = catchThrowable(() -> rig.call(access, GET, timeout));
        assertThat(failure).isInstanceOf(TransportException.class).hasMessageStartingWith(access.host() + ": ");
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown));
        assertThat(shown.toString()).doesNotContain(TransportRig.KEY, "token=");
        return (TransportException) failure;
    }

    private void assertNotSent(GatewayAccess access, String message) {
        TransportException e = failure(access, TransportRig.LONG);
        assertThat(e.isSent()).isFalse();
        assertThat(e).hasMessageContaining(message).hasMessageContaining("nothing was sent");
    }

    private static GatewayAccess access(String baseUrl) {
        return new GatewayAccess(URI.create(baseUrl), TransportRig.KEY);
    }

    @ParameterizedTest
    @EnumSource
    void whereThereIsNoGatewayNothingIsSent(Client client) throws Exception {
        use(client);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertNotSent(access("http://127.0.0.1:" + port), "connection refused");
        assertNotSent(access("https://no-such-host.invalid/v1"), "host not found");
        assertNotSent(access("http://no_such_host.invalid:8080/v1"), "no_such_host.invalid: host not found");
    }

    @ParameterizedTest
    @EnumSource
    void withoutTlsNothingIsSent(Client client) throws Exception {
        use(client);
        try (FaultServer stranger = FaultServer.start(TestTls.server(), (request, wire) -> wire.json("200 OK", "{}"));
                FaultServer none = FaultServer.greeting(wire -> {
                    write(wire, "220 smtp.test ESMTP\r\n");
                    wire.finish();
                }); FaultServer endless = FaultServer.greeting(FaultServer.Wire::stall)) {
            assertNotSent(access(stranger.url("/v1")), "TLS: ");
            assertNotSent(access("https://127.0.0.1:" + none.port()), "");
            assertNotSent(access("https://127.0.0.1:" + endless.port()), "");
            assertThat(stranger.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedTunnelSendsNothing(Client client) {
        try (FaultServer proxy = FaultServer.start((request, wire) -> wire.json("503 Busy", "{}"))) {
            rig.component("https").setProxyHost("127.0.0.1");
            rig.component("https").setProxyPort(proxy.port());
            rig.component("https").setProxyAuthScheme("http");
            use(client);
            assertNotSent(access("https://gateway.test/v1"), "the proxy answered HTTP 503");
            assertThat(proxy.only().method()).isEqualTo("CONNECT");
            assertThat(proxy.only().headers()).doesNotContainKey("authorization");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBeginningOfACutSuccessIsKept(Client client) {
        use(client);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: 100\r\n");
            write(wire, "{\"id\":\"task-1\",\"key\":\"" + TransportRig.KEY + "\",\"prom");
            wire.finish();
        })) {
            TransportException e = failure(server.access(), TransportRig.LONG);
            assertThat(e.getBeginning().partialJson().path("id").asText()).isEqualTo("task-1");
            assertThat(e.getBeginning().body()).doesNotContain(TransportRig.KEY);
        }
    }

    /** Its status says enough. */
    @ParameterizedTest
    @EnumSource
    void aCutRefusalIsAnAnswer(Client client) {
        use(client);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("429 Too Many Requests", "Content-Length: 100\r\nRetry-After: 7\r\nX-Key: " + TransportRig.KEY + "\r\n");
            write(wire, "{\"er");
            wire.finish();
        })) {
            HttpAnswer answer = rig.call(server.access(), GET);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("Retry-After", "7").containsEntry("X-Key", "***");
            assertThat(answer.body()).isEqualTo("{\"er");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503 Service Unavailable", "429 Too Many Requests", "500 Oops", "408 Request Timeout", "401 Unauthorized",
            "407 Proxy Authentication Required", "302 Found", "307 Temporary Redirect", "400 Bad Request", "204 No Content"})
    void everyStatusIsAnAnswerAndTheQueryIsSentOnce(String status) {
        use(Client.ASYNC);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer(status,
                "Retry-After: 0\r\nLocation: /elsewhere\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                        + "Proxy-Authenticate: Basic realm=\"x\"\r\n",
                new byte[0]))) {
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            server.only();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsThePointOfALargeAnswer(Client client) {
        use(client);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\n");
            wire.chunk("{\"input\":{\"images\":[\"data:image/png;base64,".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 8; i++) {
                wire.chunk("A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
            }
            wire.chunk("\"]},\"id\":\"task-1\"}".getBytes(StandardCharsets.US_ASCII));
            wire.chunk(new byte[0]);
        })) {
            HttpAnswer answer = rig.call(server.access(), GET);
            assertThat(answer.json().path("id").asText()).isEqualTo("task-1");
            assertThat(answer.body()).hasSizeLessThan(100_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsNoMoreOfATextThanTheFirst64MiB(Client client) {
        use(client);
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\n");
            wire.chunk("{\"image\":\"".getBytes(StandardCharsets.US_ASCII));
            byte[] image = "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                wire.chunk(image);
            }
        })) {
            HttpAnswer answer = rig.call(server.access(), GET, Duration.ofMinutes(1));
            assertThat(answer.body()).startsWith("{\"image\":\"AAA").hasSizeLessThan(100_000);
        }
    }

    /** A gateway may compress what it was not asked to. */
    @ParameterizedTest
    @EnumSource
    void readsACompressedAnswer(Client client) throws Exception {
        use(client);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write("{\"status\":\"pending\"}".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] body = packed.toByteArray();
        try (FaultServer server = FaultServer.start((request, wire) -> {
            if (request.target().contains("cut")) {
                wire.answer("200 OK", "Content-Encoding: gzip\r\n", Arrays.copyOf(body, body.length - 12));
            } else {
                wire.answer("200 OK", "Content-Encoding: gzip\r\n", body);
            }
        })) {
            assertThat(rig.call(server.access(), GET).body()).isEqualTo("{\"status\":\"pending\"}");
            Throwable cut = catchThrowable(() -> rig.call(server.access(), HttpCall.get("/cut")));
            assertThat(cut).isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.isSent()).isTrue());
        }
    }

    @Test
    void noFreeThread() {
        CamelHttpTransport full = new CamelHttpTransport(rig.clients, rig.threads, task -> {
            throw new RejectedExecutionException("full");
        }, rig.timer);
        CompletableFuture<HttpAnswer> result = full.call(access("http://gateway.test"), GET, SHORT);
        assertThat(catchThrowable(result::join).getCause()).isInstanceOf(TransportException.class)
                .hasMessageContaining("no free thread");
    }

    @Test
    void waitedTooLongForAThread() throws Exception {
        use(Client.ASYNC);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            CountDownLatch over = new CountDownLatch(1);
            CamelHttpTransport queued = new CamelHttpTransport(rig.clients, rig.threads, task -> rig.timer.schedule(() -> {
                task.run();
                over.countDown();
            }, 20, TimeUnit.MILLISECONDS), rig.timer);
            CompletableFuture<HttpAnswer> result = queued.call(server.access(), GET, Duration.ofMillis(1));
            over.await();
            assertThat(catchThrowable(result::join).getCause())
                    .isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.isSent()).isFalse())
                    .hasMessageContaining("no free thread within 1ms");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aStoppedTimerOrClosedClientsSendNothing() {
        use(Client.ASYNC);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.timer.shutdownNow();
            assertNotSent(server.access(), "");
            rig.clients.close();
            assertNotSent(server.access(), "closed");
            assertThat(server.connections()).isZero();
        }
    }
}
