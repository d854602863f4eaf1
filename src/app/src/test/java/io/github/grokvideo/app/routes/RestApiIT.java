// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.app.observe.Observation;
import io.github.grokvideo.app.observe.ObserveChoice;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private RouteRig rig;
    private String base;

    @BeforeEach
    void start() throws Exception {
        // The simulator has its port before one is chosen here, or it might get the same.
        rig = new RouteRig(dir);
        int port = RouteRig.freePort();
        base = "http://127.0.0.1:" + port;
        rig.set("camel.server.enabled", "true").set("camel.server.host", "127.0.0.1")
                .set("camel.server.port", Integer.toString(port)).set("camel.component.grokvideo.submitRetryTimeout", "0")
                .start("rest-api");
        assertThatTheApiHasThePort();
    }

    /** Camel starts without its HTTP server if the port is in use: whoever has it would be tested. */
    private void assertThatTheApiHasThePort() throws Exception {
        HttpResponse<byte[]> description = get("/openapi.json");
        assertThat(new String(description.body(), StandardCharsets.UTF_8)).as("what answers at " + base).contains("Grok Video");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aVideoIsAskedForFollowedAndFetchedMoreThanOnce() throws Exception {
        HttpResponse<byte[]> taken = post("{\"prompt\": \"A fox [[render=2s]]\", \"duration\": 5}");

        assertThat(taken.statusCode()).isEqualTo(202);
        String location = taken.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/videos/" + json(taken).path("jobId").asText());
        assertThat(json(get(location)).path("status").asText()).isIn("ACCEPTED", "RUNNING");
        HttpResponse<byte[]> early = get(location + "/content");
        assertProblem(early, 409, "WAIT_TIMEOUT");
        assertThat(early.headers().firstValue("Retry-After")).isPresent();

        awaitThat(() -> assertThat(get(location + "/content").statusCode()).isEqualTo(200));
        HttpResponse<byte[]> video = get(location + "/content");
        assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(video.body())))
                .isEqualTo(rig.simulator.jobs().iterator().next().sha256());
        assertThat(video.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void theSameIdempotencyKeyIsTheSameVideo() throws Exception {
        String first = json(send(request("{\"prompt\": \"A fox\"}").header("Idempotency-Key", "k1"))).path("jobId").asText();
        String second = json(send(request("{\"prompt\": \"A fox\"}").header("Idempotency-Key", "k1"))).path("jobId").asText();

        assertThat(second).isEqualTo(first);
        assertProblem(send(request("{\"prompt\": \"A cat\"}").header("Idempotency-Key", "k1")), 409, "JOB_KEY_CONFLICT");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void videosAreListedNewestFirstWithoutWhatIsPrivate() throws Exception {
        String first = json(send(request("{\"prompt\": \"A fox [[render=10m]]\", \"tag\": \"spring\"}").header("Idempotency-Key", "k,1")))
                .path("jobId").asText();
        String second = json(post("{\"prompt\": \"A fox\", \"images\": [\"https://example.org/a.jpg?key=s3cret\"]}"))
                .path("jobId").asText();
        awaitThat(() -> assertThat(get("/videos/" + second + "/content").statusCode()).isEqualTo(200));

        HttpResponse<byte[]> all = get("/videos");
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(all.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        assertThat(ids(json(all))).containsExactly(second, first);
        assertThat(json(all).path("total").asInt()).isEqualTo(2);
        assertThat(json(all).path("offset").asInt()).isZero();
        assertThat(json(all).path("limit").asInt()).isEqualTo(50);
        assertThat(new String(all.body(), StandardCharsets.UTF_8)).doesNotContain("fox", "s3cret", "http");
        assertThat(ids(json(get("/videos?limit=1&offset=1")))).containsExactly(first);
        assertThat(json(get("/videos?limit=1&offset=7")).path("total").asInt()).isEqualTo(2);
        assertThat(ids(json(get("/videos?state=accepted,RUNNING")))).containsExactly(first);
        assertThat(ids(json(get("/videos?state=accepted&state=RUNNING")))).containsExactly(first);
        assertThat(ids(json(get("/videos?text=K%2C1")))).containsExactly(first);
        assertThat(ids(json(get("/videos?text=" + second.substring(3))))).containsExactly(second);
        assertThat(ids(json(get("/videos?tag=none")))).isEmpty();
        assertThat(ids(json(get("/videos?tag=spring")))).containsExactly(first);
        assertThat(ids(json(get("/videos?state=&tag=&text=&offset=&limit=")))).containsExactly(second, first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=many", "limit=1.5", "limit=-1", "limit=99999999999999999999", "offset=-1",
            "offset=many", "offset=1&offset=2", "state=DONE", "state=RUNNING,DONE", "state=$%7Bheader.tag%7D", "tag=a&tag=b", "text=%00"})
    void aListWithAWrongParameterSaysWhich(String query) throws Exception {
        HttpResponse<byte[]> answer = get("/videos?" + query);

        assertProblem(answer, 400, "INVALID_REQUEST");
        assertThat(json(answer).path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("jobs").spliterator(), false).map(job -> job.path("jobId").asText()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", " ", "null", "[]", "7", "\"A fox\"", "{", "{\"prompt\": ", "{\"prompt\": 7}", "{\"prompt\": null}", "{}",
            "{\"prompt\": \"\"}",
            "{\"prompt\": \"A fox\", \"duratoin\": 6}", "{\"prompt\": \"A fox\", \"duration\": \"long\"}",
            "{\"prompt\": \"A fox\", \"duration\": 1e99}", "{\"prompt\": \"A fox\", \"images\": \"/etc/passwd\"}",
            "{\"prompt\": \"A fox\", \"images\": [\"/etc/passwd\"]}", "{\"prompt\": \"A fox\", \"images\": [{\"path\": \"/etc/passwd\"}]}",
            "{\"prompt\": \"A fox\", \"images\": [\"file:///etc/passwd\"]}", "{\"prompt\": \"A fox\", \"images\": [[]]}",
            "{\"prompt\": \"A fox\", \"images\": [null]}", "{\"prompt\": \"A fox\", \"video\": \"/etc/passwd\"}",
            "{\"prompt\": \"A fox\", \"video\": {\"path\": \"/etc/passwd\"}}", "{\"prompt\": \"A fox\", \"video\": \"job:none\"}",
            "{\"prompt\": \"A fox\", \"additionalFields\": 7}", "{\"prompt\": \"A fox\", \"tag\": {\"a\": 1}}",
            "{\"prompt\": \"A fox\", \"tag\": 7}", "A fox", "<a/>"})
    void whatIsNoRequestIsAProblemOfTheCallerAndCostsNothing(String body) throws Exception {
        HttpResponse<byte[]> answer = post(body);

        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isBetween(400, 499);
        assertProblem(answer, answer.statusCode(), null);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isZero();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("Exception", "root:");
    }

    @Test
    void fuzzedBodiesAreProblemsOfTheCaller() throws Exception {
        Random random = new Random(7);
        byte[] good = "{\"prompt\": \"A fox\", \"duration\": 6, \"images\": [\"https://example.org/a.jpg\"], \"seed\": 3}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] body = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(base + "/videos"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));

            assertThat(answer.statusCode()).as(new String(body, StandardCharsets.ISO_8859_1)).isBetween(202, 499);
            if (answer.statusCode() != 202) {
                assertProblem(answer, answer.statusCode(), null);
            }
        }
    }

    @Test
    void otherErrorsHaveTheComponentsTypes() throws Exception {
        assertProblem(get("/videos/none"), 404, "JOB_NOT_FOUND");
        assertProblem(get("/videos/none/content"), 404, "JOB_NOT_FOUND");
        assertProblem(post("{\"prompt\": \"" + "x".repeat(300_000) + "\"}"), 413, "INVALID_REQUEST");
        // What a web page of somebody else can send without asking the browser.
        assertThat(send(HttpRequest.newBuilder(URI.create(base + "/videos"))
                .POST(BodyPublishers.ofString("{\"prompt\": \"A fox\"}"))).statusCode()).isEqualTo(415);
        assertThat(send(HttpRequest.newBuilder(URI.create(base + "/videos")).header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"prompt\": \"A fox\"}"))).statusCode()).isEqualTo(415);
        rig.simulator.faults().add(Fault.of("submit-400"));
        assertProblem(post("{\"prompt\": \"A fox\"}"), 422, "SUBMIT_REJECTED");
        rig.simulator.faults().add(Fault.of("submit-429"));
        assertProblem(post("{\"prompt\": \"A fox\"}"), 429, "RATE_LIMITED");
        String location = post("{\"prompt\": \"A fox [[fault:job-moderated]]\"}").headers().firstValue("Location").orElseThrow();
        awaitThat(() -> assertThat(get(location + "/content").statusCode()).isEqualTo(410));
        assertProblem(get(location + "/content"), 410, "MODERATED");
        assertThat(json(get(location)).path("errorType").asText()).isEqualTo("MODERATED");
    }

    /** With what the app puts before it. */
    @Test
    void onlyOurOwnNamesAndPagesAreAnswered() throws Exception {
        RouteRig again = new RouteRig(dir.resolve("again"));
        rig.close();
        int port = URI.create(base).getPort();
        rig = again.set("camel.server.enabled", "true").set("camel.server.host", "127.0.0.1")
                .set("camel.server.port", Integer.toString(port)).start("rest-api");
        assertThatTheApiHasThePort();
        Observation.prepare(new ObserveChoice(true, null, null), false,
                name -> name.equals("grokvideo.http.hosts") ? "videos.example.com" : null).begin(rig.main().getCamelContext(), line -> { });

        for (String path : List.of("/videos", "/openapi.json", "/videos/none", "/videos/none/content")) {
            for (String host : List.of("evil.example", "127.0.0.1.evil.example:" + port, "192.0.2.1")) {
                assertThat(firstLine(path, host)).as(path + " of " + host).startsWith("HTTP/1.1 421");
            }
        }
        for (String host : List.of("127.0.0.1:" + port, "LOCALHOST", "[::1]", "videos.example.com")) {
            assertThat(firstLine("/videos", host)).as(host).startsWith("HTTP/1.1 200");
        }
        for (String origin : List.of("http://evil.example", "http://127.0.0.1:1", "null", "http://localhost:" + port, "file://")) {
            assertThat(send(request("{\"prompt\": \"A fox\"}").header("Origin", origin)).statusCode()).as(origin).isEqualTo(403);
            assertThat(send(HttpRequest.newBuilder(URI.create(base + "/videos")).header("Origin", origin).GET()).statusCode())
                    .isEqualTo(403);
        }
        assertThat(send(request("{\"prompt\": \"A fox\"}").header("Sec-Fetch-Site", "same-site")).statusCode()).isEqualTo(403);
        assertThat(rig.simulator.ledger().jobs()).isZero();
        assertThat(send(request("{\"prompt\": \"A fox\"}").header("Origin", base)).statusCode()).isEqualTo(202);
        assertThat(post("{\"prompt\": \"A cat\"}").statusCode()).as("a program").isEqualTo(202);
    }

    private String firstLine(String path, String host) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", URI.create(base).getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    @Test
    void whatItsDescriptionSaysIsSo() throws Exception {
        JsonNode api = json(get("/openapi.json"));
        assertThat(api.path("openapi").asText()).startsWith("3.0");
        assertThat(api.path("paths").fieldNames()).toIterable()
                .containsExactlyInAnyOrder("/videos", "/videos/{id}", "/videos/{id}/content", "/videos/{id}/poster", "/spend");
        assertThat(api.path("servers").path(0).path("url").asText()).isEqualTo(base);
        String id = json(post("{\"prompt\": \"A fox [[render=10m]]\"}")).path("jobId").asText();

        assertDocumented(api, "/videos", "post", post("{\"prompt\": \"A fox\"}"));
        assertDocumented(api, "/videos", "post", post("{\"prompt\": 7}"));
        assertDocumented(api, "/videos", "post", post("{\"prompt\": \"" + "x".repeat(300_000) + "\"}"));
        assertDocumented(api, "/videos", "get", get("/videos?state=RUNNING&tag=a&text=b&offset=0&limit=1"));
        assertDocumented(api, "/videos", "get", get("/videos?limit=0"));
        assertThat(api.path("paths").path("/videos").path("get").path("parameters")).extracting(one -> one.path("name").asText())
                .containsExactlyInAnyOrder("state", "tag", "text", "offset", "limit");
        assertDocumented(api, "/videos/{id}", "get", get("/videos/" + id));
        assertDocumented(api, "/videos/{id}", "get", get("/videos/none"));
        assertDocumented(api, "/videos/{id}/content", "get", get("/videos/" + id + "/content"));
        assertDocumented(api, "/videos/{id}/content", "get", get("/videos/none/content"));
        assertDocumented(api, "/videos/{id}/poster", "get", get("/videos/" + id + "/poster"));
        assertDocumented(api, "/videos/{id}/poster", "get", get("/videos/none/poster"));
        assertThat(api.at("/paths/~1videos~1{id}~1content/get/responses").fieldNames()).toIterable().contains("206", "304", "416");
        assertDocumented(api, "/videos/{id}", "delete", send(HttpRequest.newBuilder(URI.create(base + "/videos/" + id)).DELETE()));
        assertDocumented(api, "/videos/{id}", "delete", send(HttpRequest.newBuilder(URI.create(base + "/videos/none")).DELETE()));
        assertDocumented(api, "/spend", "get", get("/spend?period=today&by=tag"));
        assertDocumented(api, "/spend", "get", get("/spend?by=color"));
    }

    private static void assertDocumented(JsonNode api, String path, String method, HttpResponse<byte[]> answer) {
        JsonNode operation = api.path("paths").path(path).path(method);
        JsonNode response = operation.path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(response.isMissingNode()).as(method + " " + path + " answers " + answer.statusCode() + ": " + operation).isFalse();
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String type) throws Exception {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("none: " + text)).startsWith("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("status").isInt()).as(text).isTrue();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("type").asText()).startsWith("urn:grokvideo:");
        if (type != null) {
            assertThat(problem.path("errorType").asText()).isEqualTo(type);
        }
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create(base + "/videos")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<byte[]> post(String body) throws Exception {
        return send(request(body));
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
