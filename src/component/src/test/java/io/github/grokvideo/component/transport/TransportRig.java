// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.http.AddressGuard;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.CamelHttpTransport;
import io.github.grokvideo.component.transport.http.ClientUse;
import io.github.grokvideo.component.transport.media.MediaDownloader;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** A CamelContext with the transport's classes, wired as the component wires them. */
final class TransportRig implements AutoCloseable {

    static final String KEY = "sk-very-secret-0123456789";
    static final Duration LONG = Duration.ofSeconds(20);

    final CamelContext context = new DefaultCamelContext();
    final ExecutorService threads = Executors.newFixedThreadPool(4);
    final ExecutorService queries = Executors.newFixedThreadPool(2);
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final CamelHttpClients clients;
    final CamelHttpTransport transport;
    final MediaDownloader downloader;

    TransportRig() {
        this(InetAddress::getAllByName);
    }

    TransportRig(AddressGuard.Resolver resolver) {
        context.start();
        clients = new CamelHttpClients(context, Duration.ofSeconds(2), 4, 64, resolver);
        transport = new CamelHttpTransport(clients, threads, queries, timer);
        downloader = new MediaDownloader(clients, threads, timer);
    }

    /** Makes the clients beforehand, for tests that count milliseconds. */
    void warmUp() {
        for (ClientUse use : ClientUse.values()) {
            clients.client("http", use);
        }
        clients.asyncClient("http");
    }

    HttpComponent component(String scheme) {
        return context.getComponent(scheme, HttpComponent.class);
    }

    HttpAnswer call(GatewayAccess access, HttpCall call) {
        return call(access, call, LONG);
    }

    HttpAnswer call(GatewayAccess access, HttpCall call, Duration timeout) {
        try {
            return transport.call(access, call, timeout).orTimeout(5, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    DownloadedVideo download(DownloadOrder order) {
        try {
            return downloader.download(order).orTimeout(5, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Override
    public void close() {
        clients.close();
        threads.shutdownNow();
        queries.shutdownNow();
        timer.shutdownNow();
        context.stop();
    }
}
