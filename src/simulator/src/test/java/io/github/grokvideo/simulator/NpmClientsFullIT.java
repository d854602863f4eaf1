// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that others wrote for the real gateways, unchanged but for the address. They know nothing of this project. */
@Tag("full")
class NpmClientsFullIT {

    private GrokVideoSimulator simulator;

    @BeforeEach
    void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(500)).queueTime(Duration.ofMillis(200))
                .videos(VideoMode.SHARED).start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private JsonNode run(String gateway) {
        return Program.json(Path.of("src/test/npm"), Map.of(),
                List.of("node", gateway + ".mjs", simulator.baseUrl(gateway), simulator.apiKey(gateway)));
    }

    private SimulatedJob job(JsonNode results, String pointer) {
        assertThat(results.at(pointer).asText()).as("%s of %s", pointer, results).isNotBlank();
        return simulator.job(results.at(pointer).asText()).orElseThrow();
    }

    private static void isTheVideo(JsonNode file, SimulatedJob job) {
        assertThat(file.path("type").asText()).isEqualTo("video/mp4");
        assertThat(file.path("sha256").asText()).isEqualTo(job.sha256());
    }

    @Test
    void openAi() {
        JsonNode results = run("openai");

        SimulatedJob text = job(results, "/text/id");
        assertThat(text).matches(job -> job.mode().equals("text-to-video") && job.spec().seconds() == 4 && job.spec().width() == 720);
        assertThat(job(results, "/image/id").mode()).as("with a file").isEqualTo("image-to-video");
        assertThat(job(results, "/imageUrl/id").mode()).as("with a URL").isEqualTo("image-to-video");
        assertThat(results.at("/ended/status").asText()).isEqualTo("completed");
        assertThat(results.at("/imageEnded/status").asText()).isEqualTo("completed");
        isTheVideo(results.path("content"), text);
        assertThat(results.at("/thumbnail/type").asText()).isEqualTo("image/webp");
        assertThat(results.at("/remix/remixed_from_video_id").asText()).isEqualTo(text.id());
        assertThat(job(results, "/remix/id").mode()).isEqualTo("remix");
        assertThat(job(results, "/edit/id")).matches(job -> job.mode().equals("edit") && job.spec().width() == 720);
        assertThat(job(results, "/extend/id")).matches(job -> job.mode().equals("extend") && job.spec().seconds() == 8);
        assertThat(results.path("list")).hasSize(6).anySatisfy(id -> assertThat(id.asText()).isEqualTo(text.id()));
        assertThat(results.at("/deleted/deleted").asBoolean()).isTrue();
        assertThat(results.at("/gone/failure").asText()).isNotBlank();
        assertThat(results.at("/gone/status").asInt()).isEqualTo(404);
        assertThat(results.at("/invalid/status").asInt()).isEqualTo(400);
        assertThat(results.at("/invalid/message").asText()).contains("seconds");
        assertThat(results.at("/moderated/error/code").asText()).isEqualTo("moderation_blocked");
        assertThat(simulator.ledger().jobs("openai")).as("charged").isEqualTo(7);
    }

    @Test
    void aiSdkOfXai() {
        JsonNode results = run("xai");

        for (String step : List.of("text", "image", "references", "edit", "extend")) {
            SimulatedJob job = job(results, "/" + step + "/requestId");
            isTheVideo(results.path(step), job);
            assertThat(results.at("/" + step + "/warnings")).as("warnings of %s", step).isEmpty();
            assertThat(results.at("/" + step + "/costInUsdTicks").asLong()).as("cost of %s", step)
                    .isEqualTo(job.price().movePointRight(10).longValueExact());
        }
        assertThat(job(results, "/text/requestId")).matches(job -> job.spec().seconds() == 4 && job.resolution().equals("720p")
                && job.spec().height() > job.spec().width());
        assertThat(job(results, "/image/requestId").mode()).isEqualTo("image-to-video");
        assertThat(job(results, "/references/requestId").mode()).isEqualTo("reference-to-video");
        assertThat(job(results, "/edit/requestId").mode()).isEqualTo("edit");
        assertThat(job(results, "/extend/requestId")).matches(job -> job.mode().equals("extend") && job.spec().seconds() == 7);
        assertThat(results.at("/moderated/failure").asText()).isEqualTo("XAI_VIDEO_MODERATION_ERROR");
        assertThat(results.at("/failed/failure").asText()).isEqualTo("XAI_VIDEO_GENERATION_FAILED");
        assertThat(results.at("/expired/failure").asText()).isEqualTo("XAI_VIDEO_GENERATION_EXPIRED");
        assertThat(results.at("/refused/status").asInt()).isEqualTo(400);
        assertThat(results.at("/refused/message").asText()).contains("Incorrect API key");
    }

    @Test
    void fal() {
        JsonNode results = run("fal");

        SimulatedJob subscribed = job(results, "/subscribed/requestId");
        isTheVideo(results.at("/subscribed/file"), subscribed);
        assertThat(subscribed.spec().seconds()).isEqualTo(4);
        assertThat(results.at("/subscribed/seen").toString()).contains("IN_QUEUE", "IN_PROGRESS", "COMPLETED");
        SimulatedJob cancelled = job(results, "/submitted/request_id");
        assertThat(results.at("/submitted/status").asText()).isEqualTo("IN_QUEUE");
        assertThat(results.at("/status/status").asText()).isIn("IN_QUEUE", "IN_PROGRESS");
        assertThat(results.path("cancelled").asText()).isEqualTo("done");
        assertThat(cancelled.state()).isEqualTo(SimulatedJobState.CANCELLED);
        assertThat(results.at("/statusAfter/status").asText()).isEqualTo("COMPLETED");
        assertThat(results.at("/resultAfter/status").asInt()).isEqualTo(422);
        assertThat(results.at("/invalid/failure").asText()).isEqualTo("ValidationError");
    }
}
