// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.KameletMain;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example routes, as they are, in the engine of {@code camel run}. */
class KameletRoutesTest {

    private static final String GENERATE = "camel.kamelet.grok-video-generate-action.";
    private static final String COMPONENT = "camel.component.grokvideo.";

    @TempDir
    Path dir;

    private final KameletMain main = new KameletMain("camel.jbang");
    private GrokVideoSimulator simulator;
    private JdbcConnectionPool jobs;

    @BeforeEach
    void startSimulator() throws IOException {
        simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(300)).start();
        // What the Kamelets need is on the class path; that nothing is fetched is the test's business.
        main.setDownload(false);
        for (String folder : List.of("inbox", "outbox", "videos", "jobs")) {
            main.addInitialProperty(folder, dir.resolve(folder).toString());
        }
        main.addInitialProperty("statusFolder", dir.resolve("status").toString());
        main.addInitialProperty("statusDelay", "200");
        main.addInitialProperty(COMPONENT + "workDirectory", dir.resolve("work").toString());
        main.addInitialProperty(COMPONENT + "configuration.pollInterval", "50ms");
        main.addInitialProperty(COMPONENT + "configuration.maxPollInterval", "200ms");
    }

    @AfterEach
    void stop() {
        main.stop();
        simulator.close();
        if (jobs != null) {
            jobs.dispose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai", "toapis"})
    void generateMakesAVideoWithTheAccountOfTheKamelet(String gateway) throws Exception {
        kameletAccount(gateway);
        start("prompt-to-video");
        drop("fox.txt", "A fox");

        awaitFile("outbox/fox.mp4");
        assertThat(new String(Files.readAllBytes(dir.resolve("outbox/fox.mp4")), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(simulator.ledger().jobs(gateway)).isEqualTo(1);
        assertThat(simulator.jobs()).extracting(job -> job.spec().seconds()).containsExactly(6);
    }

    @Test
    void generateMakesAVideoWithTheAccountOfTheComponent() throws Exception {
        componentAccount();
        // Somebody else's, which must not go to a gateway.
        main.addInitialProperty("apiKey", "other-service");
        start("prompt-to-video");
        drop("fox.json", "{\"prompt\": \"A fox\", \"duration\": 4}");

        awaitFile("outbox/fox.mp4");
        assertThat(simulator.jobs()).extracting(job -> job.spec().seconds()).as("the message wins").containsExactly(4);
    }

    @Test
    void generateKeepsItsKeyToItself() throws Exception {
        kameletAccount("xai");
        start("prompt-to-video");

        assertThat(main.getCamelContext().getEndpoints()).extracting(Endpoint::getEndpointUri)
                .anyMatch(uri -> uri.startsWith("grokvideo:"))
                .noneMatch(uri -> uri.contains(simulator.apiKey("xai")));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:context=" + main.getCamelContext().getName() + ",*"),
                null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                assertThat(String.valueOf(attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : ""))
                        .as(name + " " + attribute.getName()).doesNotContain(simulator.apiKey("xai"));
            }
        }
    }

    @Test
    void generateWorksWithADurableStore() throws Exception {
        kameletAccount("xai");
        durable();
        start("prompt-to-video");
        drop("fox.txt", "A fox");

        awaitFile("outbox/fox.mp4");
    }

    /** Camel gives a Kamelet a copy of the exchange each time. */
    @Test
    void aRedeliveredGenerateAttachesToItsJob() throws Exception {
        kameletAccount("xai");
        main.addInitialProperty(GENERATE + "waitTimeout", "500ms");
        main.addInitialProperty(GENERATE + "directory", dir.resolve("videos").toString());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(-1).redeliveryDelay(50));
                from("direct:in").to("kamelet:grok-video-generate-action").to("mock:out");
            }
        });
        main.start();
        MockEndpoint out = main.getCamelContext().getEndpoint("mock:out", MockEndpoint.class);
        out.expectedMessageCount(1);
        main.getCamelTemplate().asyncSendBody("direct:in", "A snail [[render=2s]]");

        out.assertIsSatisfied(30_000);
        assertThat(out.getExchanges().get(0).getMessage().getBody(File.class)).exists();
        assertThat(simulator.ledger().jobs("xai")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsSubmittedIsLookedAtAndCollected(boolean durable) throws Exception {
        componentAccount();
        if (durable) {
            durable();
        }
        start("submit-and-collect", "job-status");
        drop("fox.txt", "A fox");
        drop("cat.txt", "A cat [[fault:job-failed]]");

        await().atMost(Duration.ofSeconds(30)).until(() -> files("outbox").size() == 2 && files("status").size() == 2);
        assertThat(files("jobs")).hasSize(2);
        for (Path receipt : files("jobs")) {
            String job = receipt.getFileName().toString().replace(".json", "");
            boolean fox = Files.exists(dir.resolve("outbox/" + job + ".mp4"));
            if (!fox) {
                assertThat(dir.resolve("outbox/" + job + ".error.txt")).content().startsWith("JOB_FAILED, charged: ");
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(status(job)).isEqualTo(fox ? "DELIVERED" : "FAILED"));
        }
        assertThat(simulator.ledger().jobs("xai")).isEqualTo(2);
    }

    /** In a URI a plus would be a blank, a percent sign the beginning of something, and an ampersand the end. */
    @Test
    void parametersArriveAsTheyAreWritten() throws Exception {
        componentAccount();
        String text = "C++ & 100%41 = {ok}? #1";
        main.addInitialProperty("camel.kamelet.grok-video-completed-source.tag", text);
        main.addInitialProperty(GENERATE + "directory", dir.resolve("videos").resolve(text).toString());
        main.addInitialProperty(GENERATE + "tag", text);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("kamelet:grok-video-generate-action").to("mock:generated");
                from("direct:submit").to("kamelet:grok-video-submit-action?tag=RAW(" + text + ")");
                from("kamelet:grok-video-completed-source").to("mock:completed");
            }
        });
        main.start();
        MockEndpoint completed = main.getCamelContext().getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(1);
        completed.expectedHeaderReceived("CamelGrokVideoJobTag", text);
        completed.setResultWaitTime(30_000);
        main.getCamelTemplate().sendBody("direct:submit", "A fox");
        main.getCamelTemplate().sendBody("direct:generate", "A 100% fox + a cat & a dog");

        Exchange generated = main.getCamelContext().getEndpoint("mock:generated", MockEndpoint.class).getExchanges().get(0);
        assertThat(generated.getMessage().getHeader("CamelGrokVideoJobTag")).isEqualTo(text);
        assertThat(generated.getMessage().getBody(File.class)).hasParent(dir.resolve("videos").resolve(text).toFile());
        assertThat(simulator.jobs()).extracting(job -> job.prompt()).contains("A 100% fox + a cat & a dog");
        completed.assertIsSatisfied();
    }

    private void kameletAccount(String gateway) {
        main.addInitialProperty(GENERATE + "provider", gateway);
        main.addInitialProperty(GENERATE + "apiKey", simulator.apiKey(gateway));
        main.addInitialProperty(GENERATE + "baseUrl", simulator.baseUrl(gateway));
    }

    private void componentAccount() {
        main.addInitialProperty(COMPONENT + "provider", "xai");
        main.addInitialProperty(COMPONENT + "apiKey", simulator.apiKey("xai"));
        main.addInitialProperty(COMPONENT + "baseUrl", simulator.baseUrl("xai"));
    }

    private void durable() {
        jobs = JdbcConnectionPool.create("jdbc:h2:file:" + dir.resolve("store") + ";WRITE_DELAY=0", "", "");
        main.bind("store", jobs);
        main.addInitialProperty(COMPONENT + "jobStore", "#store");
    }

    private void start(String... routes) throws Exception {
        main.configure().withRoutesIncludePattern(Stream.of(routes)
                .map(route -> "file:" + Kamelets.REPOSITORY.resolve("examples/kamelets/" + route + ".camel.yaml"))
                .reduce((a, b) -> a + "," + b).orElseThrow());
        main.start();
    }

    /** Moved there in one piece, as a person's file manager does. */
    private void drop(String name, String text) throws IOException {
        Files.createDirectories(dir.resolve("inbox"));
        Path whole = Files.writeString(dir.resolve(name), text);
        Files.move(whole, dir.resolve("inbox").resolve(name));
    }

    private void awaitFile(String name) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(dir.resolve(name)));
    }

    private String status(String job) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(dir.resolve("status/" + job + ".json").toFile());
        return answer.path("status").asText();
    }

    private List<Path> files(String folder) {
        if (!Files.exists(dir.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
