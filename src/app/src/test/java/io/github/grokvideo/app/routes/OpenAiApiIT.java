// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.HttpPeer.header;
import static io.github.grokvideo.app.routes.HttpPeer.json;
import static io.github.grokvideo.app.routes.HttpPeer.text;
import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiApiIT {

    private static final String VIDEOS = "/v1/videos";

    @TempDir
    Path dir;

    private RouteRig rig;
    private HttpPeer peer;

    @BeforeEach
    void start() throws Exception {
        rig = new RouteRig(dir).set("camel.server.maxBodySize", "2000000").set("maxBytes", "1000000");
        peer = HttpPeer.start(rig, "openai-api", VIDEOS, "\"object\":\"list\"");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private JsonNode created(String json, String... headers) throws Exception {
        HttpResponse<byte[]> answer = peer.post(VIDEOS, json, headers);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        return json(answer);
    }

    private static String path(JsonNode video) {
        return VIDEOS + "/" + video.path("id").asText();
    }

    private SimulatedJob onlyJob() {
        assertThat(rig.simulator.jobs()).hasSize(1);
        return rig.simulator.jobs().iterator().next();
    }

    private static JsonNode assertError(HttpResponse<byte[]> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        JsonNode error = json(answer).path("error");
        assertThat(error.path("code").asText()).as(text(answer)).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("type").asText()).isNotBlank();
        assertThat(error.has("param")).isTrue();
        return error;
    }

    @Test
    void aVideoIsRequestedFollowedAndFetched() throws Exception {
        JsonNode video = created("{\"model\": \"grok-imagine-video\", \"prompt\": \"A fox\", \"seconds\": \"4\", \"size\": \"720x1280\"}");

        assertThat(video.path("object").asText()).isEqualTo("video");
        assertThat(video.path("status").asText()).isEqualTo("queued");
        assertThat(video.path("progress").asInt()).isZero();
        assertThat(video.path("model").asText()).isEqualTo("grok-imagine-video");
        assertThat(video.path("seconds").asText()).isEqualTo("4");
        assertThat(video.path("size").asText()).isEqualTo("720x1280");
        assertThat(video.path("created_at").asLong()).isPositive();
        assertThat(video.path("completed_at").isNull()).isTrue();
        assertThat(video.path("error").isNull()).isTrue();
        assertThat(onlyJob()).matches(job -> job.spec().seconds() == 4 && job.spec().height() == 1280 && job.resolution().equals("720p"));
        awaitThat(() -> assertThat(json(peer.get(path(video))).path("status").asText()).isEqualTo("completed"));
        JsonNode done = json(peer.get(path(video)));
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("completed_at").asLong()).isGreaterThanOrEqualTo(done.path("created_at").asLong());
        HttpResponse<byte[]> content = peer.get(path(video) + "/content?variant=video");
        assertThat(header(content, "Content-Type")).isEqualTo("video/mp4");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.body()))).isEqualTo(onlyJob().sha256());
        assertThat(peer.get(path(video) + "/content", "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    }

    @Test
    void theSameIdempotencyKeyIsTheSameVideo() throws Exception {
        String first = path(created("{\"prompt\": \"A fox\"}", "Idempotency-Key", "k1"));

        assertThat(path(created("{\"prompt\": \"A fox\"}", "Idempotency-Key", "k1"))).isEqualTo(first);
        HttpResponse<byte[]> other = peer.post(VIDEOS, "{\"prompt\": \"A cat\"}", "Idempotency-Key", "k1");
        assertError(other, 409, "idempotency_key_reused");
        assertThat(header(other, "x-should-retry")).as("clients repeat a 409").isEqualTo("false");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void anImageIsUploadedOrNamed() throws Exception {
        byte[] image = Files.readAllBytes(RouteRig.SAMPLE_IMAGE);
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> answer = form(Map.of("prompt", "It flies", "seconds", "5"), "input_reference", image, "k1");
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
            assertThat(json(answer).path("seconds").asText()).isEqualTo("5");
        }
        assertThat(onlyJob()).matches(job -> job.mode().equals("image-to-video") && job.spec().seconds() == 5);

        created("{\"prompt\": \"It flies\", \"input_reference\": {\"image_url\": \"https://example.com/first.png\"}}");
        HttpResponse<byte[]> named = form(Map.of("prompt", "It flies", "input_reference[image_url]", "https://example.com/first.png"),
                null, null, "k2");
        assertThat(named.statusCode()).as(text(named)).isEqualTo(200);
        assertThat(rig.simulator.jobs()).hasSize(3).allMatch(job -> job.mode().equals("image-to-video"));
        assertThat(form(Map.of("prompt", "A fox"), null, null, "k3").statusCode()).as("a form without an image").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{\"prompt\": \"A fox\", \"seconds\": \"99\"}|seconds", "{\"prompt\": \"A fox\", \"size\": \"64x64\"}|size",
            "{\"prompt\": \"A fox\", \"size\": \"big\"}|size", "{\"prompt\": \"A fox\", \"sekonds\": \"4\"}|sekonds",
            "{\"prompt\": \"A fox\", \"size\": \"1280x720\", \"resolution\": \"480p\"}|size",
            "{\"prompt\": \"A fox\", \"input_reference\": \"a.png\"}|input_reference",
            "{\"prompt\": \"A fox\", \"input_reference\": {\"image_url\": \"/etc/passwd\"}}|input_reference",
            "{\"prompt\": \"A fox\", \"input_reference\": {\"image_url\": \"file:///etc/passwd\"}}|input_reference",
            "{\"prompt\": 7}|prompt", "{}|prompt", "[]|", "A fox|"})
    void whatIsWrongIsNamedAndCostsNothing(String body, String parameter) throws Exception {
        HttpResponse<byte[]> answer = peer.post(VIDEOS, body);

        JsonNode error = assertError(answer, 400, "invalid_value");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("charged").asText()).isEqualTo("no");
        assertThat(error.path("param").isNull() ? null : error.path("param").asText()).as(text(answer)).isEqualTo(parameter);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isZero();
    }

    @Test
    void formsAreCheckedAsWell() throws Exception {
        byte[] image = Files.readAllBytes(RouteRig.SAMPLE_IMAGE);
        assertThat(assertError(form(Map.of("prompt", "A fox", "sekonds", "4"), null, null, null), 400, "invalid_value")
                .path("param").asText()).isEqualTo("sekonds");
        assertError(form(Map.of("prompt", "A fox", "input_reference[image_url]", "https://example.com/a.png"), "input_reference", image,
                null), 400, "invalid_value");
        assertError(form(Map.of("prompt", "A fox"), "input_reference", "not an image".getBytes(StandardCharsets.UTF_8), null), 400,
                "invalid_value");
        assertError(form(Map.of("prompt", "A fox"), "input_reference", new byte[0], null), 400, "invalid_value");
        assertError(form(Map.of("prompt", "A fox"), "input_reference", new byte[1_000_001], null), 413, "invalid_value");
        assertError(peer.post(VIDEOS, "{\"prompt\": \"" + "x".repeat(1_000_001) + "\"}"), 413, "invalid_value");
        assertThat(form(Map.of("prompt", "A fox"), "input_reference", new byte[3_000_000], null).statusCode()).as("by the server itself")
                .isEqualTo(413);
        assertThat(rig.simulator.ledger().jobs()).isZero();
    }

    @Test
    void otherErrorsHaveTheEnvelope() throws Exception {
        assertError(peer.get(VIDEOS + "/none"), 404, "not_found");
        assertError(peer.get(VIDEOS + "/none/content"), 404, "not_found");
        assertError(peer.delete(VIDEOS + "/none"), 404, "not_found");
        assertThat(peer.send(peer.request(VIDEOS).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("A fox")))
                .statusCode()).isEqualTo(415);
        rig.simulator.faults().add(Fault.of("submit-429"));
        HttpResponse<byte[]> busy = peer.post(VIDEOS, "{\"prompt\": \"A fox\"}");
        assertError(busy, 429, "rate_limit_exceeded");
        assertThat(header(busy, "Retry-After")).isNotNull();
        assertThat(header(busy, "x-should-retry")).isNull();
        rig.simulator.faults().add(Fault.of("submit-500"));
        HttpResponse<byte[]> unknown = peer.post(VIDEOS, "{\"prompt\": \"A fox\"}");
        assertThat(assertError(unknown, 502, "submit_unknown").path("charged").asText()).isEqualTo("unknown");
        assertThat(header(unknown, "x-should-retry")).as("a repetition may be paid for twice").isEqualTo("false");

        JsonNode video = created("{\"prompt\": \"A fox [[render=10m]]\"}");
        HttpResponse<byte[]> early = peer.get(path(video) + "/content");
        assertError(early, 409, "video_not_ready");
        assertThat(header(early, "Retry-After")).isNotNull();
        assertThat(assertError(peer.get(path(video) + "/content?variant=thumbnail"), 400, "invalid_value").path("param").asText())
                .isEqualTo("variant");
    }

    @Test
    void aWithheldVideoHasFailed() throws Exception {
        JsonNode video = created("{\"prompt\": \"A fox [[fault:job-moderated]]\"}");

        awaitThat(() -> assertThat(json(peer.get(path(video), "Prefer", "wait=5")).path("status").asText()).isEqualTo("failed"));
        JsonNode failed = json(peer.get(path(video)));
        assertThat(failed.at("/error/code").asText()).isEqualTo("moderation_blocked");
        assertThat(failed.at("/error/message").asText()).isNotBlank();
        assertError(peer.get(path(video) + "/content"), 410, "moderation_blocked");
    }

    @Test
    void theListHasPages() throws Exception {
        String[] ids = new String[5];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = created("{\"prompt\": \"A fox " + i + "\"}").path("id").asText();
        }

        JsonNode first = json(peer.get(VIDEOS + "?limit=2"));
        assertThat(ids(first)).containsExactly(ids[4], ids[3]);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("first_id").asText()).isEqualTo(ids[4]);
        assertThat(first.path("last_id").asText()).isEqualTo(ids[3]);
        JsonNode last = json(peer.get(VIDEOS + "?limit=3&after=" + ids[3]));
        assertThat(ids(last)).containsExactly(ids[2], ids[1], ids[0]);
        assertThat(last.path("has_more").asBoolean()).isFalse();
        assertThat(ids(json(peer.get(VIDEOS + "?order=asc&limit=2&after=" + ids[0])))).containsExactly(ids[1], ids[2]);
        assertThat(ids(json(peer.get(VIDEOS + "?after=none")))).isEmpty();
        assertThat(assertError(peer.get(VIDEOS + "?limit=0"), 400, "invalid_value").path("param").asText()).isEqualTo("limit");
        assertThat(assertError(peer.get(VIDEOS + "?order=up"), 400, "invalid_value").path("param").asText()).isEqualTo("order");
    }

    private static List<String> ids(JsonNode list) {
        assertThat(list.path("object").asText()).as(list.toString()).isEqualTo("list");
        return StreamSupport.stream(list.path("data").spliterator(), false).map(video -> video.path("id").asText()).toList();
    }

    @Test
    void aVideoThatIsNotDoneIsStopped() throws Exception {
        rig.close();
        rig = new RouteRig(dir.resolve("fal")).gateway("fal");
        peer = HttpPeer.start(rig, "openai-api", VIDEOS, "\"object\":\"list\"");
        JsonNode video = created("{\"prompt\": \"A fox [[render=10m]]\"}");

        JsonNode deleted = json(peer.delete(path(video)));

        assertThat(deleted.path("object").asText()).isEqualTo("video.deleted");
        assertThat(deleted.path("id")).isEqualTo(video.path("id"));
        awaitThat(() -> assertThat(json(peer.get(path(video))).at("/error/code").asText()).isEqualTo("cancelled"));
    }

    @Test
    void whatCannotBeStoppedIsNotDeleted() throws Exception {
        JsonNode open = created("{\"prompt\": \"A fox [[render=10m]]\"}");
        assertError(peer.delete(path(open)), 501, "unsupported");

        JsonNode video = created("{\"prompt\": \"A fox\"}");
        awaitThat(() -> assertThat(peer.get(path(video) + "/content").statusCode()).isEqualTo(200));
        assertError(peer.delete(path(video)), 400, "invalid_value");
        assertThat(peer.get(path(video) + "/content").statusCode()).as("it is kept").isEqualTo(200);
    }

    /** @param name of the uploaded file's field; null = no file
     *  @param key  null = none */
    private HttpResponse<byte[]> form(Map<String, String> fields, String name, byte[] file, String key) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            body.writeBytes(("--line\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n" + field.getValue()
                    + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        if (name != null) {
            body.writeBytes(("--line\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"first.jpg\"\r\n"
                    + "Content-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--line--\r\n".getBytes(StandardCharsets.UTF_8));
        return peer.send((key == null ? peer.request(VIDEOS) : peer.request(VIDEOS, "Idempotency-Key", key))
                .header("Content-Type", "multipart/form-data; boundary=line").POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }
}
