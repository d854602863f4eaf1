// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.simulator.log.RequestKind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The meters after a run whose every step is known. */
class ObservedMetricsTest extends SimulatedGateway {

    private static final Pattern NAME = Pattern.compile("grokvideo_[a-z_]+");
    private static final Pattern ROW = Pattern.compile("^\\| `(grokvideo\\.[a-z.]+)` \\| [^|]+ \\| ([^|]*) \\|", Pattern.MULTILINE);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Two good jobs, one of them after a 429, a poll that got no answer and a broken download; one moderated, one rejected, one in
     * doubt.
     */
    private void script() throws Exception {
        context.getRegistry().bind("meters", registry);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
            }
        });
        for (String prompt : List.of("one", "two [[fault:submit-429 retry-after=0]] [[fault:poll-500]] [[fault:download-500]]",
                "three [[fault:job-moderated]]", "four [[fault:submit-400]]", "five [[fault:submit-500]]")) {
            context.createFluentProducerTemplate().to("direct:generate").withBody(prompt).send();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> count("grokvideo.jobs.ended", "state", "delivered") == 2);
    }

    private double count(String name, String... tags) {
        return registry.find(name).tags(tags).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .filter(one -> one.getStatistic() == Statistic.COUNT).mapToDouble(one -> one.getValue()).sum();
    }

    @Test
    void theCountsAreExact() throws Exception {
        script();

        assertThat(count("grokvideo.submits", "outcome", "accepted")).isEqualTo(3);
        assertThat(count("grokvideo.submits", "outcome", "repeated")).isEqualTo(1);
        assertThat(count("grokvideo.submits", "outcome", "rejected")).isEqualTo(1);
        assertThat(count("grokvideo.submits", "outcome", "unknown")).isEqualTo(1);
        assertThat(count("grokvideo.submits")).isEqualTo(posts());
        assertThat(count("grokvideo.jobs.ended", "state", "moderated")).isEqualTo(1);
        assertThat(count("grokvideo.jobs.ended", "state", "rejected")).isEqualTo(1);
        assertThat(count("grokvideo.jobs.ended", "state", "unknown")).isEqualTo(1);
        assertThat(count("grokvideo.polls")).isEqualTo(simulator.requests().count(RequestKind.POLL));
        assertThat(count("grokvideo.polls", "outcome", "no_answer")).isEqualTo(1);
        assertThat(count("grokvideo.polls", "outcome", "rendered")).isEqualTo(2);
        assertThat(count("grokvideo.polls", "outcome", "ended")).isEqualTo(1);
        assertThat(count("grokvideo.poll.lag")).isEqualTo(2);
        assertThat(count("grokvideo.wait", "outcome", "rendered")).isEqualTo(2);
        assertThat(count("grokvideo.wait", "outcome", "moderated")).isEqualTo(1);
        assertThat(count("grokvideo.retries", "what", "submit")).isEqualTo(1);
        assertThat(count("grokvideo.retries", "what", "poll")).isEqualTo(1);
        assertThat(count("grokvideo.retries", "what", "download")).isEqualTo(1);
        assertThat(count("grokvideo.download", "outcome", "done")).isEqualTo(2);
        assertThat(count("grokvideo.download", "outcome", "failed")).isEqualTo(1);
        assertThat(count("grokvideo.download.bytes")).isEqualTo(simulator.jobs().stream()
                .filter(job -> job.downloads() > 0).mapToDouble(job -> job.fileSize()).sum());
        assertThat(count("grokvideo.gateway.calls", "operation", "submit")).isEqualTo(posts());
        assertThat(count("grokvideo.gateway.calls", "operation", "poll")).isEqualTo(simulator.requests().count(RequestKind.POLL));
        assertThat(count("grokvideo.gateway.calls")).isEqualTo(posts() + simulator.requests().count(RequestKind.POLL));
        assertThat(count("grokvideo.spend", "unit", "USD")).isCloseTo(simulator.ledger().spent("xai").doubleValue(), within(1e-9));
        assertThat(registry.find("grokvideo.jobs.open").gauges()).isNotEmpty().allMatch(gauge -> gauge.value() == 0);
    }

    @Test
    void aJobOfWhichOnlyTheUrlWasWantedEndsOnce() throws Exception {
        context.getRegistry().bind("meters", registry);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate?output=url");
            }
        });
        Object id = context.createFluentProducerTemplate().to("direct:generate").withBody("one").send().getMessage()
                .getHeader("CamelGrokVideoJobId");

        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        await().atMost(Duration.ofSeconds(10)).until(
                () -> component.getEngine().find(id.toString()).orElseThrow().state() == JobState.DELIVERED);
        assertThat(count("grokvideo.jobs.ended", "state", "rendered")).isEqualTo(1);
        assertThat(count("grokvideo.jobs.ended")).isEqualTo(1);
        assertThat(count("grokvideo.wait")).isEqualTo(1);
        assertThat(count("grokvideo.spend", "unit", "USD")).isCloseTo(simulator.ledger().spent("xai").doubleValue(), within(1e-9));
    }

    @Test
    void deliveriesOfCompletedJobsAreCountedByTheirEnd() throws Exception {
        context.getRegistry().bind("meters", registry);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0&maximumDeliveries=2&redeliveryDelay=50ms").process(exchange -> {
                    String tag = exchange.getMessage().getHeader("CamelGrokVideoJobTag", String.class);
                    if (tag.equals("never") || tag.equals("second") && seen.add(tag)) {
                        throw new IllegalStateException("the sink is away");
                    }
                });
            }
        });
        for (String tag : List.of("first", "second", "never")) {
            context.createFluentProducerTemplate().to("direct:submit").withBody("a lighthouse").withHeader("CamelGrokVideoTag", tag).send();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> count("grokvideo.deliveries") == 5);
        assertThat(count("grokvideo.deliveries", "outcome", "acknowledged")).isEqualTo(2);
        assertThat(count("grokvideo.deliveries", "outcome", "given_back")).isEqualTo(2);
        assertThat(count("grokvideo.deliveries", "outcome", "undelivered")).isEqualTo(1);
        assertThat(registry.find("grokvideo.deliveries").counters()).allMatch(one -> one.getId().getTag("provider").equals("xai"));
        assertThat(registry.scrape()).contains("grokvideo_deliveries_total{outcome=\"acknowledged\",provider=\"xai\"} 2.0");
    }

    @Test
    void theLabelsHaveFewValues() throws Exception {
        script();

        Set<String> labels = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            meter.getId().getTags().forEach(tag -> labels.add(tag.getKey()));
        }
        assertThat(labels).isSubsetOf(
                "provider", "account", "mode", "operation", "outcome", "state", "status", "unit", "estimated", "what");
    }

    @Test
    void openJobsAreCountedByState() throws Exception {
        context.getRegistry().bind("meters", registry);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
            }
        });
        for (int i = 0; i < 3; i++) {
            context.createFluentProducerTemplate().to("direct:submit").withBody("a lighthouse [[render=3s]]").send();
        }

        await().atMost(Duration.ofSeconds(20))
                .until(() -> registry.find("grokvideo.jobs.open").tag("state", "running").gauge().value() == 3);
        await().atMost(Duration.ofSeconds(10)).until(() -> registry.find("grokvideo.jobs.open").gauges().stream()
                .allMatch(gauge -> gauge.value() == 0));
    }

    @Test
    void theDocumentedTableIsTheTruth() throws Exception {
        script();
        String page = Files.readString(Path.of("src/main/docs/grokvideo-observability.adoc"));
        Map<String, Set<String>> documented = ROW.matcher(page).results().collect(Collectors.toMap(
                row -> row.group(1), row -> words(row.group(2))));
        Map<String, Set<String>> real = registry.getMeters().stream().filter(meter -> meter.getId().getName().startsWith("grokvideo."))
                .collect(Collectors.toMap(meter -> meter.getId().getName(),
                        meter -> meter.getId().getTags().stream().map(tag -> tag.getKey()).collect(Collectors.toCollection(TreeSet::new)),
                        (one, other) -> one));

        // Only completed consumers make deliveries.
        documented.remove("grokvideo.deliveries");
        // WebhooksTest has these.
        documented.keySet().removeIf(name -> name.startsWith("grokvideo.webhook"));
        // SpendTest has these.
        documented.keySet().removeIf(name -> name.startsWith("grokvideo.budget"));
        assertThat(documented).isEqualTo(real);
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split("[, ]+")).map(word -> word.replace("`", "").strip()).filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws Exception {
        script();
        Set<String> there = new TreeSet<>();
        registry.scrape().lines().filter(line -> line.startsWith("grokvideo_")).forEach(line -> {
            Matcher name = NAME.matcher(line);
            assertThat(name.lookingAt()).isTrue();
            there.add(name.group());
        });
        // Only completed consumers make it.
        there.add("grokvideo_deliveries_total");

        Set<String> asked = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper().readTree(
                Path.of("../../examples/grafana/grokvideo-dashboard.json").toFile());
        for (JsonNode expression : dashboard.findValues("expr")) {
            Matcher name = NAME.matcher(expression.asText());
            while (name.find()) {
                asked.add(name.group());
            }
        }

        assertThat(asked).hasSizeGreaterThan(8);
        assertThat(there).containsAll(asked);
    }
}
