// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Downloads with the tools that every Linux has: curl writes the file, sha256sum hashes it, and sync makes it durable. */
public final class CurlDownloads {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CurlDownloads() {
    }

    public static void main(String[] arguments) throws Exception {
        Wave wave = Wave.of(arguments);
        Path file = Files.createTempFile("curl-benchmark", ".mp4");
        try {
            wave.measure(() -> {
                for (int job = 0; job < wave.jobs(); job++) {
                    download(wave, file);
                }
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void download(Wave wave, Path file) throws IOException, InterruptedException {
        String id = call(HttpRequest.newBuilder(URI.create(wave.base() + "/v1/videos/generations"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))).path("request_id").asText();
        String url = call(HttpRequest.newBuilder(URI.create(wave.base() + "/v1/videos/" + id))).at("/video/url").asText();
        String script = "rm -f \"$1\" && curl -sS -o \"$1\" \"$0\" && sha256sum \"$1\" && sync \"$1\"";
        Process process = new ProcessBuilder("sh", "-c", script, url, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) {
            throw new IOException("curl, sha256sum or sync has failed");
        }
    }

    private static JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }
}
