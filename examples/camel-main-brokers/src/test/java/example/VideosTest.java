// SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.grokvideo.testing.GrokVideoExtension;
import jakarta.jms.JMSContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VideosTest {

    private static final long PATIENCE_MILLIS = 60_000;

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path servers;
    @TempDir
    Path work;

    private static JmsBroker jms;
    private static KafkaBroker kafka;
    private static GreenMail mail;
    private Main main;

    @BeforeAll
    static void startServers() throws Exception {
        jms = new JmsBroker(servers.resolve("jms"));
        kafka = new KafkaBroker(servers.resolve("kafka"));
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
    }

    @AfterAll
    static void stopServers() throws Exception {
        mail.stop();
        kafka.close();
        jms.close();
    }

    @BeforeEach
    void startRoutes() {
        Properties properties = new Properties();
        properties.putAll(video.properties());
        properties.setProperty("camel.component.grokvideo.job-store", "file:" + work.resolve("data"));
        properties.setProperty("outbox", work.resolve("outbox").toString());
        properties.setProperty("jms", jms.url());
        properties.setProperty("kafka", kafka.address());
        properties.setProperty("smtp", "127.0.0.1:" + mail.getSmtp().getPort());
        main = new Main(Videos.class);
        main.setOverrideProperties(properties);
        main.start();
    }

    @AfterEach
    void stopRoutes() {
        main.stop();
    }

    @Test
    void aPromptInAQueueBecomesAVideo() throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(jms.url()); JMSContext peer = factory.createContext()) {
            peer.createProducer().send(peer.createQueue("videos.requests"), "A fox runs through fresh snow");
            String file = peer.createConsumer(peer.createQueue("videos.made")).receiveBody(String.class, PATIENCE_MILLIS);

            assertVideo(file);
            video.assertPaidOnce();
            Files.writeString(Path.of("target/seen.txt"), "a video of " + Files.size(Path.of(file)) + " bytes for JMS, Kafka and mail each,"
                    + " on Camel " + main.getCamelContext().getVersion());
        }
    }

    @Test
    void aPromptInATopicBecomesAVideo() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.address(), "group.id", "peer", "auto.offset.reset", "earliest");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("videos.made"));
            producer.send(new ProducerRecord<>("videos.requests", "A heron takes off")).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

            String file = null;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (file == null && System.nanoTime() < end) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    file = record.value();
                }
            }
            assertVideo(file);
            video.assertPaidOnce();
        }
    }

    @Test
    void aVideoThatNobodyWaitedForIsReportedByMail() throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(jms.url()); JMSContext peer = factory.createContext()) {
            peer.createProducer().send(peer.createQueue("videos.by-mail"), "A tram in the rain");
        }

        assertTrue(mail.waitForIncomingEmail(PATIENCE_MILLIS, 1), "a mail came within 60 s");
        String text = GreenMailUtil.getBody(mail.getReceivedMessages()[0]);
        assertTrue(text.matches("DOWNLOADED, \\d+ bytes\\s*"), text);
        video.assertPaidOnce();
    }

    @Test
    void tracesAreOptional() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.apache.camel.telemetry.Span"));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("io.opentelemetry.api.trace.Span"));
    }

    private static void assertVideo(String file) throws Exception {
        assertEquals("ftyp", new String(Files.readAllBytes(Path.of(file)), 4, 4, StandardCharsets.US_ASCII));
    }
}
