// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No video is ever in memory: the app has less of it than the video has bytes. */
class LargeVideoIT {

    private static final long SIZE = 600_000_000;
    private static final long PATIENCE_MILLIS = 240_000;
    private static final long GLANCE_MILLIS = 1000;

    @TempDir
    Path dir;

    @Test
    void aVideoOf600MegabytesPassesThroughAHeapOf128() throws Exception {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(500)).start();
             LocalServers servers = LocalServers.start(ServerChoice.parse("artemis,s3"), dir.resolve("data"));
             AppProcess app = new AppProcess(dir.resolve("app"), environment(simulator, servers),
                     "--routes=queue-to-s3", "--inbox=" + dir.resolve("inbox"), "--outbox=" + dir.resolve("outbox"));
             ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(brokerUrl(servers));
             JMSContext jms = factory.createContext()) {
            jms.createProducer().setJMSReplyTo(jms.createQueue("replies"))
                    .send(jms.createQueue("videos.requests"), "{\"prompt\": \"A long film [[size=600MB]]\"}");

            String reply = reply(jms, app);
            assertThat(reply).as(app.out() + app.err()).isNotNull();
            JsonNode made = new ObjectMapper().readTree(reply);
            assertThat(made.path("size").asLong()).isEqualTo(SIZE);
            Path object = dir.resolve("data/s3/videos").resolve(made.path("key").asText());
            assertThat(Files.size(object)).isEqualTo(SIZE);
            assertThat(sha256(object)).isEqualTo(simulator.jobs().iterator().next().sha256());
            assertThat(simulator.ledger().jobs()).isEqualTo(1);
            assertThat(app.isAlive()).isTrue();
        }
    }

    /** @return null where none came while the app ran */
    private static String reply(JMSContext jms, AppProcess app) {
        JMSConsumer replies = jms.createConsumer(jms.createQueue("replies"));
        String reply = null;
        for (long waited = 0; reply == null && waited < PATIENCE_MILLIS && app.isAlive(); waited += GLANCE_MILLIS) {
            reply = replies.receiveBody(String.class, GLANCE_MILLIS);
        }
        return reply;
    }

    private Map<String, String> environment(GrokVideoSimulator simulator, LocalServers servers) throws Exception {
        Path arguments = dir.resolve("java.args");
        Files.writeString(arguments, "-Xmx128m\n-XX:+ExitOnOutOfMemoryError\n" + new TreeMap<>(servers.properties()).entrySet().stream()
                .map(property -> "\"-D" + property.getKey() + "=" + property.getValue() + "\"").collect(Collectors.joining("\n")));
        return Map.of("JDK_JAVA_OPTIONS", "@" + arguments, "GROKVIDEO_PROVIDER", "xai",
                "GROKVIDEO_API_KEY", simulator.apiKey("xai"), "GROKVIDEO_BASE_URL", simulator.baseUrl("xai"));
    }

    private static String brokerUrl(LocalServers servers) {
        String bean = servers.properties().get("camel.beans.connectionFactory");
        return bean.substring(bean.indexOf('\'') + 1, bean.lastIndexOf('\''));
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
