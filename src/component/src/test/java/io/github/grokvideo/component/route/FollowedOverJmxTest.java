// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a console follows the jobs: it learns that one has changed, and fetches what has changed alone. */
class FollowedOverJmxTest extends SimulatedGateway {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where it is another day than in Greenwich. */
    private static final ZoneId ZONE = ZoneId.of(Instant.now().atOffset(ZoneOffset.UTC).getHour() < 12 ? "-12:00" : "+14:00");

    @BeforeEach
    void started() throws Exception {
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setBudgetZone(ZONE.getId());
        component.getConfiguration().setMaxPollInterval(Duration.ofMinutes(1));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
                from("direct:submit").to("grokvideo:submit");
            }
        });
    }

    private Object call(String bean, String operation, Object... arguments) throws Exception {
        ObjectName name = ManagementFactory.getPlatformMBeanServer().queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=services,name=" + bean + "*"), null)
                .iterator().next();
        String[] types = Arrays.stream(arguments).map(argument -> argument instanceof Integer ? "int"
                : argument instanceof Boolean ? "boolean" : "java.lang.String").toArray(String[]::new);
        return ManagementFactory.getPlatformMBeanServer().invoke(name, operation, arguments, types);
    }

    private JsonNode read(String bean, String operation, Object... arguments) throws Exception {
        return JSON.readTree((String) call(bean, operation, arguments));
    }

    private String send(String uri, String prompt) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).send().getMessage()
                .getHeader("CamelGrokVideoJobId", String.class);
    }

    private String known() throws Exception {
        Map<String, String> known = new LinkedHashMap<>();
        read("VideoJobs", "jobs", "", "", "", "created", true, 0, 20).get("jobs")
                .forEach(row -> known.put(row.get("id").asText(), row.get("version").asText()));
        return JSON.writeValueAsString(known);
    }

    @Test
    void whatHasChangedIsFetchedAlone() throws Exception {
        String delivered = send("direct:generate", "one");
        await().atMost(Duration.ofSeconds(10)).until(() -> read("VideoJobs", "job", delivered).get("state").asText().equals("DELIVERED"));
        String running = send("direct:submit", "two [[render=1m]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> read("VideoJobs", "pollNow", running).get("state").asText().equals("RUNNING"));
        String mark = (String) call("VideoJobs", "changes");
        String known = known();
        assertThat(mark).isNotEmpty().isEqualTo(call("VideoJobs", "changes"));
        assertThat(read("VideoJobs", "changed", known).toString()).isEqualTo("{\"jobs\":[],\"gone\":[]}");

        call("VideoJobs", "redeliver", delivered);

        assertThat(call("VideoJobs", "changes")).isNotEqualTo(mark);
        JsonNode changed = read("VideoJobs", "changed", known);
        assertThat(changed.get("jobs").findValuesAsText("id")).containsExactly(delivered);
        assertThat(changed.at("/jobs/0/detached").asBoolean()).as("offered to whoever takes it").isTrue();
        assertThat(read("VideoJobs", "changed", "{\"nobody\":\"1\"}").toString()).isEqualTo("{\"jobs\":[],\"gone\":[\"nobody\"]}");
    }

    @Test
    void newerJobsAreCountedUnderTheSameFilters() throws Exception {
        assertThat(call("VideoJobs", "newer", "", "", "", "")).isEqualTo(0L);
        String first = send("direct:generate", "one");
        send("direct:generate", "two");
        send("direct:generate", "three [[fault:job-failed]]");

        assertThat(call("VideoJobs", "newer", "", "", "", first)).isEqualTo(2L);
        assertThat(call("VideoJobs", "newer", "FAILED", "", "", first)).isEqualTo(1L);
        assertThat(call("VideoJobs", "newer", "", "fal", "", first)).isEqualTo(0L);
        assertThat(call("VideoJobs", "newer", "", "", "", "")).isEqualTo(3L);
        assertThat(call("VideoJobs", "newer", "", "", "", "gone")).isEqualTo(-1L);
    }

    @Test
    void whatIsNotKnownRowsIsRefusedPlainly() {
        for (String known : new String[] {"", "[]", "{\"a\":null}", "null", "{\"a\":"}) {
            assertThatThrownBy(() -> call("VideoJobs", "changed", known)).rootCause()
                    .isExactlyInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("known must be JSON of");
        }
    }

    @Test
    void theActivityOfTheLastHoursIsToldByGroup() throws Exception {
        send("direct:generate", "one [[render=300ms]]");
        send("direct:generate", "two");

        JsonNode activity = read("VideoSpending", "activity", 1, "model");

        assertThat(activity.get("durable").asBoolean()).isFalse();
        assertThat(activity.at("/sums/0/jobs").asInt()).isEqualTo(2);
        assertThat(activity.at("/sums/0/model").asText()).isEqualTo(activity.at("/times/0/model").asText()).startsWith("grok");
        LocalDate lastDay = LocalDate.ofInstant(Instant.parse(activity.get("until").asText()), ZONE);
        assertThat(activity.get("lastDay").asText()).isEqualTo(lastDay.toString());
        assertThat(activity.at("/days").findValuesAsText("day")).isNotEmpty()
                .isSubsetOf(lastDay.toString(), lastDay.minusDays(1).toString());
        JsonNode times = activity.get("times").get(0);
        assertThat(times.get("videos").asInt()).isEqualTo(2);
        assertThat(times.get("totalMillis").asLong()).isPositive();
        assertThat(times.get("p95Millis").asLong()).isGreaterThanOrEqualTo(times.get("totalMillis").asLong());
        assertThatThrownBy(() -> call("VideoSpending", "activity", 0, "model")).rootCause().hasMessage("hours must be 1 to 9600: 0");
        assertThatThrownBy(() -> call("VideoSpending", "activity", 1, "day")).rootCause()
                .hasMessage("by must be account, tag or model: day");
    }

    @Test
    void whatWaitsForAPersonIsCounted() throws Exception {
        send("direct:generate", "one [[fault:submit-500]]");

        assertThat(read("VideoProblems", "counts").get("unknown").asInt()).isEqualTo(1);
        assertThat(read("VideoProblems", "problems", 10).at("/unknown/0/error/type").asText()).isEqualTo("SUBMIT_UNKNOWN");
    }
}
