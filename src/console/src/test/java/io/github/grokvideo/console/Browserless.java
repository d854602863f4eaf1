// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a browser sends, without one: keeps its cookies, and says where it comes from. */
final class Browserless {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(Duration.ofSeconds(5)).build();

    Browserless(VideoConsole console) {
        base = URI.create(console.url());
    }

    /** The id of its session at the server. */
    String session() {
        String cookie = cookies.getCookieStore().getCookies().get(0).getValue();
        return cookie.substring(0, cookie.indexOf('.'));
    }

    String origin() {
        return base.getScheme() + "://" + base.getAuthority();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The answer to a POST whose body is announced and not sent: the answer to a client that is still sending may be lost when the
     * connection is closed.
     */
    int statusOfUnsent(String path, String type, long length) {
        String own = cookies.getCookieStore().getCookies().stream().map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("POST " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nOrigin: "
                    + origin() + "\r\nCookie: " + own + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            return Integer.parseInt(line.split(" ")[1]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpRequest.Builder loginRequest(String user, String password) {
        return request("auth/login").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(Map.of("username", user, "password", password))));
    }

    HttpResponse<String> login(String user, String password) {
        return send(loginRequest(user, password));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
    }

    /** A Jolokia request from our own page. */
    JsonNode jolokia(Map<String, ?> request) {
        return jolokia(request, origin());
    }

    JsonNode jolokia(Map<String, ?> request, String origin) {
        HttpRequest.Builder post = request("jolokia").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(request)));
        if (origin != null) {
            post.header("Origin", origin);
        }
        return tree(send(post).body());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + json, e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
