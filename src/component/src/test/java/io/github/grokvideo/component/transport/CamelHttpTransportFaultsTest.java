// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.http.CamelHttpTransport;
import io.github.grokvideo.component.transport.http.ClientUse;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is certain, and what is not, when no answer comes. */
@Timeout(60)
class CamelHttpTransportFaultsTest {

    private static final HttpCall POST = HttpCall.post("/videos", new ObjectMapper().createObjectNode().put("prompt", "secret prompt"));
    private static final Duration SHORT = Duration.ofMillis(700);

    private final TransportRig rig = new TransportRig();

    @BeforeEach
    void warmUp() {
        rig.warmUp();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private TransportException failure(GatewayAccess access, Duration timeout) {
        Throwable failure = catchThrowable(() -> rig.call(access, POST, timeout));
        assertThat(failure).isInstanceOf(TransportException.class).hasMessageStartingWith(access.host() + ": ");
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown));
        assertThat(shown.toString()).doesNotContain(TransportRig.KEY, "token=", "secret prompt");
        return (TransportException) failure;
    }

    private void assertSent(FaultServer server, Duration timeout, String message) {
        TransportException e = failure(server.access(), timeout);
        assertThat(e.isSent()).isTrue();
        assertThat(e).hasMessageContaining(message);
        assertThat(server.requests().size()).isLessThanOrEqualTo(1);
        assertThat(server.connections()).isEqualTo(1);
    }

    private void assertNotSent(GatewayAccess access, String message) {
        TransportException e = failure(access, TransportRig.LONG);
        assertThat(e.isSent()).isFalse();
        assertThat(e).hasMessageContaining(message).hasMessageContaining("nothing was sent");
    }

    private static GatewayAccess access(String baseUrl) {
        return new GatewayAccess(URI.create(baseUrl), TransportRig.KEY);
    }

    @Test
    void unknownHost() {
        assertNotSent(access("https://no-such-host.invalid/v1?token=1"), "host not found");
    }

    /** A name that java.net.URI sees no host in: it is looked up all the same. */
    @Test
    void hostWithAnUnderscore() {
        assertNotSent(access("http://no_such_host.invalid:8080/v1"), "no_such_host.invalid: host not found");
        assertThat(access("http://my_host:8080/v1").isOrigin(URI.create("http://MY_host:8080/x"))).isTrue();
        assertThat(access("http://my_host/v1").isOrigin(URI.create("http://my_host:80/x"))).isTrue();
        assertThat(access("http://my_host/v1").isOrigin(URI.create("http://other_host/x"))).isFalse();
    }

    @Test
    void connectionRefused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertNotSent(access("http://127.0.0.1:" + port), "refused");
    }

    /** A listener whose queue is full drops the handshake's first packet, as a firewall does. */
    @Test
    void connectTimeout() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, loopback)) {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (java.net.SocketTimeoutException queueIsFull) {
                    break;
                }
            }
            assertNotSent(access("http://127.0.0.1:" + full.getLocalPort()), "no connection in time");
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void tlsThatIsNone() {
        try (FaultServer server = FaultServer.greeting(wire -> {
            wire.out().write("220 smtp.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            wire.finish();
        })) {
            assertNotSent(access("https://127.0.0.1:" + server.port()), "");
        }
    }

    @Test
    void tlsThatNeverEnds() {
        try (FaultServer server = FaultServer.greeting(FaultServer.Wire::stall)) {
            assertNotSent(access("https://127.0.0.1:" + server.port()), "");
        }
    }

    @Test
    void tlsOfAStranger() throws Exception {
        try (FaultServer server = FaultServer.start(TestTls.server(), (request, wire) -> wire.json("200 OK", "{}"))) {
            assertNotSent(access(server.url("/v1")), "TLS: ");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void noFreeThread() {
        CamelHttpTransport full = new CamelHttpTransport(rig.clients, task -> {
            throw new RejectedExecutionException("full");
        }, rig.queries, rig.timer);
        CompletableFuture<HttpAnswer> result = full.call(access("http://gateway.test"), POST, SHORT);
        TransportException e = (TransportException) catchThrowable(result::join).getCause();
        assertThat(e.isSent()).isFalse();
        assertThat(e).hasMessageContaining("no free thread");
    }

    @Test
    void waitedTooLongForAThread() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            CountDownLatch hold = new CountDownLatch(1);
            CamelHttpTransport queued = new CamelHttpTransport(rig.clients, task -> rig.threads.execute(() -> {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                task.run();
            }), rig.queries, rig.timer);
            CompletableFuture<HttpAnswer> result = queued.call(server.access(), POST, Duration.ofMillis(1));
            long queuedAt = System.nanoTime();
            await().until(() -> System.nanoTime() - queuedAt > Duration.ofMillis(5).toNanos());
            hold.countDown();

            TransportException e = (TransportException) catchThrowable(result::join).getCause();
            assertThat(e.isSent()).isFalse();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void stoppedTimerOrClients() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.timer.shutdownNow();
            assertNotSent(server.access(), "");
            rig.clients.close();
            assertNotSent(server.access(), "");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void resetBeforeTheRequestIsRead() {
        try (FaultServer server = FaultServer.greeting(FaultServer.Wire::resetAtTheFirstByte)) {
            assertThat(failure(server.access(), TransportRig.LONG).isSent()).isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void resetAfterTheRequestWasRead() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.reset())) {
            assertSent(server, TransportRig.LONG, "");
        }
    }

    @Test
    void cutBodyThatNamesATask() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: 100\r\n");
            wire.out().write("{\"id\":\"task-1\",\"prom".getBytes(StandardCharsets.US_ASCII));
            wire.finish();
        })) {
            TransportException e = failure(server.access(), TransportRig.LONG);
            assertThat(e.getBeginning().json().isMissingNode()).isTrue();
            assertThat(e.getBeginning().partialJson()).hasToString("{\"id\":\"task-1\"}");
        }
    }

    @Test
    void closedWithoutAnAnswer() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.finish())) {
            assertSent(server, TransportRig.LONG, "connection closed without an answer");
        }
    }

    @Test
    void neverAnswers() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.stall())) {
            assertSent(server, SHORT, "700ms");
        }
    }

    @Test
    void dribblesHeaders() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.out().write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes(StandardCharsets.US_ASCII));
            wire.dribble('x');
        })) {
            assertSent(server, SHORT, "no complete answer within 700ms");
        }
    }

    @Test
    void dribblesItsBody() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: 100000\r\n");
            wire.dribble(' ');
        })) {
            assertSent(server, SHORT, "no complete answer within 700ms");
        }
    }

    @Test
    void cutBodyOfASuccess() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: 100\r\n");
            wire.out().write("{\"id\":".getBytes(StandardCharsets.US_ASCII));
            wire.finish();
        })) {
            assertSent(server, TransportRig.LONG, "");
        }
    }

    /** A refusal's status says enough: with it the engine knows that nothing was created. */
    @Test
    void cutBodyOfARefusal() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("429 Too Many Requests", "Content-Length: 100\r\nRetry-After: 7\r\n");
            wire.out().write("{\"er".getBytes(StandardCharsets.US_ASCII));
            wire.finish();
        })) {
            HttpAnswer answer = rig.call(server.access(), POST);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("Retry-After", "7");
        }
    }

    @Test
    void closedWhileWaiting() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.stall())) {
            CompletableFuture<HttpAnswer> result = rig.transport.call(server.access(), POST, TransportRig.LONG);
            await().until(() -> server.requests().size() == 1);
            rig.clients.close();
            TransportException e = (TransportException) catchThrowableOfType(java.util.concurrent.CompletionException.class, result::join)
                    .getCause();
            assertThat(e.isSent()).isTrue();
        }
    }

    /** The client shuts down for good on any Error: here one of a user's interceptor, in life the heap's. */
    @Test
    void anErrorInACallIsTheEndOfThatCallOnly() {
        AtomicReference<Error> next = new AtomicReference<>(new OutOfMemoryError("test"));
        try (TransportRig own = new TransportRig(); FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            own.component("http").setHttpClientConfigurer(builder -> builder.addResponseInterceptorLast((response, entity, context) -> {
                Error thrown = next.getAndSet(null);
                if (thrown != null) {
                    throw thrown;
                }
            }));
            HttpClient first = own.clients.client("http", ClientUse.SUBMIT);
            TransportException failed = catchThrowableOfType(TransportException.class, () -> own.call(server.access(), POST));
            assertThat(failed.isSent()).isTrue();
            assertThat(failed).hasMessageContaining("OutOfMemoryError");

            // Not "nothing was sent": it is, once.
            assertThat(own.call(server.access(), POST).status()).isEqualTo(200);
            assertThat(server.requests()).hasSize(2);
            assertThat(own.clients.client("http", ClientUse.SUBMIT)).isNotSameAs(first);
        }
    }

    @Test
    void whatIsShutDownFromOutsideIsReplaced() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            for (ClientUse use : ClientUse.values()) {
                ((Closeable) rig.clients.client("http", use)).close();
            }
            assertThat(rig.call(server.access(), POST).status()).isEqualTo(200);
            assertThat(rig.call(server.access(), HttpCall.get("/tasks/1")).status()).isEqualTo(200);
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** An Error in a call of any other endpoint shuts the connections down that they share. */
    @Test
    void connectionsThatAreSharedAndShutDownAreReplacedForUs() {
        try (TransportRig own = new TransportRig(); FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"));
                PoolingHttpClientConnectionManager shared = new PoolingHttpClientConnectionManager()) {
            own.component("http").setClientConnectionManager(shared);
            assertThat(own.call(server.access(), POST).status()).isEqualTo(200);
            shared.close();
            assertThat(own.call(server.access(), POST).status()).isEqualTo(200);
            assertThat(server.requests()).hasSize(2);
            assertThat(own.component("http").getClientConnectionManager()).isSameAs(shared);
        }
    }

    @Test
    void anEndlessHeaderLineFillsNoHeap() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.out().write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                wire.out().write(block);
            }
        })) {
            assertSent(server, TransportRig.LONG, "Maximum line length limit exceeded");
        }
    }

    @Test
    void headersWithoutAnEndFillNoHeap() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.out().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                wire.out().write("X-Many: 1\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertSent(server, TransportRig.LONG, "Maximum header count exceeded");
        }
    }
}
