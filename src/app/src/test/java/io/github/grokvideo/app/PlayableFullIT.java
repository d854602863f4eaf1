// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo writes can be played, and is what was asked for. */
@Tag("full")
class PlayableFullIT {

    /** Seconds, width and height by file. A source video that is not its own the simulator takes for 6 s of 480p. */
    private static final Map<String, double[]> ASKED = Map.of(
            "snow-fox", new double[] {8, 848, 480}, "rainy-city", new double[] {6, 720, 1280},
            "lighthouse", new double[] {6, 848, 480}, "fox-and-lantern", new double[] {6, 848, 480},
            "paper-boat", new double[] {8, 848, 480}, "starry-night", new double[] {6, 848, 480},
            "kite-at-night", new double[] {6, 848, 480}, "kite-flies-on", new double[] {10, 848, 480});

    @TempDir
    Path dir;

    @Test
    void ffprobeReadsEveryVideoOfTheDemo() throws Exception {
        try (AppProcess app = new AppProcess(
                dir, Map.of(), "--once", "--inbox=" + dir.resolve("in"), "--outbox=" + dir.resolve("out"))) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();
        }

        for (Map.Entry<String, double[]> asked : ASKED.entrySet()) {
            JsonNode probe = probe(dir.resolve("out").resolve(asked.getKey() + ".mp4"));
            JsonNode video = probe.path("streams").path(0);
            assertThat(video.path("codec_name").asText()).as(asked.getKey()).isEqualTo("h264");
            assertThat(video.path("width").asInt()).as(asked.getKey() + " width").isEqualTo((int) asked.getValue()[1]);
            assertThat(video.path("height").asInt()).as(asked.getKey() + " height").isEqualTo((int) asked.getValue()[2]);
            assertThat(probe.path("format").path("duration").asDouble()).as(asked.getKey() + " seconds")
                    .isCloseTo(asked.getValue()[0], Offset.offset(0.2));
        }
    }

    private static JsonNode probe(Path file) throws Exception {
        Process ffprobe = new ProcessBuilder(
                "ffprobe", "-v", "error", "-select_streams", "v", "-show_streams", "-show_format", "-of", "json", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String json = new String(ffprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ffprobe.waitFor()).as("ffprobe " + file).isZero();
        return new ObjectMapper().readTree(json);
    }
}
