// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from submit to video with curl, in the form in which the gateways' documentation shows it: what a person would try first. */
@Tag("full")
class CurlFullIT {

    private static final String BEARER = "-H \"Authorization: Bearer $KEY\" ";
    private static final String JSON = BEARER + "-H 'Content-Type: application/json' -d ";

    private static GrokVideoSimulator simulator;
    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(500)).queueTime(Duration.ofMillis(200))
                .videos(VideoMode.SHARED).start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    /** @param arguments of curl, as in a shell, with {@code $BASE}, {@code $KEY} and {@code $ID} */
    private JsonNode curl(String gateway, String id, String arguments) {
        return Program.json(directory, Map.of("BASE", simulator.baseUrl(gateway), "KEY", simulator.apiKey(gateway), "ID", id),
                List.of("sh", "-c", "curl -sS " + arguments));
    }

    private JsonNode curl(String gateway, String arguments) {
        return curl(gateway, "", arguments);
    }

    private JsonNode until(Predicate<JsonNode> wanted, String gateway, String id, String arguments) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            last.set(curl(gateway, id, arguments));
            return wanted.test(last.get());
        });
        return last.get();
    }

    private static Predicate<JsonNode> says(String pointer, String word) {
        return answer -> answer.at(pointer).asText().equals(word);
    }

    /** @param command downloads the video to {@code video.mp4} and prints the answer's status and size */
    private void downloads(SimulatedJob job, String gateway, String id, String command) {
        JsonNode download = curl(gateway, id, command + " -o video.mp4 -w '{\"status\":%{http_code},\"size\":%{size_download}}'");
        assertThat(download.path("status").asInt()).isEqualTo(200);
        assertThat(download.path("size").asLong()).isEqualTo(job.fileSize());
    }

    private static SimulatedJob job(String id) {
        return simulator.job(id).orElseThrow();
    }

    @Test
    void fal() {
        // The documentation leaves out the content type, so curl says that it sends a form.
        JsonNode submitted = curl("fal", "-X POST $BASE/xai/grok-imagine-video/text-to-video -H \"Authorization: Key $KEY\""
                + " -d '{\"prompt\": \"A red kite\"}'");
        String id = submitted.path("request_id").asText();
        String request = "-H \"Authorization: Key $KEY\" $BASE/xai/grok-imagine-video/requests/$ID";
        until(says("/status", "COMPLETED"), "fal", id, request + "/status?logs=1");
        JsonNode result = curl("fal", id, request);
        downloads(job(id), "fal", id, "'" + result.at("/video/url").asText() + "'");
        assertThat(curl("fal", id, "-X PUT " + request + "/cancel").path("status").asText()).isEqualTo("ALREADY_COMPLETED");
    }

    @Test
    void falFollowsTheUrlsOfTheAnswerAndCancels() {
        JsonNode submitted = curl("fal", "-X POST $BASE/xai/grok-imagine-video/text-to-video -H \"Authorization: Key $KEY\""
                + " -H 'Content-Type: application/json' -d '{\"prompt\": \"A red kite [[render=1h]]\"}'");
        String key = "-H \"Authorization: Key $KEY\" ";
        assertThat(curl("fal", key + submitted.path("status_url").asText()).path("status").asText()).isIn("IN_QUEUE", "IN_PROGRESS");
        assertThat(curl("fal", "-X PUT " + key + submitted.path("cancel_url").asText()).path("status").asText())
                .isEqualTo("CANCELLATION_REQUESTED");
        assertThat(job(submitted.path("request_id").asText()).state()).isEqualTo(SimulatedJobState.CANCELLED);
        assertThat(curl("fal", key + submitted.path("response_url").asText()).at("/detail/0/type").asText()).isEqualTo("cancelled");
    }

    @Test
    void openRouter() {
        JsonNode submitted = curl("openrouter", "-X POST $BASE/videos " + JSON + """
                '{"model": "x-ai/grok-imagine-video", "prompt": "A red kite", "duration": 4, "resolution": "720p",
                  "aspect_ratio": "16:9"}'""");
        String id = submitted.path("id").asText();
        assertThat(submitted.path("status").asText()).isEqualTo("pending");
        JsonNode done = until(says("/status", "completed"), "openrouter", id, BEARER + "$BASE/videos/$ID");
        assertThat(done.at("/usage/cost").decimalValue()).isEqualByComparingTo(job(id).price());
        downloads(job(id), "openrouter", id, "-L " + BEARER + "\"$BASE/videos/$ID/content?index=0\"");
        downloads(job(id), "openrouter", id, "-L " + BEARER + "'" + done.at("/unsigned_urls/0").asText() + "'");
    }

    @Test
    void toApis() {
        JsonNode submitted = curl("toapis", "--request POST --url $BASE/videos/generations " + JSON + """
                '{"model": "grok-imagine-1.0-video", "prompt": "A red kite", "duration": 6, "aspect_ratio": "9:16", "quality": "720p"}'""");
        String id = submitted.path("id").asText();
        JsonNode done = until(says("/status", "completed"), "toapis", id, "--request GET --url $BASE/videos/generations/$ID " + BEARER);
        downloads(job(id), "toapis", id, "'" + done.at("/result/data/0/url").asText() + "'");
    }

    @Test
    void toApisWithAnUploadedImage() {
        JsonNode uploaded = curl("toapis", "--request POST --url $BASE/uploads/images " + BEARER
                + "-F 'file=@" + Path.of("pom.xml").toAbsolutePath() + ";filename=a.png;type=image/png'");
        String url = uploaded.at("/data/url").asText();
        assertThat(url).as("%s", uploaded).startsWith("http");
        JsonNode submitted = curl("toapis", "--request POST --url $BASE/videos/generations " + JSON
                + "'{\"model\": \"grok-video-1.5\", \"prompt\": \"It flies\", \"duration\": 4, \"image\": \"" + url + "\"}'");
        assertThat(job(submitted.path("id").asText()).mode()).isEqualTo("image-to-video");
    }

    @Test
    void reApi() {
        JsonNode submitted = curl("reapi", "-X POST $BASE/videos/generations " + JSON + """
                '{"model": "grok-imagine-1.0-video", "prompt": "A red kite", "duration": 6, "size": "9:16", "quality": "720p"}'""");
        String id = submitted.path("id").asText();
        JsonNode done = until(says("/status", "completed"), "reapi", id, BEARER + "$BASE/tasks/$ID");
        downloads(job(id), "reapi", id, "'" + done.at("/output/video_urls/0").asText() + "'");
    }

    @Test
    void aiVideoApi() {
        JsonNode submitted = curl("aivideoapi", "-X POST $BASE/videos/generations " + JSON + """
                '{"model": "grok-imagine-text-to-video", "input": {"prompt": "A red kite", "duration": 6, "aspect_ratio": "9:16"}}'""");
        String id = submitted.at("/data/taskId").asText();
        JsonNode done = until(says("/status", "completed"), "aivideoapi", id, BEARER + "$BASE/tasks/$ID");
        downloads(job(id), "aivideoapi", id, "'" + done.at("/output/urls/0").asText() + "'");
        assertThat(curl("aivideoapi", BEARER + "$BASE/credits").at("/data/credits").isNumber()).isTrue();
    }

    @Test
    void uniAll() {
        JsonNode submitted = curl("uniall", "$BASE/videos " + JSON + """
                '{"model": "grok-imagine", "prompt": "A red kite", "size": "720p", "aspect_ratio": "16:9", "duration": 6}'""");
        String id = submitted.path("id").asText();
        JsonNode done = until(says("/status", "completed"), "uniall", id, BEARER + "$BASE/videos/$ID");
        downloads(job(id), "uniall", id, "'" + done.at("/metadata/url").asText() + "'");
        downloads(job(id), "uniall", id, BEARER + "$BASE/videos/$ID/content");
    }

    @Test
    void uniAllWithAForm() {
        JsonNode submitted = curl("uniall", "$BASE/videos " + BEARER + "-F model=grok-imagine -F 'prompt=A red kite' -F seconds=6"
                + " -F size=720p");
        assertThat(job(submitted.path("id").asText()).spec().seconds()).isEqualTo(6);
    }
}
