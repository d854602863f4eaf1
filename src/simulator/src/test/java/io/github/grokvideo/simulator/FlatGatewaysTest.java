// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** reAPI, aivideoapi and UniAll. */
class FlatGatewaysTest {

    private static final String TWO_IMAGES = "[\"https://e.com/a\",\"https://e.com/b\"]";
    private static GrokVideoSimulator simulator;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(300)).start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void reApiCompletes() {
        Client client = new Client(simulator, "reapi");
        Client.Reply accepted = client.post("/videos/generations", "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\"}").is(200);
        assertThat(accepted.text("/id")).startsWith("task_");
        assertThat(accepted.text("/status")).isEqualTo("processing");
        Client.Reply done = client.until("/tasks/" + accepted.text("/id"), r -> r.text("/status").equals("completed"));
        assertThat(done.json().at("/error").isNull()).isTrue();
        assertThat(Client.fetch(done.text("/output/video_urls/0")).statusCode()).isEqualTo(200);
        assertThat(simulator.ledger().charges()).anySatisfy(e -> {
            assertThat(e.taskId()).isEqualTo(accepted.text("/id"));
            assertThat(e.amount()).isEqualByComparingTo(new BigDecimal(53));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "20002 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"  \"}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"duration\":\"6\"}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"duration\":31}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"size\":\"720p\"}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"quality\":\"720P\"}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"image_urls\":[\"data:image/png;base64,AA\"]}",
        "20003 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"seed\":1}"})
    void reApiRefusesWithNumbers(int code, String body) {
        Client.Reply reply = new Client(simulator, "reapi").post("/videos/generations", body).is(400);
        assertThat(reply.json().at("/error/code").intValue()).isEqualTo(code);
        assertThat(reply.text("/error/request_id")).startsWith("req_");
    }

    @Test
    void reApiRefusesLongPromptsAndKeys() {
        Client client = new Client(simulator, "reapi");
        String body = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"" + "x".repeat(4001) + "\"}";
        assertThat(client.post("/videos/generations", body).is(400).json().at("/error/code").intValue()).isEqualTo(20007);
        assertThat(new Client(simulator, "reapi", "sk-other").get("/tasks/x").is(401).json().at("/error/code").intValue()).isEqualTo(10003);
        client.get("/tasks/task_unknown").is(404);
        String good = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\"}";
        new Client(simulator, "reapi", "rk_live_poor").post("/videos/generations", good).is(402);
    }

    @Test
    void aiVideoApiCompletes() {
        Client client = new Client(simulator, "aivideoapi");
        Client.Reply accepted = client.post("/videos/generations",
                "{\"model\":\"grok-imagine-text-to-video\",\"input\":{\"prompt\":\"x\"}}").is(200);
        assertThat(accepted.json().at("/code").asInt()).isEqualTo(200);
        String path = "/tasks/" + accepted.text("/data/taskId");
        assertThat(client.get(path).json().at("/progress").isNull()).isTrue();
        Client.Reply done = client.until(path, r -> r.text("/status").equals("completed"));
        assertThat(done.text("/output/metadata/model")).isEqualTo("grok-imagine/text-to-video");
        assertThat(Client.fetch(done.text("/output/urls/0")).statusCode()).isEqualTo(200);
        assertThat(client.get("/credits").is(200).json().at("/data/credits").decimalValue()).isPositive();
        assertThat(simulator.ledger().charges()).anyMatch(e -> e.taskId().equals(accepted.text("/data/taskId"))
                && e.amount().compareTo(new BigDecimal(15)) == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | {\"model\":\"grok-imagine-image-to-video\",\"callback_url\":\"https://e.com/h\","
                + "\"input\":{\"image_urls\":[\"https://e.com/a\"]}}",
        "200 | {\"model\":\"grok-imagine-text-to-video\",\"input\":{\"prompt\":\"x\",\"mode\":\"spicy\",\"nsfw_checker\":false}}",
        "400 | {\"model\":\"grok-imagine-image-to-video\",\"input\":{\"image_urls\":[\"https://e.com/a\"],\"mode\":\"spicy\"}}",
        "400 | {\"model\":\"grok-imagine-image-to-video\",\"input\":{\"prompt\":\"x\"}}",
        "400 | {\"model\":\"grok-imagine-text-to-video\",\"input\":{\"prompt\":\"x\",\"duration\":5}}",
        "400 | {\"model\":\"grok-imagine-text-to-video\",\"input\":{\"prompt\":\"x\",\"duration\":\"6\"}}",
        "400 | {\"model\":\"grok-imagine-text-to-video\",\"input\":{}}",
        "400 | {\"model\":\"grok-imagine-text-to-video\",\"prompt\":\"x\"}",
        "400 | {\"input\":{\"prompt\":\"x\"}}",
        "404 | {\"model\":\"grok-9\",\"input\":{\"prompt\":\"x\"}}"})
    void aiVideoApiValidates(int status, String body) {
        new Client(simulator, "aivideoapi").post("/videos/generations", body).is(status);
    }

    @Test
    void uniAllCompletesAndServesContentBehindTheKey() {
        Client client = new Client(simulator, "uniall");
        Client.Reply accepted = client.post("/videos", "{\"model\":\"grok-imagine\",\"prompt\":\"x\",\"duration\":6,\"size\":\"720p\"}")
                .is(200);
        assertThat(accepted.text("/seconds")).isEqualTo("6");
        String id = accepted.text("/id");
        client.get("/videos/" + id + "/content").is(400);
        Client.Reply done = client.until("/video/generations/" + id, r -> r.text("/status").equals("completed"));
        assertThat(done.text("/size")).isEqualTo("720p");
        assertThat(Client.fetch(done.text("/metadata/url")).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> content = Client.exchange(client.request("/videos/" + id + "/content").build());
        assertThat(content.headers().firstValue("content-type")).hasValue("video/mp4");
        assertThat(Client.fetch(simulator.baseUrl("uniall") + "/videos/" + id + "/content").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | \"seconds\":\"6\"",
        "200 | \"duration\":\"6\",\"aspect_ratio\":\"9:16\"",
        "200 | \"image\":{\"url\":\"https://e.com/a\"},\"aspect_ratio\":\"auto\",\"duration\":10",
        "200 | \"images\":" + TWO_IMAGES + ",\"aspect_ratio\":\"4:3\",\"duration\":10",
        "200 | \"video\":\"https://e.com/a.mp4\",\"size\":\"720p\",\"extra_body\":{\"operation\":\"edit_video\",\"input_video_seconds\":8}",
        "200 | \"video\":\"https://e.com/a.mp4\",\"duration\":6,\"extra_body\":{\"operation\":\"video_extend\",\"input_video_seconds\":8}",
        "400 | \"duration\":6,\"seconds\":\"6\"",
        "400 | \"seconds\":6",
        "400 | \"size\":\"480p\"",
        "400 | \"duration\":16",
        "400 | \"images\":" + TWO_IMAGES + ",\"duration\":11",
        "400 | \"video\":\"https://e.com/a.mp4\",\"duration\":6,\"extra_body\":{\"operation\":\"edit_video\"}",
        "400 | \"video\":\"https://e.com/a.mp4\",\"duration\":6,\"size\":\"480p\",\"extra_body\":{\"operation\":\"video_extend\"}",
        "400 | \"duration\":6,\"extra_body\":{\"operation\":\"edit_video\"}",
        "400 | \"duration\":6,\"quality\":\"720p\""})
    void uniAllValidates(int status, String fields) {
        new Client(simulator, "uniall").post("/videos", "{\"model\":\"grok-imagine\",\"prompt\":\"x\"," + fields + "}").is(status);
    }

    @Test
    void uniAllTakesMultipartRequests() {
        Client client = new Client(simulator, "uniall");
        Client.Reply first = client.form("/videos", "model", "grok-imagine", "prompt", "true", "seconds", "6", "size", "720p",
                "input_reference", "@a.png").is(200);
        assertThat(simulator.job(first.text("/id")).orElseThrow()).matches(job -> job.mode().equals("image-to-video")
                && job.resolution().equals("720p") && job.prompt().equals("true"));
        Client.Reply edit = client.form("/videos", "model", "grok-imagine", "prompt", "x", "video", "https://e.com/a.mp4",
                "extra_body[operation]", "edit_video", "extra_body[input_video_seconds]", "8").is(200);
        assertThat(edit.text("/seconds")).isEqualTo("8");
        client.formInPieces("/videos", "model", "grok-imagine", "prompt", "x", "seconds", "6", "input_reference", "@a.png").is(200);
        client.form("/videos", "model", "grok-imagine", "prompt", "x", "images[]", "https://e.com/a", "images[]", "https://e.com/b",
                "duration", "11").is(400);
    }
}
