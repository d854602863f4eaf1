// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends GETs to gateways over the asynchronous client. A call holds a thread of the executor while it is started, which may look up the
 * host, and while its answer is read. Nothing but the client itself runs on the client's threads. Thread-safe.
 */
final class AsyncQueries {

    private final CamelHttpClients clients;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    AsyncQueries(CamelHttpClients clients, Executor executor, ScheduledExecutorService timer) {
        this.clients = clients;
        this.executor = executor;
        this.timer = timer;
    }

    /**
     * Call it on a thread of the executor.
     *
     * @param timeout for messages
     * @param left    of the timeout
     * @param result  completed on a thread of the executor
     */
    void send(
            HttpAsyncClient client, HttpRequest message, GatewayAccess access, Duration timeout, Duration left,
            CompletableFuture<HttpAnswer> result) {
        new Query(access, timeout, Watchdog.start(timer, left), result).send(client, message, left);
    }

    private final class Query implements FutureCallback<Void>, Cancellable {

        private final GatewayAccess access;
        private final Duration timeout;
        private final Watchdog watchdog;
        private final SentMark mark;
        private final CompletableFuture<HttpAnswer> result;
        private final AnswerConsumer consumer = new AnswerConsumer();
        private final HardAbort abort = new HardAbort();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Future<Void> running;

        Query(GatewayAccess access, Duration timeout, Watchdog watchdog, CompletableFuture<HttpAnswer> result) {
            this.access = access;
            this.timeout = timeout;
            this.watchdog = watchdog;
            this.mark = new SentMark(watchdog::expired);
            this.result = result;
        }

        void send(HttpAsyncClient client, HttpRequest message, Duration left) {
            HttpClientContext context = HttpClientContext.create();
            context.setRequestConfig(clients.requestConfig(left));
            mark.attachTo(context);
            abort.attachTo(context);
            clients.queries().begun(this);
            try {
                running = client.execute(new BasicRequestProducer(message, null), consumer, null, context, this);
                watchdog.watch(this);
            } catch (RuntimeException | Error e) {
                endLater(e);
            }
        }

        /** The call takes too long, or the clients are closed. */
        @Override
        public boolean cancel() {
            Future<Void> call = running;
            if (call != null) {
                call.cancel(true);
            }
            abort.now();
            cancelled();
            return true;
        }

        @Override
        public void completed(Void nothing) {
            endLater(null);
        }

        @Override
        public void failed(Exception failure) {
            endLater(failure);
        }

        @Override
        public void cancelled() {
            endLater(new CancellationException("the call was aborted"));
        }

        private void endLater(Throwable failure) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            clients.queries().ended(this);
            try {
                executor.execute(() -> end(failure));
            } catch (RejectedExecutionException stopped) {
                // The engine has closed. Its callers must not wait for ever.
                end(failure);
            }
        }

        private void end(Throwable failure) {
            watchdog.close();
            HttpAnswer answer;
            try {
                answer = CallFailure.masked(access, answer(failure));
            } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(CallFailure.of(access, access.host(), timeout, mark, watchdog, e));
                return;
            }
            result.complete(answer);
        }

        private HttpAnswer answer(Throwable failure) throws IOException {
            if (consumer.status() != 0 && !mark.isSent()) {
                throw new IOException("the proxy answered HTTP " + consumer.status() + " for it");
            }
            return failure == null ? consumer.answer() : consumer.answer(failure);
        }
    }

    /**
     * Closes the connection of a call. To cancel the call's future is not enough: over a kept-alive connection that only cancels the wait
     * for the connection, which is over.
     */
    static final class HardAbort {

        private static final String ATTRIBUTE = HardAbort.class.getName();

        private volatile AsyncExecRuntime runtime;

        void attachTo(HttpContext context) {
            context.setAttribute(ATTRIBUTE, this);
        }

        /** The client's first handler. */
        static void handle(
                HttpRequest request, AsyncEntityProducer body, AsyncExecChain.Scope scope, AsyncExecChain chain, AsyncExecCallback callback)
                throws HttpException, IOException {
            if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof HardAbort abort) {
                abort.runtime = scope.execRuntime;
            }
            chain.proceed(request, body, scope, callback);
        }

        /** Does not block. */
        void now() {
            AsyncExecRuntime known = runtime;
            if (known != null) {
                known.discardEndpoint();
            }
        }
    }
}
