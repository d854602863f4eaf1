// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.gateway.UrlSigner;
import io.github.grokvideo.simulator.job.SimulatedJobs;
import io.github.grokvideo.simulator.log.RequestLog;
import io.github.grokvideo.simulator.store.SimulatorStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;

/** The HTTP server: one event loop, which is enough for a simulator, and two workers, all daemon threads. */
public final class SimulatorServer implements AutoCloseable {

    private static final int EVENT_LOOPS = 1;
    private static final int WORKERS = 2;
    private static final int SECONDS = 15;

    private final Vertx vertx;
    private final SimulatorStore store;
    private Courier courier;
    private Dispatcher dispatcher;
    private HttpServer server;

    /** @param store answers are sent after it has stored what they report */
    public SimulatorServer(NamedThreads threads, SimulatorStore store) {
        this.store = store;
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1).setUseDaemonThread(true)
                // Blocked threads are normal while encoding; the warnings would fill the embedding program's log.
                .setBlockedThreadCheckInterval(3_600_000)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        this.vertx = new VertxBuilder(options).threadFactory(threads).init().vertx();
    }

    /**
     * Sends what gateways send by themselves; logs it. Called before {@link #serve}.
     *
     * @param retries times between the tries of a webhook
     */
    public Courier courier(RequestLog log, List<Duration> retries) {
        courier = new Courier(vertx, log, retries);
        return courier;
    }

    /** Sets what is served. Called before {@link #listen}. */
    public void serve(Gateways gateways, SimulatedJobs jobs, FaultPlan plan, UrlSigner urls, RequestLog log, StatusPage status) {
        Replies replies = new Replies(vertx);
        Journal journal = new Journal(log);
        MediaRoute media = new MediaRoute(jobs, plan, urls, journal, replies);
        dispatcher = new Dispatcher(gateways, media, new AdminRoute(vertx, status, replies), store, journal, replies, courier);
    }

    /**
     * Listens.
     *
     * @throws IOException if the address is not available; another one may be tried
     */
    public void listen(String host, int port) throws IOException {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true).setAcceptBacklog(4096)
                .setMaxFormAttributeSize(1 << 20);
        server = vertx.createHttpServer(options).requestHandler(dispatcher::handle).exceptionHandler(gone -> { });
        await(server.listen());
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException e) {
            throw new IllegalStateException("the simulator did not close", e);
        }
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
