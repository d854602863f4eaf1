// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames, keyframes, voices, prices, files and upload URLs of xAI. */
class XaiMediaTest {

    private static final String IMAGE = "{\"url\":\"https://e.com/a.png\"}";
    private static final String CLASSIC = "\"model\":\"grok-imagine-video\",";
    private static final String V15 = "\"model\":\"grok-imagine-video-1.5\",";
    private static final String LITE = "\"model\":\"grok-imagine-video-1.5-lite\",";

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(100)).queueTime(Duration.ZERO)
                .videos(VideoMode.SHARED).start();
        client = new Client(simulator, "xai");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static Client.Reply finished(String path, String body) {
        String id = client.post(path, body).is(200).text("/request_id");
        return client.until("/videos/" + id, r -> r.status() == 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | " + V15 + "\"last_frame\":" + IMAGE,
        "200 | " + V15 + "\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":2},{\"image\":" + IMAGE + ",\"timestamp_s\":2.34}]",
        "200 | " + V15 + "\"image\":" + IMAGE + ",\"reference_images\":[" + IMAGE + "],\"last_frame\":" + IMAGE,
        "200 | " + V15 + "\"reference_audios\":[{\"voice_id\":\"eve\"}],\"duration\":15,\"generate_audio\":true",
        "200 | " + CLASSIC + "\"reference_images\":[" + IMAGE + "],\"duration\":10",
        "200 | " + LITE + "\"prompt\":\"x\",\"resolution\":\"1080p\",\"aspect_ratio\":\"21:9\"",
        "200 | " + LITE + "\"image\":" + IMAGE + ",\"aspect_ratio\":\"5:2\"",
        "400 | " + V15 + "\"duration\":5",
        "400 | " + CLASSIC + "\"last_frame\":" + IMAGE,
        "400 | " + LITE + "\"last_frame\":" + IMAGE,
        "400 | " + LITE + "\"prompt\":\"x\",\"reference_images\":[" + IMAGE + "]",
        "400 | " + CLASSIC + "\"image\":" + IMAGE + ",\"reference_images\":[" + IMAGE + "]",
        "400 | " + CLASSIC + "\"reference_images\":[" + IMAGE + "],\"duration\":11",
        "400 | " + CLASSIC + "\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":2}]",
        "400 | " + V15 + "\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":2},{\"image\":" + IMAGE + ",\"timestamp_s\":2.1}]",
        "400 | " + V15 + "\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":0}]",
        "400 | " + V15 + "\"duration\":5,\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":4.9}]",
        "400 | " + V15 + "\"last_frame\":" + IMAGE + ",\"resolution\":\"1080p\"",
        "422 | " + V15 + "\"keyframes\":[{\"image\":" + IMAGE + "}]",
        "400 | " + V15 + "\"reference_audios\":[{\"url\":\"https://e.com/a.mp3\"}]",
        "400 | " + V15 + "\"prompt\":\"x\",\"generate_audio\":\"yes\"",
        "400 | " + V15 + "\"prompt\":\"x\",\"aspect_ratio\":\"5:4\"",
        "400 | " + V15 + "\"prompt\":\"x\",\"storage_options\":{\"filename\":\"a.mp4\",\"expires_after\":60}"})
    void validates(int status, String fields) {
        client.post("/videos/generations", "{" + fields + "}").is(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "400 | edits | " + V15 + "\"prompt\":\"x\",\"video\":{\"url\":\"https://e.com/a.mp4\"}",
        "400 | extensions | " + LITE + "\"prompt\":\"x\",\"video\":{\"url\":\"https://e.com/a.mp4\"}",
        "400 | edits | \"prompt\":\"x\",\"generate_audio\":false,\"video\":{\"url\":\"https://e.com/a.mp4\"}",
        "400 | extensions | \"prompt\":\"x\",\"generate_audio\":false,\"video\":{\"url\":\"https://e.com/a.mp4\"}",
        "400 | edits | \"prompt\":\"x\",\"video\":{\"file_id\":\"file_out_nobody\"}",
        "200 | edits | " + CLASSIC + "\"prompt\":\"x\",\"video\":{\"url\":\"https://e.com/a.mp4\"}"})
    void onlyTheClassicModelEditsAndExtends(int status, String path, String fields) {
        client.post("/videos/" + path, "{" + fields + "}").is(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "generations | 0.84 | " + V15 + "\"image\":" + IMAGE + ",\"last_frame\":" + IMAGE + ",\"duration\":10,"
                + "\"keyframes\":[{\"image\":" + IMAGE + ",\"timestamp_s\":2},{\"image\":" + IMAGE + ",\"timestamp_s\":3}]",
        "generations | 0.06 | " + LITE + "\"prompt\":\"x\",\"duration\":3",
        "generations | 0.30 | " + LITE + "\"prompt\":\"x\",\"duration\":10,\"resolution\":\"720p\"",
        "generations | 1.41 | " + LITE + "\"image\":" + IMAGE + ",\"duration\":10,\"resolution\":\"1080p\"",
        "generations | 0.504 | " + CLASSIC + "\"reference_images\":[" + IMAGE + "," + IMAGE + "],\"duration\":10",
        "edits | 0.36 | \"prompt\":\"x\",\"video\":{\"url\":\"https://e.com/a.mp4\"}",
        "extensions | 0.26 | \"prompt\":\"x\",\"duration\":4,\"video\":{\"url\":\"https://e.com/a.mp4\"}"})
    void charges(String path, String usd, String fields) {
        String id = client.post("/videos/" + path, "{" + fields + "}").is(200).text("/request_id");
        assertThat(simulator.job(id).orElseThrow().price()).isEqualByComparingTo(usd);
    }

    @Test
    void aFirstFrameDeterminesTheRatio() {
        String id = client.post("/videos/generations", "{\"image\":" + IMAGE + ",\"aspect_ratio\":\"9:16\"}").is(200).text("/request_id");
        assertThat(simulator.job(id).orElseThrow().spec().width()).isEqualTo(848);
    }

    @Test
    void putsTheVideoWhereTheRequestSays() throws Exception {
        try (Receiver receiver = new Receiver()) {
            Client.Reply done = finished("/videos/generations",
                    "{\"prompt\":\"x [[size=3MB]]\",\"output\":{\"upload_url\":\"" + receiver.url("/bucket/a.mp4?signature=1") + "\"}}");
            assertThat(done.text("/status")).isEqualTo("done");
            assertThat(done.json().at("/video/url").isNull()).isTrue();
            assertThat(receiver.received()).singleElement().satisfies(put -> {
                assertThat(put.method()).isEqualTo("PUT");
                assertThat(put.path()).isEqualTo("/bucket/a.mp4?signature=1");
                assertThat(put.headers()).containsEntry("content-type", "video/mp4");
                assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(put.body())))
                        .isEqualTo(simulator.jobs().get(simulator.jobs().size() - 1).sha256());
            });
            assertThat(simulator.requests().entries(RequestKind.SENT)).anyMatch(sent -> sent.status() == 204);
        }
    }

    @Test
    void aRefusedUploadFailsTheJob() {
        try (Receiver receiver = new Receiver().refusing(1)) {
            Client.Reply failed = finished("/videos/generations",
                    "{\"prompt\":\"x\",\"output\":{\"upload_url\":\"" + receiver.url("/a") + "\"}}");
            assertThat(failed.text("/status")).isEqualTo("failed");
            assertThat(failed.text("/error/message")).contains("upload_url");
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void aStoredVideoIsASourceUntilItIsDeleted() {
        Client.Reply done = finished("/videos/generations", "{\"prompt\":\"x\",\"duration\":4,\"storage_options\":"
                + "{\"filename\":\"kite.mp4\",\"expires_after\":7200,\"public_url\":true}}");
        assertThat(done.text("/video/file_output/filename")).isEqualTo("kite.mp4");
        assertThat(Client.fetch(done.text("/video/file_output/public_url")).statusCode()).isEqualTo(200);
        assertThat(done.json().at("/video/file_output/expires_at").asLong()).isGreaterThan(System.currentTimeMillis() / 1000 + 7000);
        String file = done.text("/video/file_output/file_id");
        String extend = "{\"prompt\":\"x\",\"duration\":5,\"video\":{\"file_id\":\"" + file + "\"}}";
        assertThat(finished("/videos/extensions", extend).json().at("/video/duration").asInt()).isEqualTo(9);
        assertThat(client.delete("/files/" + file).is(200).json().at("/deleted").asBoolean()).isTrue();
        client.post("/videos/extensions", extend).is(400);
        client.delete("/files/" + file).is(404);
    }

    @Test
    void aVideoThatCannotBeStoredIsStillAVideo() {
        Client.Reply done = finished("/videos/generations",
                "{\"prompt\":\"x [[fault:storage-error]]\",\"storage_options\":{\"filename\":\"kite.mp4\"}}");
        assertThat(done.text("/video/url")).startsWith("http");
        assertThat(done.text("/video/storage_error")).isNotBlank();
        assertThat(done.json().at("/video/file_output").isNull()).isTrue();
    }

    @Test
    void aRetiredModelIsRedirected() {
        assertThat(finished("/videos/generations", "{\"prompt\":\"x [[fault:other-model model=grok-imagine-video-1.5]]\"}").text("/model"))
                .isEqualTo("grok-imagine-video-1.5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"200 | 3600 | true", "400 | 3599 | true", "400 | 3600 | false"})
    void theLifetimeOfAnUploadComesBeforeTheFile(int status, String lifetime, boolean first) {
        Client.Reply reply = first ? client.form("/files", "expires_after", lifetime, "file", "@a.png")
                : client.form("/files", "file", "@a.png", "expires_after", lifetime);
        reply.is(status);
        if (status == 200) {
            assertThat(reply.json().at("/expires_at").asLong()).isEqualTo(reply.json().at("/created_at").asLong() + 3600);
            client.delete("/files/" + reply.text("/id")).is(200);
            client.post("/videos/generations", "{\"image\":{\"file_id\":\"" + reply.text("/id") + "\"}}").is(400);
        }
    }

    @Test
    void tellsAboutTheKeyForFree() {
        Client.Reply key = client.get("/api-key").is(200);
        assertThat(key.json().at("/api_key_blocked").asBoolean(true)).isFalse();
        assertThat(key.json().at("/acls")).isNotEmpty();
        new Client(simulator, "xai", "xai-invalid").get("/api-key").is(400);
    }
}
