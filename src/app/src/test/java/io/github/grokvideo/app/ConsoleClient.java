// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the console's page sends. */
final class ConsoleClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "jobs(java.lang.String,java.lang.String,java.lang.String,java.lang.String,boolean,int,int)";

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** @param url as the app prints it */
    ConsoleClient(String url) {
        base = URI.create(url);
    }

    ConsoleClient login(String user, String password) throws Exception {
        int status = post("auth/login", Map.of("username", user, "password", password)).statusCode();
        if (status != 200) {
            throw new AssertionError("The login of " + user + " was answered with " + status);
        }
        return this;
    }

    HttpResponse<byte[]> video(String jobId, String range) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("videos/" + jobId)).timeout(Duration.ofSeconds(30));
        if (range != null) {
            request.header("Range", range);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    JsonNode jobs(String text) throws Exception {
        return JSON.readTree(value(PAGE, "", "", text, "created", true, 0, 100));
    }

    JsonNode job(String id) throws Exception {
        return JSON.readTree(value("job", id));
    }

    /** @return Jolokia's own status, which is not that of HTTP */
    int call(String mbean, String operation, Object... arguments) throws Exception {
        return jolokia(mbean, operation, arguments).path("status").asInt();
    }

    /** @return the only MBean of that pattern */
    String mbean(String pattern) throws Exception {
        JsonNode found = JSON.readTree(post("jolokia", Map.of("type", "search", "mbean", pattern)).body()).path("value");
        if (found.size() != 1) {
            throw new AssertionError(pattern + " is " + found);
        }
        return found.get(0).asText();
    }

    String videoJobs() throws Exception {
        return mbean("org.apache.camel:context=*,type=services,name=VideoJobs*");
    }

    private String value(String operation, Object... arguments) throws Exception {
        JsonNode answer = jolokia(videoJobs(), operation, arguments);
        if (answer.path("status").asInt() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.path("value").asText();
    }

    private JsonNode jolokia(String mbean, String operation, Object... arguments) throws Exception {
        return JSON.readTree(post("jolokia",
                Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", List.of(arguments))).body());
    }

    private HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        return http.send(HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json").header("Origin", base.getScheme() + "://" + base.getAuthority())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build(), BodyHandlers.ofString());
    }
}
