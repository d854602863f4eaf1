// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.TransportException;
import io.github.grokvideo.component.transport.VideoTransport;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.io.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls over Camel HTTP's client. A call holds one thread of the executor while it lasts. Thread-safe; has nothing to close.
 */
public final class CamelHttpTransport implements VideoTransport {

    static final String USER_AGENT = "camel-grokvideo";
    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpTransport.class);

    private final CamelHttpClients clients;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    /**
     * @param executor bounded, and rejects when full (not caller-runs): a rejected call fails as not sent
     * @param timer    aborts calls that exceed their timeout; it only closes sockets. Should remove cancelled tasks at once
     */
    public CamelHttpTransport(CamelHttpClients clients, Executor executor, ScheduledExecutorService timer) {
        this.clients = clients;
        this.executor = executor;
        this.timer = timer;
    }

    /** The timeout includes the wait for a thread, so that a POST is never sent after its caller has timed out. */
    @Override
    public CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout) {
        CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            executor.execute(() -> run(access, call, timeout, deadline, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TransportException(access.host() + ": no free thread for the call", false, e));
        }
        return result;
    }

    private void run(GatewayAccess access, HttpCall call, Duration timeout, long deadline, CompletableFuture<HttpAnswer> result) {
        HttpAnswer answer;
        try {
            answer = exchange(access, call, timeout, Duration.ofNanos(deadline - System.nanoTime()));
        } catch (Throwable e) {
            result.completeExceptionally(e);
            return;
        }
        result.complete(answer);
    }

    private HttpAnswer exchange(GatewayAccess access, HttpCall call, Duration timeout, Duration left) {
        String host = access.host();
        if (left.isNegative() || left.isZero()) {
            throw new TransportException(host + ": no free thread within " + PlainDuration.of(timeout), false, null);
        }
        SentMark mark = null;
        Watchdog watchdog = null;
        try (Watchdog started = Watchdog.start(timer, left)) {
            watchdog = started;
            mark = new SentMark(started::expired);
            return exchange(access, call, left, mark, started);
        } catch (IOException | RuntimeException | Error e) {
            if (e instanceof Error) {
                LOG.error("{}: a call failed with an unexpected error", host, e);
            }
            boolean sent = mark != null && mark.isSent();
            String cause = watchdog != null && watchdog.expired()
                    ? "no complete answer within " + PlainDuration.of(timeout) : CauseText.of(e);
            throw new TransportException(host + ": " + cause + (sent ? "" : " (nothing was sent)"), sent,
                    e instanceof CutAnswerException cut ? cut.beginning() : null, e);
        }
    }

    private HttpAnswer exchange(GatewayAccess access, HttpCall call, Duration left, SentMark mark, Watchdog watchdog) throws IOException {
        URI uri = uri(access, call);
        ClientUse use = Method.POST.isSame(call.method()) ? ClientUse.SUBMIT : ClientUse.QUERY;
        try {
            return exchange(clients.client(uri.getScheme(), use), request(access, call, uri), left, mark, watchdog);
        } catch (ShutDownException nothingSent) {
            return exchange(clients.client(uri.getScheme(), use), request(access, call, uri), left, mark, watchdog);
        }
    }

    private HttpAnswer exchange(HttpClient client, HttpUriRequestBase request, Duration left, SentMark mark, Watchdog watchdog)
            throws IOException {
        request.setConfig(clients.requestConfig(client, left, left));
        if (Method.POST.isSame(request.getMethod())) {
            request.setHeader(HttpHeaders.CONNECTION, "close");
        }
        HttpClientContext context = HttpClientContext.create();
        mark.attachTo(context);
        watchdog.watch(request);
        ClassicHttpResponse response = clients.execute(client, request, context);
        try {
            if (!mark.isSent()) {
                request.cancel();
                throw new IOException("the proxy answered HTTP " + response.getCode() + " for it");
            }
            return AnswerReader.read(response, request::cancel);
        } finally {
            Closer.closeQuietly(response);
        }
    }

    private static URI uri(GatewayAccess access, HttpCall call) throws IOException {
        try {
            return new URI(access.baseUrl() + call.path());
        } catch (URISyntaxException e) {
            // The exception's own message contains the address.
            throw new IOException("an invalid path, illegal at character " + e.getIndex());
        }
    }

    private static HttpUriRequestBase request(GatewayAccess access, HttpCall call, URI uri) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        request.setHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        if (!access.apiKey().isBlank()) {
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + access.apiKey());
        }
        if (call.body() != null) {
            request.setEntity(CallBody.of(call.body()));
        }
        return request;
    }
}
