// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.observe.GrokVideoJobEvent;
import io.github.grokvideo.component.job.JobState;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Events, log lines and the developer console of jobs in routes. */
class ObservedJobsTest extends SimulatedGateway {

    private void started() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").routeId("orders").to("grokvideo:generate");
            }
        });
    }

    private Exchange send(String prompt) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(prompt).send();
    }

    private static final class Heard extends EventNotifierSupport {
        private final List<GrokVideoJobEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof GrokVideoJobEvent job) {
                events.add(job);
            }
        }
    }

    @Test
    void everyStateIsAnEvent() throws Exception {
        Heard heard = new Heard();
        context.getManagementStrategy().addEventNotifier(heard);
        started();

        send("a secretive lighthouse [[render=1s]] [[queue=100ms]]");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(heard.events)
                .extracting(event -> event.getJob().state().name())
                .containsExactly("NEW", "SUBMITTING", "ACCEPTED", "RUNNING", "RENDERED", "DOWNLOADED", "DELIVERED"));
        assertThat(heard.events.get(0).getStateBefore()).isNull();
        for (int i = 1; i < heard.events.size(); i++) {
            GrokVideoJobEvent event = heard.events.get(i);
            assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
            assertThat(event.getStateBefore()).isEqualTo(heard.events.get(i - 1).getJob().state());
            assertThat(event.getTimestamp()).isPositive();
            assertThat(event.toString()).doesNotContain("secretive").doesNotContain("?");
            assertThat(String.valueOf(event.getJob().url())).doesNotContain("?");
        }
    }

    @Test
    void aNotifierThatFailsHarmsNobody() throws Exception {
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event.getType() == CamelEvent.Type.Custom) {
                    throw new IllegalStateException("no luck");
                }
            }
        });
        started();

        assertThat(send("a lighthouse").getException()).isNull();
    }

    private static final class Lines extends AbstractAppender implements AutoCloseable {
        private final Logger logger = (Logger) LogManager.getLogger("io.github.grokvideo.component.jobs");
        private final List<LogEvent> events = new CopyOnWriteArrayList<>();

        private Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
            start();
            logger.addAppender(this);
        }

        @Override
        public void append(LogEvent event) {
            events.add(event.toImmutable());
        }

        @Override
        public void close() {
            logger.removeAppender(this);
            stop();
        }
    }

    @Test
    void everyEndIsOneLineWithTheMdcOfItsExchange() throws Exception {
        context.setUseMDCLogging(true);
        started();
        try (Lines lines = new Lines()) {
            Exchange good = send("a secretive lighthouse");
            Exchange bad = send("a secretive lighthouse [[fault:job-moderated]]");
            String goodId = good.getMessage().getHeader("CamelGrokVideoJobId", String.class);
            String badId = bad.getMessage().getHeader("CamelGrokVideoJobId", String.class);

            await().atMost(Duration.ofSeconds(10)).until(() -> lines.events.stream()
                    .filter(one -> one.getMessage().getFormattedMessage().contains(goodId)).count() == 1);
            LogEvent delivered = line(lines, goodId);
            assertThat(delivered.getLevel()).isEqualTo(Level.INFO);
            assertThat(delivered.getMessage().getFormattedMessage())
                    .matches("job=\\S+ task=\\S+ provider=xai account=default model=\\S+ mode=text-to-video state=DELIVERED wait=\\d+ms"
                            + " polls=\\d+ downloads=1 bytes=\\d+ cost=[\\d.]+USD route=orders");
            LogEvent moderated = line(lines, badId);
            assertThat(moderated.getLevel()).isEqualTo(Level.WARN);
            assertThat(moderated.getMessage().getFormattedMessage()).contains("state=MODERATED", "errorType=MODERATED")
                    .doesNotContain("secretive");
            assertThat(moderated.getContextData().toMap())
                    .containsEntry("camel.exchangeId", bad.getExchangeId()).containsEntry("camel.routeId", "orders");
            assertThat(delivered.getContextData().toMap()).containsEntry("camel.exchangeId", good.getExchangeId());
        }
    }

    @Test
    void theEndOfATaskOfSomebodyElseHasTheMdcOfWhoAwaitsIt() throws Exception {
        context.setUseMDCLogging(true);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:await").routeId("adopter").to("grokvideo:await");
            }
        });
        String taskId = submittedElsewhere();
        try (Lines lines = new Lines()) {
            Exchange awaited = context.createFluentProducerTemplate().to("direct:await").withHeader("CamelGrokVideoTaskId", taskId).send();

            assertThat(awaited.getException()).isNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> lines.events.size() == 1);
            LogEvent line = lines.events.get(0);
            assertThat(line.getMessage().getFormattedMessage()).contains("task=" + taskId, "state=DELIVERED");
            assertThat(line.getContextData().toMap()).containsEntry("camel.exchangeId", awaited.getExchangeId())
                    .containsEntry("camel.routeId", "adopter");
        }
    }

    /** @return the task's id */
    private String submittedElsewhere() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl("xai") + "/videos/generations"))
                        .header("Authorization", "Bearer " + simulator.apiKey("xai")).header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"model\": \"grok-imagine-video\", \"prompt\": \"a lighthouse\"}")).build(),
                BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).path("request_id").asText();
    }

    @Test
    void theLineOfAJobThatNobodyWaitsForNamesTheRouteThatSubmittedIt() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").routeId("in").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0").routeId("out").to("log:done");
            }
        });
        try (Lines lines = new Lines()) {
            context.createFluentProducerTemplate().to("direct:submit").withBody("a secretive lighthouse").send();

            await().atMost(Duration.ofSeconds(10)).until(() -> lines.events.size() == 1);
            assertThat(lines.events.get(0).getMessage().getFormattedMessage()).contains(" state=DELIVERED ").endsWith(" route=in");
        }
    }

    private static LogEvent line(Lines lines, String jobId) {
        return lines.events.stream().filter(one -> one.getMessage().getFormattedMessage().contains(jobId)).findFirst().orElseThrow();
    }

    /** Of a run in which it is known what happened to the job. */
    @Test
    void theConsoleShowsTheNodeToTheExactCounts() throws Exception {
        started();
        send("a secretive lighthouse");
        send("another secretive lighthouse");
        send("a secretive lighthouse [[fault:job-failed]]");
        send("a secretive lighthouse [[fault:submit-400]]");
        context.createFluentProducerTemplate().to("direct:generate")
                .withBody("a secretive lighthouse [[render=1m]] [[queue=10ms]]").asyncSend();
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("grokvideo");
        CamelContextAware.trySetCamelContext(console, context);

        await().atMost(Duration.ofSeconds(10)).until(() -> node(console).get("inHand").toString().contains("RUNNING")
                && node(console).get("jobsByState").toString().contains("DELIVERED=2"));
        JsonObject node = node(console);
        assertThat(node.get("jobsByState")).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("DELIVERED", 2L)
                .containsEntry("FAILED", 1L).containsEntry("REJECTED", 1L).containsEntry("RUNNING", 1L).containsEntry("MODERATED", 0L)
                .hasSize(JobState.values().length);
        assertThat(node.get("inHand").toString()).isEqualTo("{xai={RUNNING=1}}");
        assertThat((JsonArray) node.get("recentJobs")).hasSize(5)
                .extracting(job -> ((JsonObject) job).getString("state")).startsWith("RUNNING", "REJECTED").contains("FAILED");
        JsonObject gateway = (JsonObject) ((JsonObject) node.get("gateways")).get("xai");
        assertThat(gateway.getString("lastJobError")).startsWith("SUBMIT_REJECTED");
        assertThat(gateway).containsKey("lastSuccess").doesNotContainKey("lastFailure");
        assertThat(gateway.get("refusedSince").toString()).isEqualTo("{}");
        JsonObject account = (JsonObject) ((JsonArray) node.get("accounts")).get(0);
        assertThat(account).containsEntry("name", "default").containsEntry("provider", "xai");
        assertThat(account.toString()).doesNotContain("xai-simulator");

        String text = console.call(DevConsole.MediaType.TEXT).toString();
        assertThat(text).contains("Job store: MemoryJobStore, in memory", "DELIVERED=2", "FAILED=1", "REJECTED=1",
                "Open on this node: {xai={RUNNING=1}}", "default: xai at 127.0.0.1, submits unlimited, jobs at once unlimited")
                .doesNotContain("secretive").doesNotContain("xai-simulator");
        assertThat(console.call(DevConsole.MediaType.JSON, Map.of()).toString()).doesNotContain("secretive");
    }

    private static JsonObject node(DevConsole console) {
        return (JsonObject) ((JsonArray) ((JsonObject) console.call(DevConsole.MediaType.JSON)).get("nodes")).get(0);
    }
}
