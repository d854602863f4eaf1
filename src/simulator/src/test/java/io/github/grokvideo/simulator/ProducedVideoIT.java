// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lets ffprobe judge what the simulator calls a video. */
@Tag("full")
class ProducedVideoIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"480p,16:9,6,848,480,''", "720p,2:3,15,720,1080,''", "1080p,16:9,4,1920,1080,''", "480p,9:16,3,480,848,[[size=20MB]]"})
    void isH264OfTheAskedLengthAndSize(String resolution, String ratio, int seconds, int width, int height, String directive)
            throws IOException, InterruptedException {
        Path file = folder.resolve("video.mp4");
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).start()) {
            Client client = new Client(simulator, "xai");
            String id = client.post("/videos/generations", """
                    {"model":"grok-imagine-video-1.5","prompt":"A red kite %s","duration":%d,"resolution":"%s","aspect_ratio":"%s"}"""
                    .formatted(directive, seconds, resolution, ratio)).is(200).text("/request_id");
            Files.write(file, Client.fetch(client.get("/videos/" + id).text("/video/url")).body());
        }
        Process probe = new ProcessBuilder("ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", file.toString())
                .redirectErrorStream(true).start();
        JsonNode stream = Client.JSON.readTree(probe.getInputStream()).at("/streams/0");
        assertThat(probe.waitFor()).isZero();
        assertThat(stream.path("codec_name").asText()).isEqualTo("h264");
        assertThat(stream.path("width").asInt()).isEqualTo(width);
        assertThat(stream.path("height").asInt()).isEqualTo(height);
        assertThat(stream.path("duration").asDouble()).isEqualTo(seconds);
        assertThat(stream.path("nb_read_frames").asInt()).isEqualTo(8 * seconds);
    }
}
