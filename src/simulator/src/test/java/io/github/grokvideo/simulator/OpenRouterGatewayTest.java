// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRouterGatewayTest {

    private static final String IMAGE = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://e.com/a.png\"}}";
    private static final String FIRST = IMAGE.replace("}}", "},\"frame_type\":\"first_frame\"}");
    private static final String LAST = FIRST.replace("first", "last");

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(150)).queueTime(Duration.ofMillis(50))
                .videos(VideoMode.SHARED).start();
        client = new Client(simulator, "openrouter");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static Client.Reply create(String model, String fields) {
        return client.post("/videos", "{\"model\":\"x-ai/grok-imagine-video" + model + "\"" + fields + "}");
    }

    private static Client.Reply finished(Client.Reply submitted) {
        return client.until("/videos/" + submitted.is(202).text("/id"), r -> !r.text("/status").matches("pending|in_progress"));
    }

    @Test
    void rendersAndTellsTheCost() {
        Client.Reply submitted = create("", ",\"prompt\":\"a kite\",\"duration\":6,\"resolution\":\"720p\"").is(202);
        assertThat(submitted.text("/status")).isEqualTo("pending");
        assertThat(submitted.text("/polling_url")).isEqualTo(simulator.baseUrl("openrouter") + "/videos/" + submitted.text("/id"));
        String content = "/videos/" + submitted.text("/id") + "/content?index=";
        client.get(content + 0).is(409);
        Client.Reply done = finished(submitted);
        assertThat(done.text("/status")).isEqualTo("completed");
        assertThat(done.json().at("/usage/cost").asDouble()).isEqualTo(0.42);
        assertThat(Client.fetch(done.text("/unsigned_urls/0")).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> video = Client.exchange(client.request(content + 0).build());
        assertThat(video.headers().firstValue("content-type")).hasValue("video/mp4");
        client.get(content + 1).is(404);
        simulator.job(submitted.text("/id")).orElseThrow().expireUrl(false);
        client.get(content + 0).is(410);
        assertThat(client.get("/videos/nobody-knows").is(404).json().at("/error/code").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "202 | -1.5 | ,\"frame_images\":[FIRST,LAST]",
        "202 | -1.5 | ,\"frame_images\":[FIRST],\"input_references\":[IMAGE]",
        "202 | | ,\"prompt\":\"x\",\"size\":\"1280x720\",\"seed\":7,\"generate_audio\":false,\"provider\":{\"order\":[\"xai\"]}",
        "202 | -1.5-lite | ,\"prompt\":\"x\",\"resolution\":\"1080p\",\"aspect_ratio\":\"21:9\"",
        "202 | | ,\"prompt\":\"x\",\"resolution\":\"720p\",\"aspect_ratio\":\"5:2\",\"session_id\":\"s\",\"user\":\"u\"",
        "400 | | ",
        "400 | | ,\"frame_images\":[LAST]",
        "400 | -1.5-lite | ,\"input_references\":[IMAGE]",
        "400 | -1.5 | ,\"frame_images\":[FIRST,FIRST]",
        "400 | -1.5 | ,\"frame_images\":[IMAGE]",
        "400 | | ,\"prompt\":\"x\",\"duration\":\"6\"",
        "400 | | ,\"prompt\":\"x\",\"duration\":16",
        "400 | | ,\"prompt\":\"x\",\"resolution\":\"1080p\"",
        "400 | | ,\"prompt\":\"x\",\"size\":\"1280x720\",\"aspect_ratio\":\"16:9\"",
        "400 | | ,\"prompt\":\"x\",\"callback_url\":\"http://example.com/cb\"",
        "400 | | ,\"prompt\":\"x\",\"quality\":\"720p\"",
        "400 | | ,\"prompt\":\"x\",\"previous_job_id\":\"nobody\"",
        "404 | -9 | ,\"prompt\":\"x\""})
    void validates(int status, String model, String fields) {
        String media = fields == null ? "" : fields.replace("FIRST", FIRST).replace("LAST", LAST).replace("IMAGE", IMAGE);
        Client.Reply reply = create(model == null ? "" : model, media).is(status);
        if (status != 202) {
            assertThat(reply.json().at("/error/code").asInt()).isEqualTo(status);
            assertThat(reply.text("/error/message")).isNotBlank();
        }
    }

    @Test
    void extendsAPreviousJob() {
        Client.Reply first = create("", ",\"prompt\":\"x\",\"duration\":4");
        finished(first);
        String id = create("", ",\"prompt\":\"x\",\"duration\":6,\"previous_job_id\":\"" + first.text("/id") + "\"").is(202).text("/id");
        assertThat(simulator.job(id).orElseThrow().spec().seconds()).isEqualTo(10);
        assertThat(simulator.job(id).orElseThrow().price()).isEqualByComparingTo("0.34");
    }

    @ParameterizedTest
    @CsvSource({"job-failed, failed", "job-moderated, failed", "job-expired, expired", "job-cancelled, cancelled"})
    void tellsFailuresAsText(String fault, String word) {
        Client.Reply ended = finished(create("", ",\"prompt\":\"[[fault:" + fault + "]]\""));
        assertThat(ended.text("/status")).isEqualTo(word);
        assertThat(ended.json().at("/error").isTextual()).isTrue();
        client.get("/videos/" + ended.text("/id") + "/content").is(410);
    }

    @Test
    void theUrlsMayBeBehindTheKey() {
        Client.Reply done = finished(create("", ",\"prompt\":\"[[fault:url-elsewhere]]\""));
        String proxied = done.text("/unsigned_urls/0");
        assertThat(proxied).isEqualTo(simulator.baseUrl("openrouter") + "/videos/" + done.text("/id") + "/content?index=0");
        assertThat(Client.fetch(proxied).statusCode()).isEqualTo(401);
        assertThat(Client.fetch(proxied, "Authorization", "Bearer " + simulator.apiKey("openrouter")).statusCode()).isEqualTo(200);
        assertThat(Client.fetch(done.text("/urls/0")).statusCode()).isEqualTo(200);
    }

    @Test
    void listsModelsWithPrices() {
        Client.Reply models = client.get("/videos/models").is(200);
        assertThat(models.json().at("/data")).hasSize(3);
        assertThat(models.text("/data/0/id")).isEqualTo("x-ai/grok-imagine-video");
        assertThat(models.text("/data/0/pricing_skus/duration_seconds_720p")).isEqualTo("0.07");
    }

    @Test
    void refusesKeysAndAccounts() {
        new Client(simulator, "openrouter", "sk-or-invalid").get("/videos/models").is(401);
        new Client(simulator, "openrouter", "sk-or-poor").post("/videos",
                "{\"model\":\"x-ai/grok-imagine-video\",\"prompt\":\"x\"}").is(402);
    }
}
