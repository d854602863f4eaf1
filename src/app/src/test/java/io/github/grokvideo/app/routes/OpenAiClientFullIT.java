// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client for Node, unchanged but for the address, in front of xAI's gateway. The simulator's build fetches it. */
@Tag("full")
class OpenAiClientFullIT {

    private static final Path CLIENTS = RouteRig.ROOT.resolve("src/simulator/src/test/npm");

    @TempDir
    Path dir;

    private RouteRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void itGetsItsVideosAndPaysOnce() throws Exception {
        rig = new RouteRig(dir);
        HttpPeer peer = HttpPeer.start(rig, "openai-api", "/v1/videos", "\"object\":\"list\"");

        JsonNode results = run(peer.base + "/v1");

        assertThat(results.at("/text/object").asText()).as(results.toString()).isEqualTo("video");
        assertThat(results.at("/textAgain/id")).as("the same key").isEqualTo(results.at("/text/id"));
        assertThat(results.at("/text/size").asText()).isEqualTo("720x1280");
        assertThat(results.at("/ended/status").asText()).isEqualTo("completed");
        SimulatedJob text = rig.simulator.jobs().stream().filter(job -> job.prompt().equals("A red kite")).findFirst().orElseThrow();
        assertThat(text.spec().seconds()).isEqualTo(4);
        assertThat(results.at("/content/type").asText()).isEqualTo("video/mp4");
        assertThat(results.at("/content/sha256").asText()).isEqualTo(text.sha256());
        assertThat(rig.simulator.jobs().stream().filter(job -> job.prompt().equals("It flies"))).as("a file and a URL").hasSize(2)
                .allMatch(job -> job.mode().equals("image-to-video"));
        assertThat(results.at("/moderated/error/code").asText()).isEqualTo("moderation_blocked");
        assertThat(results.path("list")).hasSize(4).anySatisfy(id -> assertThat(id).isEqualTo(results.at("/text/id")));
        assertThat(results.at("/invalid/status").asInt()).isEqualTo(400);
        assertThat(results.at("/invalid/message").asText()).contains("duration");
        assertThat(results.at("/gone/status").asInt()).isEqualTo(404);
        assertThat(results.at("/unknown/status").asInt()).isEqualTo(502);
        assertThat(results.at("/kept/status").asInt()).as("a finished video is not deleted").isEqualTo(400);
        assertThat(rig.simulator.ledger().jobs("xai")).as("paid for").isEqualTo(4);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).as("the client has not repeated the doubtful one")
                .isEqualTo(5);
    }

    private JsonNode run(String baseUrl) throws Exception {
        Path complaints = dir.resolve("complaints.txt");
        Process process = new ProcessBuilder("node", "openai-route.mjs", baseUrl, "any").directory(CLIENTS.toFile())
                .redirectError(Redirect.to(complaints.toFile())).start();
        try (InputStream output = process.getInputStream()) {
            String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as("%s%s", printed, Files.readString(complaints)).isZero();
            return new ObjectMapper().readTree(printed);
        } finally {
            process.destroyForcibly();
        }
    }
}
