// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.TransportException;
import io.github.grokvideo.component.transport.VideoTransport;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.io.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls over Camel HTTP's client, which hold one thread of the executor each while they last. GETs to gateways hold none where the user's
 * settings allow the asynchronous client. Thread-safe; has nothing to close.
 */
public final class CamelHttpTransport implements VideoTransport {

    static final String USER_AGENT = "camel-grokvideo";
    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpTransport.class);

    private final CamelHttpClients clients;
    private final Executor executor;
    private final Executor queries;
    private final ScheduledExecutorService timer;
    private final AsyncQueries asyncQueries;

    /**
     * @param executor bounded, and rejects when full (not caller-runs): a rejected call fails as not sent
     * @param queries  starts GETs to gateways and reads their answers; rejects when full, as {@code executor}
     * @param timer    aborts calls that exceed their timeout; it only closes sockets. Should remove cancelled tasks at once
     */
    public CamelHttpTransport(CamelHttpClients clients, Executor executor, Executor queries, ScheduledExecutorService timer) {
        this.clients = clients;
        this.executor = executor;
        this.queries = queries;
        this.timer = timer;
        this.asyncQueries = new AsyncQueries(clients, queries, timer);
    }

    /** The timeout includes the wait for a thread, so that a POST is never sent after its caller has timed out. */
    @Override
    public CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout) {
        return start(access, new Target(null, call), timeout);
    }

    @Override
    public CompletableFuture<HttpAnswer> send(GatewayAccess access, URI place, HttpCall call, Duration timeout) {
        return start(access, new Target(place, call), timeout);
    }

    /** @param place null = the call's path below the base URL */
    private record Target(URI place, HttpCall call) {

        URI uri(GatewayAccess access) throws IOException {
            try {
                return place != null ? place
                        : new URI(access.baseUrl() + access.keyPlacement().inPath(call.path(), access.apiKey()));
            } catch (URISyntaxException e) {
                // The exception's own message contains the address.
                throw new IOException("an invalid path, illegal at character " + e.getIndex());
            }
        }

        ClientUse use() {
            return place != null ? ClientUse.STORAGE : Method.GET.isSame(call.method()) ? ClientUse.QUERY : ClientUse.SUBMIT;
        }
    }

    private CompletableFuture<HttpAnswer> start(GatewayAccess access, Target target, Duration timeout) {
        CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        start(access, target.use() == ClientUse.QUERY ? queries : executor, target.use() == ClientUse.QUERY
                ? () -> query(access, target, timeout, deadline, result) : () -> run(access, target, timeout, deadline, result), result);
        return result;
    }

    private static void start(GatewayAccess access, Executor threads, Runnable call, CompletableFuture<HttpAnswer> result) {
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TransportException(access.host() + ": no free thread for the call", false, e));
        }
    }

    @Override
    public boolean queriesHoldThreads(GatewayAccess access) {
        try {
            return clients.asyncClient(access.baseUrl().getScheme()).isEmpty();
        } catch (RuntimeException e) {
            // The call itself shows it.
            LOG.debug("{}: there is no client", access.host(), e);
            return true;
        }
    }

    private void query(GatewayAccess access, Target target, Duration timeout, long deadline, CompletableFuture<HttpAnswer> result) {
        try {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw CallFailure.noFreeThread(access.host(), timeout);
            }
            URI uri = target.uri(access);
            Optional<CloseableHttpAsyncClient> client = clients.asyncClient(uri.getScheme());
            if (client.isEmpty()) {
                start(access, executor, () -> run(access, target, timeout, deadline, result), result);
            } else {
                asyncQueries.send(client.get(), request(access, target.call(), uri), access, timeout, left, result);
            }
        } catch (TransportException e) {
            result.completeExceptionally(e);
        } catch (IOException | RuntimeException | Error e) {
            result.completeExceptionally(CallFailure.of(access, access.host(), timeout, null, null, e));
        }
    }

    private static HttpRequest request(GatewayAccess access, HttpCall call, URI uri) {
        BasicHttpRequest message = new BasicHttpRequest(call.method(), uri);
        message.setHeader(HttpHeaders.ACCEPT, "application/json");
        message.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        message.setHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        call.headers().forEach(message::setHeader);
        access.keyHeader().forEach(message::setHeader);
        return message;
    }

    private void run(GatewayAccess access, Target target, Duration timeout, long deadline, CompletableFuture<HttpAnswer> result) {
        HttpAnswer answer;
        try {
            answer = CallFailure.masked(access, exchange(access, target, timeout, Duration.ofNanos(deadline - System.nanoTime())));
        } catch (Throwable e) {
            result.completeExceptionally(e);
            return;
        }
        result.complete(answer);
    }

    private HttpAnswer exchange(GatewayAccess access, Target target, Duration timeout, Duration left) {
        String host = target.place() == null ? access.host() : GatewayAccess.host(target.place());
        if (left.isNegative() || left.isZero()) {
            throw CallFailure.noFreeThread(host, timeout);
        }
        SentMark mark = null;
        Watchdog watchdog = null;
        try (Watchdog started = Watchdog.start(timer, left)) {
            watchdog = started;
            mark = new SentMark(started::expired);
            return exchange(access, target, left, mark, started);
        } catch (IOException | RuntimeException | Error e) {
            throw CallFailure.of(access, host, timeout, mark, watchdog, e);
        }
    }

    private HttpAnswer exchange(GatewayAccess access, Target target, Duration left, SentMark mark, Watchdog watchdog) throws IOException {
        URI uri = target.uri(access);
        try {
            return exchange(clients.client(uri.getScheme(), target.use()), request(access, target, uri), left, mark, watchdog);
        } catch (ShutDownException nothingSent) {
            return exchange(clients.client(uri.getScheme(), target.use()), request(access, target, uri), left, mark, watchdog);
        }
    }

    private HttpAnswer exchange(HttpClient client, Request request, Duration left, SentMark mark, Watchdog watchdog) throws IOException {
        HttpUriRequestBase message = request.message();
        message.setConfig(clients.requestConfig(client, left, left));
        if (!Method.GET.isSame(message.getMethod())) {
            message.setHeader(HttpHeaders.CONNECTION, "close");
        }
        HttpClientContext context = HttpClientContext.create();
        mark.attachTo(context);
        if (request.hop() != null) {
            request.hop().attachTo(context);
        }
        watchdog.watch(message);
        ClassicHttpResponse response = clients.execute(client, message, context);
        try {
            if (!mark.isSent()) {
                message.cancel();
                throw new IOException("the proxy answered HTTP " + response.getCode() + " for it");
            }
            return AnswerReader.read(response, message::cancel);
        } finally {
            Closer.closeQuietly(response);
        }
    }

    /** @param hop null = a call to the gateway itself */
    private record Request(HttpUriRequestBase message, MediaHop hop) {
    }

    private static Request request(GatewayAccess access, Target target, URI uri) throws IOException {
        HttpCall call = target.call();
        HttpUriRequestBase message = new HttpUriRequestBase(call.method(), uri);
        message.setHeader(HttpHeaders.ACCEPT, "application/json");
        message.setHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        if (call.body() != null) {
            message.setEntity(CallBody.of(call.body()));
        }
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        boolean origin = target.place() == null || access.isOrigin(uri);
        if (origin) {
            headers.putAll(access.keyHeader());
        }
        if (target.place() == null) {
            headers.forEach(message::setHeader);
            return new Request(message, null);
        }
        return new Request(message, new MediaHop(headers, 0, null, origin));
    }
}
