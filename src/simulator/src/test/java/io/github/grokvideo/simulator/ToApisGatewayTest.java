// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToApisGatewayTest {

    private static final String SUBMIT = "/videos/generations";
    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(300)).start();
        client = new Client(simulator, "toapis");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void runsFromQueuedToCompleted() {
        Client.Reply accepted = client.post(SUBMIT, "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"a kite\"}").is(200);
        assertThat(accepted.text("/object")).isEqualTo("generation.task");
        assertThat(accepted.text("/status")).isEqualTo("queued");
        Client.Reply done = client.until(SUBMIT + "/" + accepted.text("/id"), r -> r.text("/status").equals("completed"));
        assertThat(done.text("/result/type")).isEqualTo("video");
        assertThat(done.json().at("/expires_at").asLong() - done.json().at("/completed_at").asLong()).isEqualTo(86_400);
        assertThat(Client.fetch(done.text("/result/data/0/url")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"text-to-video\",\"input\":{\"prompt\":\"x\",\"duration\":2,\"seed\":7,"
                + "\"ratio\":\"1:1\",\"negative_prompt\":\"y\"}}",
        "200 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"image-to-video\",\"input\":{\"prompt\":\"x\","
                + "\"image_url\":\"https://e.com/a\",\"strength\":0.5,\"camera_motion\":\"pan\"}}",
        "200 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"r2v\",\"input\":{\"prompt\":\"x\",\"reference_url\":\"https://e.com/a\"}}",
        "200 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"video-edit\",\"input\":{\"prompt\":\"Make it night\",\"instruction\":\"x\","
                + "\"video_url\":\"https://e.com/a.mp4\"}}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"input\":{\"prompt\":\"x\"}}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"text-to-video\",\"prompt\":\"x\"}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"text-to-video\",\"input\":{\"prompt\":\"x\",\"duration\":16}}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"text-to-video\",\"input\":{\"prompt\":\"x\",\"duration\":\"5\"}}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"text-to-video\",\"input\":{\"prompt\":\"x\",\"seed\":-1}}",
        "400 | {\"model\":\"grok-imagine-1-0-video\",\"mode\":\"r2v\",\"input\":{\"prompt\":\"x\"}}",
        "200 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"duration\":30,\"quality\":\"720p\",\"aspect_ratio\":\"2:3\","
                + "\"image_urls\":[\"https://e.com/a\"]}",
        "400 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"duration\":\"6\"}",
        "400 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"duration\":5}",
        "400 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"resolution\":\"720p\"}",
        "400 | {\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"image_urls\":[\"data:image/png;base64,AA\"]}",
        "400 | {\"model\":\"grok-imagine-1.0-video\"}",
        "200 | {\"model\":\"grok-video-1.5\",\"prompt\":\"x\",\"image\":\"https://e.com/a\",\"duration\":1}",
        "400 | {\"model\":\"grok-video-1.5\",\"prompt\":\"x\"}",
        "200 | {\"model\":\"grok-video-1.5-preview\",\"prompt\":\"x\",\"images\":[\"https://e.com/a\"],\"seconds\":\"15\","
                + "\"aspect_ratio\":\"16:9\"}",
        "400 | {\"model\":\"grok-video-1.5-preview\",\"prompt\":\"x\",\"images\":[\"https://e.com/a\"],\"seconds\":15}",
        "400 | {\"model\":\"grok-video-1.5-preview\",\"prompt\":\"x\",\"images\":[\"https://e.com/a\"],\"seconds\":\"12\"}",
        "400 | {\"model\":\"grok-video-1.5-preview\",\"prompt\":\"x\",\"images\":[\"https://e.com/a\",\"https://e.com/b\"]}",
        "200 | {\"model\":\"grok-video-1.0\",\"prompt\":\"x\",\"duration\":15,\"reference_images\":[\"https://e.com/a\"]}",
        "400 | {\"model\":\"grok-video-1.0\",\"prompt\":\"x\",\"callback_url\":\"https://e.com/hook\"}",
        "404 | {\"model\":\"grok-video-9\",\"prompt\":\"x\"}"})
    void validatesEveryModelItsOwnWay(int status, String body) {
        client.post(SUBMIT, body).is(status);
    }

    @Test
    void findsJobsByTheCallersOwnId() {
        String body = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"client_business_id\":\"order-1\"}";
        String id = client.post(SUBMIT, body).is(200).text("/id");
        assertThat(client.get(SUBMIT + "/order-1").is(200).text("/id")).isEqualTo(id);
        assertThat(client.get(SUBMIT + "/order-2").is(404).text("/error/type")).isEqualTo("task_not_found");
        String nested = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"metadata\":{\"client_business_id\":\"order-3\"}}";
        client.post(SUBMIT, nested).is(200);
        client.get(SUBMIT + "/order-3").is(200);
    }

    @Test
    void chargesTheSameBusinessIdTwiceUnlessToldToReplay() {
        String body = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\",\"client_business_id\":\"twice\"}";
        assertThat(client.post(SUBMIT, body).text("/id")).isNotEqualTo(client.post(SUBMIT, body).text("/id"));
        try (GrokVideoSimulator replaying = GrokVideoSimulator.builder().replayBusinessIds(true).start()) {
            Client other = new Client(replaying, "toapis");
            assertThat(other.post(SUBMIT, body).text("/id")).isEqualTo(other.post(SUBMIT, body).text("/id"));
            assertThat(replaying.ledger().jobs("toapis")).isEqualTo(1);
        }
    }

    @Test
    void extendsAndRemixesItsOwnTasks() {
        String id = client.post(SUBMIT, "{\"model\":\"grok-video-1.0\",\"prompt\":\"x\",\"duration\":4}").text("/id");
        String more = "{\"model\":\"grok-video-1.0\",\"prompt\":\"more\"}";
        client.post("/videos/" + id + "/extend", more).is(400);
        client.until(SUBMIT + "/" + id, r -> r.text("/status").equals("completed"));
        client.post("/videos/" + id + "/extend", more).is(200);
        client.post("/videos/" + id + "/remix", "{\"model\":\"grok-video-1.0\",\"prompt\":\"more\",\"aspect_ratio\":\"9:16\"}").is(200);
        client.post("/videos/task_unknown/extend", more).is(404);
    }

    @Test
    void takesUploadsAndTellsTheBalance() {
        Client.Reply image = client.upload("/uploads/images", "file", "image/png", "12345").is(200);
        assertThat(image.json().at("/data/size").asInt()).isEqualTo(5);
        assertThat(client.upload("/uploads/images", "file", "video/mp4", "x").is(400).json().at("/success").asBoolean(true)).isFalse();
        client.upload("/uploads/videos", "file", "video/mp4", "x").is(200);
        Client.Reply balance = client.get("/user/balance").is(200);
        assertThat(balance.json().at("/credits_per_usd").asInt()).isEqualTo(200);
        assertThat(client.get("/balance").is(200).json().at("/remain_credits").decimalValue()).isPositive();
    }

    @Test
    void failedJobsAreRefundedBeforeAnyoneSeesThem() {
        String id = client.post(SUBMIT,
                "{\"model\":\"grok-video-1.5\",\"prompt\":\"[[fault:job-failed]] x\",\"image\":\"https://e.com/a\"}")
                .is(200).text("/id");
        Client.Reply failed = client.until(SUBMIT + "/" + id, r -> r.text("/status").equals("failed"));
        assertThat(failed.text("/error/code")).isEqualTo("generation_failed");
        assertThat(simulator.ledger().refunds()).anySatisfy(e -> {
            assertThat(e.taskId()).isEqualTo(id);
            assertThat(e.amount()).isEqualByComparingTo(new BigDecimal(16));
            assertThat(e.unit()).isEqualTo("credits");
        });
    }

    @Test
    void speaksTwoErrorEnvelopes() {
        Client.Reply wrongKey = new Client(simulator, "toapis", "sk-invalid").post(SUBMIT, "{}").is(401);
        assertThat(wrongKey.json().at("/error/code").isInt()).isTrue();
        assertThat(wrongKey.text("/error/type")).isEqualTo("authentication_error");
        Client.Reply poor = new Client(simulator, "toapis", "sk-poor")
                .post(SUBMIT, "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\"}").is(402);
        assertThat(poor.text("/error/code")).isEqualTo("insufficient_quota");
    }
}
