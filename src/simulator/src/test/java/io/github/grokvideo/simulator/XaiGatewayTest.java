// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XaiGatewayTest {

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(400)).queueTime(Duration.ofMillis(100)).start();
        client = new Client(simulator, "xai");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static String submit(String body) {
        return client.post("/videos/generations", body).is(200).text("/request_id");
    }

    @Test
    void runsThrough202sToDoneAndTellsTheCost() {
        String id = submit("{\"model\":\"grok-imagine-video\",\"prompt\":\"a kite\",\"duration\":6,\"resolution\":\"720p\"}");
        Client.Reply queued = client.get("/videos/" + id).is(202);
        assertThat(queued.raw().body()).isEmpty();
        Client.Reply pending = client.until("/videos/" + id, r -> r.text("/status").equals("pending"));
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.json().at("/progress").asInt()).isBetween(0, 99);
        Client.Reply done = client.until("/videos/" + id, r -> r.status() == 200);
        assertThat(done.text("/status")).isEqualTo("done");
        assertThat(done.json().at("/video/respect_moderation").asBoolean()).isTrue();
        assertThat(done.json().at("/video/duration").asInt()).isEqualTo(6);
        assertThat(done.json().at("/usage/cost_in_usd_ticks").asLong()).isEqualTo(4_200_000_000L);
        assertThat(Client.fetch(done.text("/video/url")).statusCode()).isEqualTo(200);
        assertThat(simulator.requests().count("xai", RequestKind.DOWNLOAD)).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "400 | {\"model\":\"grok-imagine-video\"}",
        "400 | {\"prompt\":\"x\",\"duration\":16}",
        "400 | {\"prompt\":\"x\",\"duration\":\"six\"}",
        "422 | {\"prompt\":\"x\",\"duration\":6,\"seconds\":6}",
        "422 | {\"prompt\":\"x\",\"size\":\"848x480\"}",
        "400 | {\"prompt\":\"x\",\"seed\":1}",
        "400 | {\"prompt\":\"x\",\"aspect_ratio\":\"5:4\"}",
        "400 | {\"prompt\":\"x\",\"resolution\":\"1080p\"}",
        "404 | {\"prompt\":\"x\",\"model\":\"grok-9\"}",
        "422 | {\"prompt\":\"x\",\"image\":\"https://example.com/a.png\"}",
        "400 | {\"prompt\":\"x\",\"image\":{\"file_id\":\"file_unknown\"}}",
        "400 | {\"prompt\":\"x\",\"image\":{\"url\":\"https://e.com/a.png\"},\"reference_images\":[{\"url\":\"https://e.com/a.png\"}]}",
        "400 | {\"prompt\":\"x\",\"model\":\"grok-imagine-video-1.5\",\"resolution\":\"1080p\","
                + "\"reference_images\":[{\"url\":\"https://e.com/a\"}]}",
        "200 | {\"prompt\":\"x\",\"duration\":\"6\"}",
        "200 | {\"prompt\":\"x\",\"seconds\":6,\"model\":null}",
        "200 | {\"image\":{\"url\":\"https://example.com/a.png\"}}",
        "200 | {\"prompt\":\"x\",\"model\":\"grok-imagine-video-1.5-preview\",\"resolution\":\"1080p\"}",
        "200 | {\"prompt\":\"x\",\"reference_images\":[{\"url\":\"https://e.com/a\"},{\"url\":\"https://e.com/b\"}]}"})
    void validates(int status, String body) {
        Client.Reply reply = client.post("/videos/generations", body).is(status);
        if (status != 200) {
            assertThat(reply.json().path("error").isTextual()).isTrue();
            assertThat(reply.json().path("code").isTextual()).isTrue();
        }
    }

    @Test
    void editsInheritTheSourceAndExtensionsAddToIt() {
        String id = submit("{\"prompt\":\"a kite\",\"duration\":5,\"aspect_ratio\":\"9:16\"}");
        String url = client.until("/videos/" + id, r -> r.status() == 200).text("/video/url");
        String source = "{\"prompt\":\"more\",\"video\":{\"url\":\"" + url + "\"}";
        String edit = client.post("/videos/edits", source + "}").is(200).text("/request_id");
        String extension = client.post("/videos/extensions", source + ",\"duration\":4}").is(200).text("/request_id");
        assertThat(simulator.job(edit).orElseThrow().spec()).isEqualTo(simulator.job(id).orElseThrow().spec());
        assertThat(simulator.job(extension).orElseThrow().spec().seconds()).isEqualTo(9);
        client.post("/videos/edits", source + ",\"duration\":4}").is(400);
        client.post("/videos/extensions", source + ",\"duration\":11}").is(400);
        client.post("/videos/edits", "{\"prompt\":\"x\",\"video\":{\"url\":\"https://example.com/a.mov\"}}").is(400);
    }

    @Test
    void uploadedFilesCanBeUsed() {
        String file = client.upload("/files", "file", "image/png", "png").is(200).text("/id");
        submit("{\"image\":{\"file_id\":\"" + file + "\"}}");
        client.upload("/files", "other", "image/png", "png").is(400);
    }

    @Test
    void refusesKeysItsOwnWay() {
        new Client(simulator, "xai", "xai-invalid").post("/videos/generations", "{\"prompt\":\"x\"}").is(400);
        new Client(simulator, "xai", "sk-other").post("/videos/generations", "{\"prompt\":\"x\"}").is(400);
        Client.Reply poor = new Client(simulator, "xai", "xai-poor").post("/videos/generations", "{\"prompt\":\"x\"}").is(403);
        assertThat(poor.text("/code")).isEqualTo("permission-denied");
        assertThat(poor.text("/error")).contains("used all available credits");
        assertThat(client.post("/videos/generations", "{\"prompt\":\"x [[fault:submit-402]]\"}").is(403).text("/error"))
                .contains("used all available credits");
        assertThat(Client.fetch(simulator.baseUrl("xai") + "/videos/x").statusCode()).isEqualTo(401);
    }

    @Test
    void answers415Without404WithUnknownIdAnd400ToBrokenJson() {
        client.post("/videos/generations", "").is(415);
        client.post("/videos/generations", "{\"prompt\":").is(400);
        client.get("/videos/nobody-knows").is(404);
    }

    @Test
    void moderationComesInTwoDisguisesAndIsBilled() {
        String flagged = submit("{\"prompt\":\"x [[fault:job-moderated]] [[render=0s]]\"}");
        Client.Reply reply = client.get("/videos/" + flagged).is(200);
        assertThat(reply.text("/status")).isEqualTo("done");
        assertThat(reply.json().at("/video/respect_moderation").asBoolean(true)).isFalse();
        assertThat(reply.text("/video/url")).isEmpty();
        String rejected = submit("{\"prompt\":\"x [[fault:job-moderated variant=http-400]] [[render=0s]]\"}");
        Client.Reply error = client.get("/videos/" + rejected).is(400);
        assertThat(error.json().at("/usage/cost_in_usd_ticks").asLong()).isPositive();
        assertThat(simulator.ledger().refunds()).noneMatch(e -> e.taskId().equals(flagged) || e.taskId().equals(rejected));
    }

    @Test
    void jobsExpireAndFail() {
        String expired = submit("{\"prompt\":\"x [[fault:job-expired]] [[render=0s]]\"}");
        assertThat(client.get("/videos/" + expired).is(200).text("/status")).isEqualTo("expired");
        String failed = submit("{\"prompt\":\"x [[fault:job-failed code=service_unavailable]] [[render=0s]]\"}");
        Client.Reply reply = client.get("/videos/" + failed).is(200);
        assertThat(reply.text("/error/code")).isEqualTo("service_unavailable");
        assertThat(reply.json().has("progress")).isFalse();
    }
}
