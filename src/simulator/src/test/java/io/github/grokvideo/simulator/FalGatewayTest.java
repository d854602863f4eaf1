// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalGatewayTest {

    private static final String APP = "/xai/grok-imagine-video/";
    private static final String REQUESTS = APP + "requests/";

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(200)).queueTime(Duration.ofMillis(100))
                .videos(VideoMode.SHARED).start();
        client = new Client(simulator, "fal");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static String submit(String prompt) {
        return client.post(APP + "text-to-video", "{\"prompt\":\"" + prompt + "\"}").is(200).text("/request_id");
    }

    private static Client.Reply completed(String id) {
        return client.until(REQUESTS + id + "/status", r -> r.text("/status").equals("COMPLETED"));
    }

    @Test
    void aPollHasTwoSteps() {
        Client.Reply submitted = client.post(APP + "v1.5/text-to-video",
                "{\"prompt\":\"a kite\",\"duration\":4,\"resolution\":\"1080p\",\"aspect_ratio\":\"9:16\"}").is(200);
        String id = submitted.text("/request_id");
        assertThat(submitted.text("/status")).isEqualTo("IN_QUEUE");
        assertThat(submitted.raw().headers().firstValue("x-fal-request-id")).hasValue(id);
        assertThat(submitted.text("/status_url")).isEqualTo(simulator.baseUrl("fal") + REQUESTS + id + "/status");
        Client.Reply queued = client.get(REQUESTS + submit("a kite [[queue=1h]] [[render=2h]]") + "/status").is(202);
        assertThat(queued.text("/status")).isEqualTo("IN_QUEUE");
        assertThat(queued.json().at("/queue_position").isInt()).isTrue();
        String rendering = submit("a kite [[queue=0s]] [[render=2h]]");
        assertThat(client.get(REQUESTS + rendering + "/status").is(202).text("/status")).isEqualTo("IN_PROGRESS");
        client.get(REQUESTS + rendering).is(400);
        assertThat(completed(id).is(200).json().has("error")).isFalse();
        assertThat(client.get(REQUESTS + id + "/status").json().at("/logs").isNull()).isTrue();
        assertThat(client.get(REQUESTS + id + "/status?logs=1").json().at("/logs").isArray()).as("logs, as asked for").isTrue();
        Client.Reply result = client.get(REQUESTS + id).is(200);
        assertThat(result.raw().headers().firstValue("x-fal-request-id")).hasValue(id);
        assertThat(result.raw().headers().firstValue("x-fal-billable-units")).hasValue("4");
        assertThat(result.json().at("/video/width").asInt()).isEqualTo(1080);
        assertThat(Client.fetch(result.text("/video/url")).statusCode()).isEqualTo(200);
        client.get(REQUESTS + "nobody-knows/status").is(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 | image-to-video | \"image_url\":\"data:image/png;base64,AAAA\"",
        "200 | v1.5/lite/image-to-video | \"image_url\":\"https://e.com/a.png\",\"resolution\":\"1080p\",\"aspect_ratio\":\"auto\"",
        "200 | v1.5/reference-to-video | \"reference_image_urls\":[\"https://e.com/a.png\"],\"duration\":15",
        "200 | edit-video | \"prompt\":\"x\",\"video_url\":\"https://e.com/a.mp4\"",
        "200 | extend-video | \"prompt\":\"x\",\"video_url\":\"data:video/mp4;base64,AAAA\",\"duration\":10",
        "422 | text-to-video | \"duration\":6",
        "422 | text-to-video | \"prompt\":\"x\",\"resolution\":\"1080p\"",
        "422 | text-to-video | \"prompt\":\"x\",\"duration\":\"6\"",
        "422 | text-to-video | \"prompt\":\"x\",\"image_url\":\"https://e.com/a.png\"",
        "422 | image-to-video | \"image_url\":\"a.png\"",
        "422 | v1.5/reference-to-video | \"reference_image_urls\":[],\"prompt\":\"x\"",
        "422 | v1.5/reference-to-video | \"reference_image_urls\":[\"https://e.com/a.png\"],\"resolution\":\"1080p\"",
        "422 | extend-video | \"prompt\":\"x\",\"video_url\":\"https://e.com/a.mp4\",\"duration\":11",
        "404 | v1.5/edit-video | \"prompt\":\"x\""})
    void validates(int status, String path, String fields) {
        Client.Reply reply = client.post(APP + path, "{" + fields + "}").is(status);
        if (status == 422) {
            assertThat(reply.text("/detail/0/loc/0")).isEqualTo("body");
            assertThat(reply.text("/detail/0/msg")).isNotBlank();
        }
    }

    @Test
    void failuresShowInTheResult() {
        String moderated = submit("[[fault:job-moderated]]");
        assertThat(completed(moderated).is(200).text("/error_type")).isEqualTo("content_policy_violation");
        assertThat(client.get(REQUESTS + moderated).is(422).text("/detail/0/type")).isEqualTo("content_policy_violation");
        String failed = submit("[[fault:job-failed]]");
        assertThat(completed(failed).text("/error")).isNotBlank();
        client.get(REQUESTS + failed).is(500);
        String vanished = submit("[[fault:done-without-url]]");
        completed(vanished);
        assertThat(client.get(REQUESTS + vanished).is(200).json().at("/video").has("url")).isFalse();
    }

    @Test
    void requestsAreCancelledUntilTheyAreCompleted() {
        String id = submit("x [[render=1h]]");
        assertThat(cancel(id).is(202).text("/status")).isEqualTo("CANCELLATION_REQUESTED");
        assertThat(client.get(REQUESTS + id + "/status").is(200).text("/status")).isEqualTo("COMPLETED");
        assertThat(client.get(REQUESTS + id).is(422).text("/detail/0/type")).isEqualTo("cancelled");
        String done = submit("x [[render=0s]]");
        assertThat(cancel(done).is(400).text("/status")).isEqualTo("ALREADY_COMPLETED");
        cancel("nobody-knows").is(404);
    }

    @Test
    void refusesKeysHeadersAndWebhooksItsOwnWay() {
        assertThat(Client.send(HttpRequest.newBuilder(client.request(APP + "text-to-video").build().uri())
                .header("Authorization", "Bearer " + simulator.apiKey("fal")).build()).is(401).text("/detail")).contains("Key <key>");
        assertThat(new Client(simulator, "fal", "fal-poor").post(APP + "text-to-video", "{\"prompt\":\"x\"}").is(403).text("/detail"))
                .contains("Exhausted balance");
        client.post(APP + "text-to-video?fal_webhook=http%3A%2F%2Fexample.com%2Fcb", "{\"prompt\":\"x\"}").is(422);
        Client.send(client.request(APP + "text-to-video").header("X-Fal-Queue-Priority", "high").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"x\"}")).build()).is(422);
    }

    private static Client.Reply cancel(String id) {
        return Client.send(client.request(REQUESTS + id + "/cancel").PUT(HttpRequest.BodyPublishers.noBody()).build());
    }
}
