// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Takes files under {@code /places/}. Everything else is passed on to the simulator, so that a place can be at the origin of a gateway:
 * the component sends files to no other private address.
 */
final class CrashPointPlaces implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    private final Map<String, List<byte[]>> files = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String simulator;

    /** @param simulator its scheme, host and port */
    CrashPointPlaces(String simulator) throws IOException {
        this.simulator = simulator;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/places/", this::take);
        server.createContext("/", this::passOn);
        server.start();
    }

    /** Its scheme, host and port. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that was put there, in order. */
    List<byte[]> files(String name) {
        return files.getOrDefault(name, List.of());
    }

    private void take(HttpExchange request) throws IOException {
        try (request) {
            String name = request.getRequestURI().getPath().substring("/places/".length());
            files.computeIfAbsent(name, one -> new CopyOnWriteArrayList<>()).add(request.getRequestBody().readAllBytes());
            request.sendResponseHeaders(200, -1);
        }
    }

    private void passOn(HttpExchange request) throws IOException {
        try (request) {
            HttpRequest.Builder same = HttpRequest.newBuilder(URI.create(simulator + request.getRequestURI())).method(
                    request.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(request.getRequestBody().readAllBytes()));
            request.getRequestHeaders().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> same.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = client.send(same.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("content-type").ifPresent(type -> request.getResponseHeaders().set("content-type", type));
            request.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            request.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
