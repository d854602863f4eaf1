// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueToS3GenerateIT {

    private static final String ASK = "jms:queue:videos.requests?requestTimeout=40000";

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void servers() throws Exception {
        rig = new RouteRig(dir, ServerChoice.parse("artemis,s3:" + RouteRig.freePort())).start("queue-to-s3-generate");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theReplySaysWhereTheVideoIs() throws Exception {
        JsonNode reply = ask("{\"prompt\": \"A fox\", \"duration\": 5}");

        assertThat(reply.path("status").asText()).isEqualTo("made");
        Path video = rig.bucket().resolve(reply.path("key").asText());
        assertThat(Files.size(video)).isEqualTo(reply.path("size").asLong()).isEqualTo(rig.simulator.jobs().iterator().next().fileSize());
        assertThat(reply.path("sha256").asText()).isEqualTo(rig.simulator.jobs().iterator().next().sha256());
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
        rig.assertNothingLeft();
    }

    @Test
    void aFailureIsAReplyAndWithoutAnAskerAMessage() throws Exception {
        assertThat(ask("A cat [[fault:job-moderated]]").path("type").asText()).isEqualTo("MODERATED");
        assertThat(ask("{\"prompt\": \"A cat\", \"duratoin\": 5}").path("charged").asText()).isEqualTo("no");

        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate();
             ConsumerTemplate failed = rig.main().getCamelContext().createConsumerTemplate()) {
            template.sendBody("jms:queue:videos.requests", "A dog [[fault:job-failed]]");
            assertThat(failed.receiveBody("jms:queue:videos.failed", 40_000, String.class)).contains("\"status\":\"failed\"", "JOB_FAILED");
        }
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(2);
    }

    @Test
    void whileS3IsAwayTheVideoIsKeptAndPaidOnce() throws Exception {
        rig.main().getCamelContext();
        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate()) {
            template.sendBody("jms:queue:videos.requests", "A fox [[render=2s]]");
            awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(1));
        }
        Path moved = Files.move(rig.bucket(), rig.bucket().resolveSibling("away"));
        awaitThat(() -> assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isPositive());
        assertThat(files(moved)).isEmpty();
        Files.move(moved, rig.bucket());

        awaitThat(() -> assertThat(files(rig.bucket().resolve("videos"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void aMessageWhoseRouteStopsIsDeliveredAgainAndAttaches() throws Exception {
        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate()) {
            template.sendBody("jms:queue:videos.requests", "A fox [[render=4s]]");
        }
        awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(1));
        rig.main().getCamelContext().getRouteController().stopRoute("queue-to-s3-generate", 1, java.util.concurrent.TimeUnit.SECONDS);
        rig.main().getCamelContext().getRouteController().startRoute("queue-to-s3-generate");

        awaitThat(() -> assertThat(files(rig.bucket().resolve("videos"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    private JsonNode ask(String request) throws Exception {
        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate()) {
            return new ObjectMapper().readTree(template.requestBody(ASK, request, String.class));
        }
    }
}
