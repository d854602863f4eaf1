// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import jakarta.jms.Message;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class QueueToS3IT {

    private static final String REQUESTS = "videos.requests";
    private static final String DEAD = "videos.dead";
    private static final String REPLIES = "replies";

    @TempDir
    Path dir;

    private RouteRig rig;
    private JmsPeer peer;
    private ServerChoice s3Choice;
    private LocalServers s3;
    private Path videos;

    @BeforeEach
    void servers() throws Exception {
        int port = RouteRig.freePort();
        rig = new RouteRig(dir, ServerChoice.parse("artemis:" + port)).durable().set("maxRetryDelay", "1000");
        s3Choice = ServerChoice.parse("s3:" + RouteRig.freePort());
        startS3();
        s3.properties().forEach(rig::set);
        videos = dir.resolve("store/s3/videos/videos");
        peer = new JmsPeer("tcp://127.0.0.1:" + port);
    }

    @AfterEach
    void close() {
        peer.close();
        rig.close();
        s3.close();
    }

    private void startS3() throws Exception {
        s3 = LocalServers.start(s3Choice, dir.resolve("store"));
    }

    @Test
    void theReplySaysWhereTheVideoIs() throws Exception {
        rig.start("queue-to-s3");
        String id = ask("{\"prompt\": \"A fox\", \"duration\": 5}");

        Message answer = peer.receive(REPLIES);
        assertThat(answer.getJMSCorrelationID()).isEqualTo(id);
        JsonNode reply = new ObjectMapper().readTree(answer.getBody(String.class));
        assertThat(reply.path("status").asText()).isEqualTo("made");
        assertThat(reply.path("url").asText()).isEqualTo("s3://videos/" + reply.path("key").asText());
        var made = rig.simulator.jobs().iterator().next();
        assertThat(reply.path("sha256").asText()).isEqualTo(made.sha256());
        HeadObjectResponse object = head(reply.path("key").asText());
        assertThat(object.contentLength()).isEqualTo(reply.path("size").asLong()).isEqualTo(made.fileSize());
        assertThat(object.contentType()).isEqualTo("video/mp4");
        assertThat(object.metadata()).containsEntry("job-id", reply.path("jobId").asText()).containsEntry("sha256", made.sha256())
                .containsKey("model");
        assertThat(sha256(videos.resolve(reply.path("jobId").asText() + ".mp4"))).isEqualTo(made.sha256());
        awaitThat(() -> rig.assertNothingLeft());
        assertThat(peer.look(DEAD)).isEmpty();
    }

    @Test
    void noMessageWaitsForARender() throws Exception {
        rig.set("consumers", "1").start("queue-to-s3");
        for (int i = 0; i < 3; i++) {
            ask("{\"prompt\": \"Fox " + i + " [[render=6s]]\"}");
        }

        awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(3));
        assertThat(peer.look(REPLIES)).as("one session took all three before the first was made").isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(peer.receiveJson(REPLIES).path("status").asText()).isEqualTo("made");
        }
        assertThat(peer.look(REQUESTS)).isEmpty();
    }

    @Test
    void aLargeVideoGoesInParts() throws Exception {
        rig.set("partSize", "5242880").start("queue-to-s3");
        ask("{\"prompt\": \"A fox [[size=12MB]]\"}");

        JsonNode reply = peer.receiveJson(REPLIES);
        assertThat(head(reply.path("key").asText()).eTag()).as("the ETag of three parts").contains("-3");
        assertThat(sha256(videos.resolve(reply.path("jobId").asText() + ".mp4")))
                .isEqualTo(rig.simulator.jobs().iterator().next().sha256());
    }

    /** In the letters that Camel's JMS consumer lets in. */
    @Test
    void aMessageReadsNoFileAndChoosesNoAccount() throws Exception {
        rig.set("consumers", "2").start("queue-to-s3");
        for (int i = 0; i < 5; i++) {
            ask("{\"prompt\": \"A fox\", \"images\": [\"/dev/zero\"]}");
            assertThat(peer.receiveJson(DEAD).path("message").asText()).contains("mediaDirectories");
            assertThat(peer.receiveJson(REPLIES).path("type").asText()).isEqualTo("INVALID_REQUEST");
        }
        peer.send(REQUESTS, "{\"prompt\": \"A fox\"}", REPLIES,
                java.util.Map.of("CAMELGrokVideoAccount", "another", "CAMELGrokVideoImages", "/dev/zero", "CAMELGrokVideoPrompt", "A cat"));

        assertThat(peer.receiveJson(REPLIES).path("status").asText()).isEqualTo("made");
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt()).containsExactly("A fox");
    }

    @Test
    void poisonGoesToTheDeadLettersAtOnce() throws Exception {
        rig.start("queue-to-s3");
        for (String poison : new String[] {"A fox", "[1]", "{\"prompt\": ", "", "{\"prompt\": \"A fox\", \"duratoin\": 5}"}) {
            ask(poison);

            JsonNode dead = peer.receiveJson(DEAD);
            assertThat(dead.path("type").asText()).as(dead.toString()).isEqualTo("INVALID_REQUEST");
            assertThat(dead.path("charged").asText()).isEqualTo("no");
            assertThat(dead.path("request").asText()).isEqualTo(poison);
            assertThat(dead.path("jobKey").asText()).startsWith("ID:");
            assertThat(dead.path("message").asText()).containsAnyOf("JSON", "duratoin");
            assertThat(peer.receiveJson(REPLIES).path("type").asText()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(rig.simulator.requests().count(RequestKind.SUBMIT)).isZero();
        assertThat(peer.look(REQUESTS)).isEmpty();
        assertThat(peer.look(JmsPeer.BROKERS_DEAD)).isEmpty();
    }

    @Test
    void whatTheGatewayWillNotMakeIsAnAnswerAndADeadLetter() throws Exception {
        rig.start("queue-to-s3");
        ask("{\"prompt\": \"A fox [[fault:submit-400]]\"}");
        assertThat(peer.receiveJson(DEAD).path("type").asText()).isEqualTo("SUBMIT_REJECTED");
        assertThat(peer.receiveJson(REPLIES).path("charged").asText()).isEqualTo("no");
        assertThat(rig.simulator.ledger().jobs()).isZero();

        ask("{\"prompt\": \"A cat [[fault:job-moderated]]\"}");
        JsonNode dead = peer.receiveJson(DEAD);
        assertThat(dead.path("type").asText()).isEqualTo("MODERATED");
        assertThat(dead.path("jobId").asText()).isNotEmpty();
        assertThat(dead.path("message").asText()).isNotEmpty();
        assertThat(peer.receiveJson(REPLIES).path("type").asText()).isEqualTo("MODERATED");

        peer.send(REQUESTS, "{\"prompt\": \"A dog [[fault:job-failed]]\"}", null, Map.of());
        assertThat(peer.receiveJson(DEAD).path("type").asText()).isEqualTo("JOB_FAILED");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(2);
        assertThat(files(videos)).isEmpty();
    }

    @Test
    void anAccountInTroubleKeepsTheQueueWaiting() throws Exception {
        peer.deliveryAttempts(3);
        rig.set("camel.component.grokvideo.submitRetryTimeout", "0").start("queue-to-s3");
        rig.simulator.faults().add(Fault.of("submit-429").at("xai").times(5));
        ask("{\"prompt\": \"A fox\"}");

        assertThat(peer.receiveJson(REPLIES).path("status").asText()).isEqualTo("made");
        assertThat(peer.look(DEAD)).isEmpty();
        assertThat(peer.look(JmsPeer.BROKERS_DEAD)).isEmpty();
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void whileS3IsAwayVideosAreKept() throws Exception {
        rig.start("queue-to-s3");
        s3.close();
        for (int i = 0; i < 3; i++) {
            ask("{\"prompt\": \"Fox " + i + "\"}");
        }
        awaitThat(() -> assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isEqualTo(3));
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(peer.look(REPLIES)).isEmpty());
        startS3();

        for (int i = 0; i < 3; i++) {
            assertThat(peer.receiveJson(REPLIES).path("status").asText()).isEqualTo("made");
        }
        assertThat(files(videos)).hasSize(3);
        assertThat(peer.look(DEAD)).isEmpty();
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(3);
        awaitThat(() -> rig.assertNothingLeft());
    }

    @Test
    void aStopCostsNoMessage() throws Exception {
        peer.deliveryAttempts(3);
        // Two are at the gateway, the others wait for their turn in their transactions.
        rig.set("camel.component.grokvideo.maxConcurrentJobs", "2").start("queue-to-s3");
        for (int i = 0; i < 8; i++) {
            ask("{\"prompt\": \"Fox " + i + " [[render=4s]]\"}");
        }
        awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(2));
        rig.stop();
        assertThat(peer.look(JmsPeer.BROKERS_DEAD)).isEmpty();
        rig.start("queue-to-s3");

        for (int i = 0; i < 8; i++) {
            assertThat(peer.receiveJson(REPLIES).path("status").asText()).isEqualTo("made");
        }
        assertThat(files(videos)).hasSize(8);
        assertThat(peer.look(JmsPeer.BROKERS_DEAD)).isEmpty();
        assertThat(peer.look(DEAD)).isEmpty();
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(8);
    }

    @Test
    void aMessageThatWasSentTwiceIsPaidForOnce() throws Exception {
        rig.start("queue-to-s3");
        String request = "{\"prompt\": \"A fox [[render=2s]]\"}";
        peer.send(REQUESTS, request, REPLIES, Map.of("jobKey", "order-7"));
        peer.send(REQUESTS, request, REPLIES, Map.of("jobKey", "order-7"));
        JsonNode first = peer.receiveJson(REPLIES);
        awaitThat(() -> rig.assertNothingLeft());

        peer.send(REQUESTS, request, "late", Map.of("jobKey", "order-7"));
        assertThat(peer.receiveJson("late")).isEqualTo(first);
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(files(videos)).hasSize(1);

        peer.send(REQUESTS, "{\"prompt\": \"A cat\"}", null, Map.of("jobKey", "order-7"));
        assertThat(peer.receiveJson(DEAD).path("type").asText()).isEqualTo("JOB_KEY_CONFLICT");
    }

    private String ask(String request) throws Exception {
        return peer.send(REQUESTS, request, REPLIES, Map.of());
    }

    private HeadObjectResponse head(String key) throws Exception {
        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate()) {
            return template.requestBodyAndHeader("aws2-s3:videos?operation=headObject", null, "CamelAwsS3Key", key,
                    HeadObjectResponse.class);
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
