// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaToS3IT {

    private static final String REQUESTS = "videos.requests";
    private static final String RESULTS = "videos.results";
    private static final String DEAD = "videos.dead";
    private static final String GROUP = "grokvideo";

    @TempDir
    Path dir;

    private RouteRig rig;
    private KafkaPeer peer;

    @BeforeEach
    void servers() throws Exception {
        int port = RouteRig.freePort();
        rig = new RouteRig(dir, ServerChoice.parse("s3,kafka:" + port)).durable().set("maxRetryDelay", "1000");
        peer = new KafkaPeer("127.0.0.1:" + port);
    }

    @AfterEach
    void close() {
        peer.close();
        rig.close();
    }

    @Test
    void theResultSaysWhereTheVideoIs() throws Exception {
        rig.start("kafka-to-s3");
        peer.send(REQUESTS, "customer-1", "{\"prompt\": \"A fox\", \"duration\": 5}", Map.of());

        ConsumerRecord<String, String> result = peer.receive(RESULTS, 1).get(0);
        assertThat(result.key()).isEqualTo("customer-1");
        assertThat(result.headers()).as("nothing of Camel").isEmpty();
        JsonNode made = json(result);
        assertThat(made.path("status").asText()).isEqualTo("made");
        assertThat(made.path("jobKey").asText()).startsWith(REQUESTS + "-0-0-");
        var job = rig.simulator.jobs().iterator().next();
        assertThat(made.path("sha256").asText()).isEqualTo(job.sha256());
        assertThat(Files.size(rig.bucket().resolve(made.path("key").asText()))).isEqualTo(job.fileSize());
        awaitThat(() -> rig.assertNothingLeft());
        assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(1);
    }

    @Test
    void aRenderMayOutlastTheGroupsPatience() throws Exception {
        rig.set("maxPollInterval", "3000").start("kafka-to-s3");
        peer.send(REQUESTS, null, "{\"prompt\": \"A fox [[render=9s]]\"}", Map.of());
        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(1));
        Set<String> members = peer.members(GROUP);

        assertThat(members).hasSize(1);
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(10)).untilAsserted(
                () -> assertThat(peer.members(GROUP)).isEqualTo(members));
        assertThat(peer.receive(RESULTS, 1)).hasSize(1);
        assertThat(peer.members(GROUP)).as("no rebalance").isEqualTo(members);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aRecordWhoseCommitWasLostFindsItsJob() throws Exception {
        rig.start("kafka-to-s3");
        peer.send(REQUESTS, null, "{\"prompt\": \"A fox [[render=8s]]\"}", Map.of());
        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(1));
        rig.stop();
        awaitThat(() -> assertThat(peer.members(GROUP)).isEmpty());
        peer.goBack(GROUP, REQUESTS, 0);
        rig.start("kafka-to-s3");

        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).as("read again").isEqualTo(1));
        assertThat(peer.receive(RESULTS, 1)).hasSize(1);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1);
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(files(rig.bucket())).hasSize(1);
        awaitThat(() -> rig.assertNothingLeft());
    }

    @Test
    void poisonDoesNotHoldThePartition() throws Exception {
        rig.start("kafka-to-s3");
        for (String poison : new String[] {"A fox", "",
                "{\"prompt\": \"A fox\", \"duratoin\": 5}", "{\"prompt\": \"A fox [[fault:submit-400]]\"}"}) {
            peer.send(REQUESTS, "k", poison, Map.of());

            JsonNode dead = json(peer.receive(DEAD, 1).get(0));
            assertThat(dead.path("type").asText()).isIn("INVALID_REQUEST", "SUBMIT_REJECTED");
            assertThat(dead.path("request").asText()).isEqualTo(poison);
            assertThat(dead.path("charged").asText()).isEqualTo("no");
            assertThat(json(peer.receive(RESULTS, 1).get(0)).path("type")).isEqualTo(dead.path("type"));
        }
        peer.send(REQUESTS, "k", "{\"prompt\": \"A cat [[fault:job-moderated]]\"}", Map.of());
        JsonNode moderated = json(peer.receive(DEAD, 1).get(0));
        assertThat(moderated.path("type").asText()).isEqualTo("MODERATED");
        assertThat(moderated.path("message").asText()).isNotEmpty();

        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(5));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void anAccountInTroubleLosesNoRecord() throws Exception {
        rig.set("camel.component.grokvideo.submitRetryTimeout", "0").start("kafka-to-s3");
        peer.send(REQUESTS, "0", "{\"prompt\": \"Fox 0\"}", Map.of());
        assertThat(peer.receive(RESULTS, 1)).hasSize(1);
        rig.simulator.faults().add(Fault.of("submit-429").at("xai").times(3));
        for (int i = 1; i < 4; i++) {
            peer.send(REQUESTS, "" + i, "{\"prompt\": \"Fox " + i + "\"}", Map.of());
        }

        assertThat(peer.receive(RESULTS, 3)).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(4);
        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(4));
    }

    @Test
    void aRecordThatWasSentTwiceIsPaidForOnce() throws Exception {
        rig.start("kafka-to-s3");
        for (int i = 0; i < 2; i++) {
            peer.send(REQUESTS, "k", "{\"prompt\": \"A fox [[render=2s]]\"}", Map.of("jobKey", "order-7"));
        }
        JsonNode made = json(peer.receive(RESULTS, 1).get(0));
        assertThat(made.path("jobKey").asText()).isEqualTo("order-7");
        awaitThat(() -> assertThat(peer.committed(GROUP, REQUESTS)).isEqualTo(2));
        awaitThat(() -> rig.assertNothingLeft());

        peer.send(REQUESTS, "k", "{\"prompt\": \"A fox [[render=2s]]\"}", Map.of("jobKey", "order-7"));
        assertThat(json(peer.receive(RESULTS, 1).get(0))).isEqualTo(made);
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void whileS3IsAwayVideosAreKept() throws Exception {
        rig.start("kafka-to-s3");
        Path away = Files.move(rig.bucket(), rig.bucket().resolveSibling("away"));
        peer.send(REQUESTS, "k", "{\"prompt\": \"A fox\"}", Map.of());
        awaitThat(() -> assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isEqualTo(1));
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(files(away)).isEmpty());
        Files.move(away, rig.bucket());

        assertThat(json(peer.receive(RESULTS, 1).get(0)).path("status").asText()).isEqualTo("made");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    private static JsonNode json(ConsumerRecord<String, String> result) throws Exception {
        return new ObjectMapper().readTree(result.value());
    }
}
