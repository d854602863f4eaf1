// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.fault.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What consoles do with the jobs, through the platform's MBean server. */
class ObservedOverJmxTest extends SimulatedGateway {

    private static final Set<String> JOB_FIELDS = Set.of(
            "id", "state", "progress", "provider", "account", "model", "mode", "tag", "priority", "jobKey", "taskId", "createdAt",
            "acceptedAt", "renderedAt", "downloadedAt", "endedAt", "nextPollAt", "submits", "polls", "downloads", "cost",
            "fileName", "kept", "sha256", "deliveredTo", "promptStart", "size", "route", "detached", "delivery", "deliveries", "node",
            "error", "version");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private ObjectName name() throws Exception {
        return name("type=services,name=VideoJobs*");
    }

    private ObjectName name(String properties) throws Exception {
        ObjectName pattern = new ObjectName("org.apache.camel:context=" + context.getManagementName() + "," + properties);
        Set<ObjectName> names = server.queryNames(pattern, null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private JsonNode invoke(ObjectName bean, String operation) throws Exception {
        return JSON.readTree(server.invoke(bean, operation, null, null).toString());
    }

    private JsonNode invoke(String operation, Object... arguments) throws Exception {
        String[] types = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = arguments[i] instanceof Integer ? "int" : arguments[i] instanceof Boolean ? "boolean" : "java.lang.String";
        }
        return JSON.readTree(server.invoke(name(), operation, arguments, types).toString());
    }

    private JsonNode jobs(String state, String text) throws Exception {
        return invoke("jobs", state, "", text, "created", true, 0, 100);
    }

    private void started() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
                from("direct:submit").to("grokvideo:submit");
            }
        });
    }

    private Exchange send(String uri, String prompt, Map<String, Object> headers) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).withHeaders(headers).send();
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class);
    }

    @Test
    void aDeliveredJobIsShownWholeAndWithoutSecrets() throws Exception {
        started();
        String id = id(send("direct:generate", "a secretive lighthouse [[render=1s]] [[queue=100ms]]", key("order-1")));
        await().atMost(Duration.ofSeconds(10)).until(() -> jobs("DELIVERED", "").get("total").asInt() == 1);

        JsonNode page = jobs("", "order-1");
        assertThat(page.get("offset").asInt()).isZero();
        JsonNode row = page.get("jobs").get(0);
        assertThat(row.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(JOB_FIELDS);
        assertThat(row.get("id").asText()).isEqualTo(id);
        assertThat(row.get("delivery").asText()).as("no consumer of completed had it").isEqualTo("NONE");
        assertThat(row.get("detached").asBoolean()).isFalse();
        assertThat(row.at("/cost/unit").asText()).isEqualTo("USD");
        assertThat(row.get("promptStart").isNull()).isTrue();
        assertThat(row.get("nextPollAt").isNull()).isTrue();

        JsonNode job = invoke("job", id);
        assertThat(job.get("timeline").findValuesAsText("state"))
                .containsExactly("NEW", "SUBMITTING", "ACCEPTED", "RUNNING", "RENDERED", "DOWNLOADED", "DELIVERED");
        assertThat(job.get("url").asText()).startsWith("http").doesNotContain("?");
        assertThat(job.get("retryable").asBoolean()).isTrue();
        assertThat(job.get("actions").toString()).isEqualTo("[\"redeliver\"]");
        assertThat(job.get("sha256").asText()).hasSize(64);
        assertThat(job.toString()).doesNotContain("secretive");
        assertThat(jobs("", "secretive").get("total").asInt()).as("prompts are not searched").isZero();
    }

    @Test
    void promptsAreShownWhereTheUserWantsThem() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setShowPrompts(true);
        started();
        String id = id(send("direct:generate", "a lighthouse", Map.of()));
        send("direct:generate", "a boat " + "on the waves ".repeat(10), key("long"));

        assertThat(invoke("job", id).at("/request/prompt").asText()).isEqualTo("a lighthouse");
        assertThat(jobs("", id).at("/jobs/0/promptStart").asText()).isEqualTo("a lighthouse");
        assertThat(jobs("", "long").at("/jobs/0/promptStart").asText()).startsWith("a boat on the waves").hasSize(63).endsWith("...");
        assertThat(server.getAttribute(name(), "ShowPrompts")).isEqualTo(true);
    }

    @Test
    void attributesSayHowTheNodeIs() throws Exception {
        started();
        send("direct:submit", "a lighthouse [[render=2s]]", Map.of());

        await().atMost(Duration.ofSeconds(20)).until(() -> server.getAttribute(name(), "Waiting").equals(1));
        assertThat(server.getAttribute(name(), "Durable")).isEqualTo(false);
        assertThat(server.getAttribute(name(), "Provider")).isEqualTo("xai");
        assertThat(server.getAttribute(name(), "StoreReachable")).isEqualTo(true);
        assertThat(server.getAttribute(name(), "Node")).asString().isNotBlank();
    }

    @Test
    void aPageSaysWhenItsJobsAreAskedAboutNextAlsoWhereTheStoreTimesThem() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1");
        context.getRegistry().bind("jobs", database);
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore("#jobs");
        component.getConfiguration().setPollInterval(Duration.ofMinutes(1));
        component.getConfiguration().setMaxPollInterval(Duration.ofMinutes(1));
        started();
        send("direct:submit", "a lighthouse", Map.of());

        await().atMost(Duration.ofSeconds(10)).untilAsserted(
                () -> assertThat(jobs("", "").at("/jobs/0/nextPollAt").asText("")).isNotBlank().isNotEqualTo("null"));
    }

    @Test
    void aJobThatIsRunningIsAskedAboutNow() throws Exception {
        component(context, provider()).getConfiguration().setPollInterval(Duration.ofMinutes(1));
        context.getComponent("grokvideo", GrokVideoComponent.class).getConfiguration().setMaxPollInterval(Duration.ofMinutes(1));
        started();
        String id = id(send("direct:submit", "a lighthouse", Map.of()));
        assertThat(invoke("job", id).get("nextPollAt").asText()).isNotBlank();
        assertThat(invoke("job", id).get("actions").toString()).contains("pollNow", "stopWaiting").doesNotContain("retry");

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            String state = invoke("job", id).get("state").asText();
            return !state.equals("ACCEPTED") && !state.equals("RUNNING") || !invoke("pollNow", id).get("state").asText().equals("ACCEPTED");
        });
        assertThat(invoke("job", id).get("polls").asInt()).isPositive();
    }

    @Test
    void aWordThatNobodyKnowsIsShown() throws Exception {
        component(context, provider());
        started();
        String id = id(send("direct:submit", "a lighthouse [[fault:stuck]] [[fault:unknown-status word=reticulating times=0]]", Map.of()));

        assertThat(invoke("pollNow", id).get("lastPoll").asText()).contains("status 'reticulating', which is unknown");
    }

    @Test
    void aJobInDoubtIsAdoptedOrGivenUpAndAFailedOneMadeAnew() throws Exception {
        started();
        Exchange doubtful = send("direct:generate", "a lighthouse [[fault:submit-500]]", Map.of());
        assertThat(doubtful.getException()).isNotNull();
        String unknown = id(doubtful);
        JsonNode job = invoke("job", unknown);
        assertThat(job.get("state").asText()).isEqualTo("UNKNOWN");
        assertThat(job.at("/error/type").asText()).isEqualTo("SUBMIT_UNKNOWN");
        assertThat(job.get("actions").toString()).contains("adopt", "resubmit", "abandon");

        assertThat(invoke("abandon", unknown).get("state").asText()).isEqualTo("FAILED");
        JsonNode again = invoke("retry", unknown);

        assertThat(again.get("id").asText()).isNotEqualTo(unknown);
        assertThat(invoke("job", unknown).get("retriedAs")).isEqualTo(again.get("id"));
        assertThat(invoke("job", unknown).get("actions").toString()).doesNotContain("retry");
        // Somebody whose answer got lost asks once more.
        assertThat(invoke("retry", unknown).get("id")).isEqualTo(again.get("id"));
        assertThat(paidJobs()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> invoke("job", again.get("id").asText()).get("filePresent").asBoolean());
    }

    @Test
    void whatIsNotStoredWholeCannotBeMadeAnew() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setStorePrompts(false);
        started();
        String failed = id(send("direct:generate", "a lighthouse [[fault:job-failed]]", Map.of()));
        String unknown = id(send("direct:generate", "a lighthouse [[fault:submit-500]]", Map.of()));

        assertThat(invoke("job", failed).get("actions").toString()).doesNotContain("retry");
        assertThat(invoke("job", unknown).get("actions").toString()).contains("adopt").doesNotContain("resubmit");
        assertThatThrownBy(() -> invoke("retry", failed)).rootCause().hasMessageContaining("stored request is not complete");
        assertThat(paidJobs()).isEqualTo(1);
    }

    @Test
    void aPromptThatTheGatewayRepeatsIsNotShown() throws Exception {
        started();
        simulator.faults().add(Fault.of("submit-400").times(1).with("message", "the prompt 'a secretive lighthouse' is too short"));
        String id = id(send("direct:generate", "a secretive lighthouse", Map.of()));

        assertThat(invoke("job", id).at("/error/message").asText()).contains("the prompt '[prompt]' is too short");
        assertThat(jobs("", "").toString()).doesNotContain("secretive");
        assertThat(invoke(name("type=services,name=VideoJobEngine"), "gateways").toString()).contains("[prompt]")
                .doesNotContain("secretive");
    }

    @Test
    void whatCannotBeDoneIsSaidPlainly() throws Exception {
        started();
        String id = id(send("direct:generate", "a lighthouse", Map.of()));

        assertThatThrownBy(() -> invoke("pollNow", id)).rootCause()
                .isExactlyInstanceOf(IllegalArgumentException.class).hasMessageContaining("ACCEPTED or RUNNING").hasMessageContaining(id);
        assertThatThrownBy(() -> invoke("job", "nobody")).rootCause().hasMessage("No job 'nobody' is in the store");
        assertThatThrownBy(() -> jobs("RUNNIN", "")).rootCause().hasMessageContaining("RUNNIN").hasMessageContaining("running");
        assertThatThrownBy(() -> invoke("jobs", "", "", "", "created", true, 0, 501)).rootCause().hasMessageContaining("1 to 500");
    }

    @Test
    void theLastHourIsToldInPiecesOfFiveMinutes() throws Exception {
        started();
        send("direct:generate", "a lighthouse", Map.of());
        send("direct:generate", "a lighthouse [[fault:job-moderated]]", Map.of());

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode history = invoke("history", 1);
            assertThat(history.get("bucketSeconds").asInt()).isEqualTo(300);
            assertThat(history.get("buckets")).hasSize(12);
            int submitted = 0;
            int delivered = 0;
            int failed = 0;
            for (JsonNode bucket : history.get("buckets")) {
                submitted += bucket.get("submitted").asInt();
                delivered += bucket.at("/ended/DELIVERED").asInt();
                failed += bucket.at("/ended/MODERATED").asInt();
            }
            assertThat(submitted).isEqualTo(2);
            assertThat(delivered).isEqualTo(1);
            assertThat(failed).isEqualTo(1);
        });
        assertThatThrownBy(() -> invoke("history", 25)).rootCause().hasMessage("hours must be 1 to 24: 25");
    }

    @Test
    void aJobThatWaitsIsMoved() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).getConfiguration().setMaxConcurrentJobs(1);
        started();
        String sent = id(send("direct:submit", "a cat [[render=60s]]", Map.of()));
        context.createFluentProducerTemplate().to("direct:submit").withBody("a dog").asyncSend();
        await().atMost(Duration.ofSeconds(10)).until(() -> jobs("NEW", "").get("total").asInt() == 1);
        String waiting = jobs("NEW", "").get("jobs").get(0).get("id").asText();

        assertThat(invoke("prioritize", waiting, 5).get("priority").asInt()).isEqualTo(5);

        assertThat(invoke("job", waiting).get("priority").asInt()).isEqualTo(5);
        assertThatThrownBy(() -> invoke("prioritize", sent, 5)).rootCause().isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Only a job that waits to be sent can get another priority");
    }

    @Test
    void jobsThatEndedArePurged() throws Exception {
        started();
        send("direct:generate", "a lighthouse", Map.of());
        await().atMost(Duration.ofSeconds(10)).until(() -> jobs("DELIVERED", "").get("total").asInt() == 1);

        assertThat(invoke("purge", 1).asInt()).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> invoke("purge", 0).asInt() == 1);
        assertThat(jobs("", "").get("total").asInt()).isZero();
    }

    @Test
    void theComponentSaysHowItIsConfigured() throws Exception {
        started();
        ObjectName component = name("type=components,name=\"grokvideo\"");

        assertThat(server.getAttribute(component, "EngineStarted")).isEqualTo(true);
        assertThat(server.getAttribute(component, "DefaultProvider")).isEqualTo("xai");
        assertThat(server.getAttribute(component, "AccountNames")).isEqualTo("default");
        assertThat(server.getAttribute(component, "IoThreads")).isEqualTo(32);
        assertThat(server.getAttribute(component, "State")).as("what Camel says of every component").isEqualTo("Started");
    }

    @Test
    void theEngineAndTheStoreSayWhatTheyDo() throws Exception {
        started();
        ObjectName engine = name("type=services,name=VideoJobEngine");
        ObjectName store = name("type=services,name=VideoJobStore");
        assertThat(server.getAttribute(engine, "OldestOpenJob")).isEqualTo("");

        String id = id(send("direct:submit", "a lighthouse [[render=3s]]", Map.of()));
        send("direct:generate", "a lighthouse [[fault:submit-400]]", Map.of());

        await().atMost(Duration.ofSeconds(20)).until(() -> server.getAttribute(engine, "OldestOpenJob").equals(id));
        assertThat(server.getAttribute(engine, "OpenJobs")).isEqualTo(1);
        assertThat(Instant.parse(server.getAttribute(engine, "OldestOpenJobSince").toString())).isBefore(Instant.now());
        assertThat(invoke(engine, "openJobsByState").toString()).isIn("{\"xai\":{\"ACCEPTED\":1}}", "{\"xai\":{\"RUNNING\":1}}");
        assertThat(invoke(engine, "accounts").at("/0/name").asText()).isEqualTo("default");
        assertThat(invoke(engine, "accounts").toString()).doesNotContain(simulator.apiKey("xai"));
        assertThat(invoke(engine, "gateways").at("/xai/lastSuccess").asText()).isNotBlank();
        for (String attribute : new String[] {"CallsWaiting", "DownloadsInFlight", "DownloadsWaiting"}) {
            assertThat(server.getAttribute(engine, attribute)).as(attribute).isEqualTo(0);
        }

        assertThat(server.getAttribute(store, "Type")).isEqualTo("MemoryJobStore");
        assertThat(server.getAttribute(store, "Durable")).isEqualTo(false);
        assertThat(server.getAttribute(store, "Shared")).isEqualTo(false);
        assertThat(server.getAttribute(store, "Reachable")).isEqualTo(true);
        assertThat(server.getAttribute(store, "Error")).isEqualTo("");
        assertThat(invoke(store, "jobsByState").get("REJECTED").asInt()).isEqualTo(1);
    }

    @Test
    void callsOnTheirWayAreCounted() throws Exception {
        submitsTimeOutSoon();
        simulator.faults().add(Fault.of("submit-timeout").times(1));
        started();
        ObjectName engine = name("type=services,name=VideoJobEngine");

        context.createFluentProducerTemplate().to("direct:generate").withBody("a lighthouse").asyncSend();

        await().atMost(Duration.ofSeconds(20)).until(() -> server.getAttribute(engine, "CallsInFlight").equals(1));
        await().atMost(Duration.ofSeconds(20)).until(() -> server.getAttribute(engine, "CallsInFlight").equals(0));
    }

    @Test
    void everythingIsDescribedAndGoneAfterTheStop() throws Exception {
        started();
        List<ObjectName> names = List.of(name(), name("type=services,name=VideoJobEngine"), name("type=services,name=VideoJobStore"));

        for (ObjectName name : names) {
            MBeanInfo bean = server.getMBeanInfo(name);
            assertThat(bean.getDescription()).isNotBlank();
            Stream.<MBeanFeatureInfo>concat(Stream.of(bean.getOperations()), Stream.of(bean.getAttributes())).forEach(
                    feature -> assertThat(feature.getDescription()).as(feature.getName()).isNotBlank().isNotEqualTo(feature.getName()));
        }
        context.stop();
        assertThat(names).noneMatch(server::isRegistered);
    }
}
