// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiGatewayTest {

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(150)).queueTime(Duration.ofMillis(50))
                .videos(VideoMode.SHARED).start();
        client = new Client(simulator, "openai");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static Client.Reply create(String fields) {
        return client.post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"a kite\"" + fields + "}");
    }

    private static Client.Reply finished(String id) {
        return client.until("/videos/" + id, r -> !r.text("/status").matches("queued|in_progress"));
    }

    @Test
    void rendersAndServesTheContentBehindTheKey() {
        Client.Reply queued = create(",\"seconds\":\"5\",\"size\":\"720x1280\"").is(200);
        assertThat(queued.text("/status")).isEqualTo("queued");
        assertThat(queued.text("/object")).isEqualTo("video");
        String id = queued.text("/id");
        assertThat(id).matches("video_[\\w=-]{60,}");
        client.get("/videos/" + id + "/content").is(404);
        Client.Reply done = finished(id);
        assertThat(done.text("/status")).isEqualTo("completed");
        assertThat(done.text("/seconds")).isEqualTo("5");
        assertThat(done.text("/size")).isEqualTo("720x1280");
        assertThat(done.json().at("/error").isNull()).isTrue();
        assertThat(done.raw().body()).asString().doesNotContain("http");
        HttpResponse<byte[]> content = Client.exchange(client.request("/videos/" + id + "/content").build());
        assertThat(content.headers().firstValue("content-type")).hasValue("video/mp4");
        assertThat(content.body()).hasSize((int) simulator.job(id).orElseThrow().fileSize());
        assertThat(Client.exchange(client.request("/videos/" + id + "/content?variant=thumbnail").build()).headers()
                .firstValue("content-type")).hasValue("image/webp");
        client.get("/videos/" + id + "/content?variant=gif").is(400);
        assertThat(Client.fetch(simulator.baseUrl("openai") + "/videos/" + id + "/content").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | ,\"metadata\":{\"aspect_ratio\":\"9:16\",\"resolution\":\"480p\"}",
        "200 | ,\"aspect_ratio\":\"9:16\",\"resolution\":\"480p\"",
        "200 | ,\"size\":\"1024x1024\",\"input_reference\":{\"image_url\":\"https://e.com/a.png\"}",
        "200 | ,\"metadata\":{\"image_urls\":[\"https://e.com/a.png\",\"https://e.com/b.png\"]}",
        "400 | ,\"seconds\":5",
        "400 | ,\"seconds\":\"16\"",
        "400 | ,\"size\":\"720p\"",
        "400 | ,\"size\":\"1920x1080\"",
        "400 | ,\"size\":\"1280x720\",\"resolution\":\"720p\"",
        "400 | ,\"resolution\":\"480p\",\"metadata\":{\"resolution\":\"480p\"}",
        "400 | ,\"input_reference\":\"https://e.com/a.png\"",
        "400 | ,\"metadata\":{\"camera\":\"still\"}",
        "400 | ,\"duration\":5",
        "400 | ,\"last_frame\":\"https://e.com/a.png\""})
    void validates(int status, String fields) {
        Client.Reply reply = create(fields).is(status);
        if (status != 200) {
            assertThat(reply.text("/error/type")).isEqualTo("invalid_request_error");
            assertThat(reply.text("/error/message")).isNotBlank();
            assertThat(reply.json().at("/error").has("param")).isTrue();
        }
    }

    @Test
    void takesMultipart() {
        String id = client.form("/videos", "model", "xai/grok-imagine-video-1.5", "prompt", "x", "seconds", "7", "size", "848x480",
                "metadata[generate_audio]", "true", "input_reference", "@first.png").is(200).text("/id");
        assertThat(simulator.job(id).orElseThrow()).matches(job -> job.mode().equals("image-to-video") && job.spec().seconds() == 7
                && job.spec().width() == 848 && job.resolution().equals("480p"));
        String text = client.form("/videos", "model", "grok-imagine-video", "prompt", "x").is(200).text("/id");
        assertThat(simulator.job(text).orElseThrow().mode()).isEqualTo("text-to-video");
        client.form("/videos", "model", "grok-imagine-video", "prompt", "x", "seconds", "99").is(400);
    }

    @Test
    void editsExtendsAndRemixes() {
        String id = create(",\"seconds\":\"4\",\"size\":\"480x848\"").is(200).text("/id");
        client.post("/videos/" + id + "/remix", "{\"prompt\":\"x\"}").is(400);
        finished(id);
        String source = "{\"prompt\":\"x\",\"video\":{\"id\":\"" + id + "\"}";
        Client.Reply remix = client.post("/videos/" + id + "/remix", "{\"prompt\":\"x\"}").is(200);
        assertThat(remix.text("/remixed_from_video_id")).isEqualTo(id);
        assertThat(client.post("/videos/edits", source + "}").is(200).text("/size")).isEqualTo("480x848");
        assertThat(client.post("/videos/extensions", source + ",\"seconds\":\"6\"}").is(200).text("/seconds")).isEqualTo("10");
        client.post("/videos/extensions", source + ",\"model\":\"grok-imagine-video-1.5\"}").is(400);
        client.post("/videos/edits", "{\"prompt\":\"x\",\"video\":{\"id\":\"video_nobody\"}}").is(404);
        client.post("/videos/video_nobody/remix", "{\"prompt\":\"x\"}").is(404);
    }

    @Test
    void listsAndDeletes() {
        String first = create("").is(200).text("/id");
        String second = create("").is(200).text("/id");
        Client.Reply page = client.get("/videos?limit=1").is(200);
        assertThat(page.text("/data/0/id")).isEqualTo(second);
        assertThat(page.json().at("/has_more").asBoolean()).isTrue();
        assertThat(client.get("/videos?limit=1&after=" + second).text("/data/0/id")).isEqualTo(first);
        finished(first);
        assertThat(client.delete("/videos/" + first).is(200).json().at("/deleted").asBoolean()).isTrue();
        client.get("/videos/" + first).is(404);
        client.delete("/videos/" + first).is(404);
        assertThat(client.get("/videos?limit=100").raw().body()).asString().contains(second).doesNotContain(first);
    }

    @Test
    void moderationIsCompletedWithoutAVideoAndBilled() {
        String id = client.post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"[[fault:job-moderated]]\"}").is(200).text("/id");
        Client.Reply moderated = finished(id);
        assertThat(moderated.text("/status")).isEqualTo("completed");
        assertThat(moderated.text("/error/code")).isEqualTo("moderation_blocked");
        client.get("/videos/" + id + "/content").is(404);
        assertThat(simulator.ledger().charges()).anyMatch(entry -> entry.taskId().equals(id));
        assertThat(simulator.ledger().refunds()).isEmpty();
        String failed = client.post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"[[fault:job-failed]]\"}").text("/id");
        assertThat(finished(failed).text("/status")).isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({"metadata.url, /metadata/url", "video_url, /video_url", "url, /url"})
    void someRelaysGiveTheUrlInTheStatus(String field, String pointer) {
        String id = client.post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"[[fault:url-elsewhere field=" + field + "]]\"}")
                .is(200).text("/id");
        assertThat(Client.fetch(finished(id).text(pointer)).statusCode()).isEqualTo(200);
    }

    @Test
    void theContentMayBeARedirectToAUrlWithoutAKey() {
        String id = client.post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"[[fault:download-redirect]]\"}")
                .is(200).text("/id");
        finished(id);
        HttpResponse<byte[]> redirect = Client.exchange(client.request("/videos/" + id + "/content").build());
        assertThat(redirect.statusCode()).isEqualTo(302);
        String url = redirect.headers().firstValue("location").orElseThrow();
        assertThat(Client.fetch(url).statusCode()).isEqualTo(200);
        client.delete("/videos/" + id).is(200);
        assertThat(Client.fetch(url).statusCode()).isEqualTo(404);
    }

    @Test
    void aGroupWithoutAccessIsAnswered503() {
        long jobs = simulator.ledger().jobs("openai");
        Client.Reply refused = new Client(simulator, "openai", "sk-nogroup").post("/videos",
                "{\"model\":\"grok-imagine-video\",\"prompt\":\"x\"}").is(503);
        assertThat(refused.text("/error/code")).isEqualTo("model_not_found");
        assertThat(simulator.ledger().jobs("openai")).isEqualTo((int) jobs);
        new Client(simulator, "openai", "sk-poor").post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"x\"}").is(403);
        new Client(simulator, "openai", "sk-invalid").get("/videos").is(401);
        assertThat(simulator.requests().count("openai", RequestKind.SUBMIT)).isPositive();
    }
}
