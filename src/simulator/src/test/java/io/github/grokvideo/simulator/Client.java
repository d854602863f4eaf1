// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Speaks to one gateway of a simulator as any HTTP client would. */
final class Client {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final GrokVideoSimulator simulator;
    private final String gateway;
    private final String key;

    Client(GrokVideoSimulator simulator, String gateway) {
        this(simulator, gateway, simulator.apiKey(gateway));
    }

    Client(GrokVideoSimulator simulator, String gateway, String key) {
        this.simulator = simulator;
        this.gateway = gateway;
        this.key = key;
    }

    /** An answer with its body as JSON; a missing node if it is none. */
    record Reply(int status, JsonNode json, HttpResponse<byte[]> raw) {

        String text(String pointer) {
            return json.at(pointer).asText();
        }

        Reply is(int expected) {
            assertThat(status).as("%s", json).isEqualTo(expected);
            return this;
        }
    }

    Reply post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    Reply get(String path) {
        return send(request(path).build());
    }

    /** Posts one file as a browser would. */
    Reply upload(String path, String field, String mimeType, String content) {
        String body = "--x\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"a.bin\"\r\nContent-Type: " + mimeType
                + "\r\n\r\n" + content + "\r\n--x--\r\n";
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    Reply delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Posts parts as name, value; a value that begins with @ is a file of that name. */
    Reply form(String path, String... parts) {
        return multipart(path, HttpRequest.BodyPublishers.ofString(formBody(parts)));
    }

    /** Sends the form in pieces, each of which ends between CR and LF. */
    Reply formInPieces(String path, String... parts) {
        return multipart(path, HttpRequest.BodyPublishers.ofByteArrays(Stream.of(formBody(parts).split("(?<=\r)"))
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList()));
    }

    private Reply multipart(String path, HttpRequest.BodyPublisher body) {
        return send(request(path).header("Content-Type", "multipart/form-data; boundary=x").POST(body).build());
    }

    private static String formBody(String... parts) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < parts.length; i += 2) {
            String value = parts[i + 1];
            body.append("--x\r\nContent-Disposition: form-data; name=\"").append(parts[i]).append('"')
                    .append(value.startsWith("@") ? "; filename=\"" + value.substring(1) + "\"\r\nContent-Type: image/png" : "")
                    .append("\r\n\r\n").append(value).append("\r\n");
        }
        return body + "--x--\r\n";
    }

    /** Asks until the answer is as wanted. */
    Reply until(String path, Predicate<Reply> wanted) {
        AtomicReference<Reply> last = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(25)).until(() -> {
            last.set(get(path));
            return wanted.test(last.get());
        });
        return last.get();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl(gateway) + path)).timeout(Duration.ofSeconds(20))
                .header("Authorization", (gateway.equals("fal") ? "Key " : "Bearer ") + key);
    }

    static HttpResponse<byte[]> fetch(String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build());
    }

    static Reply send(HttpRequest request) {
        HttpResponse<byte[]> response = exchange(request);
        try {
            return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
        } catch (IOException e) {
            return new Reply(response.statusCode(), JSON.missingNode(), response);
        }
    }

    static HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
