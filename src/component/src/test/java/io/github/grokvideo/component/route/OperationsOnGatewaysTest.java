// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobNotFoundException;
import io.github.grokvideo.component.error.UnsupportedException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation at gateways that have it, and the typed error at those that do not. */
class OperationsOnGatewaysTest extends SimulatedGateway {

    private Exchange send(String uri, Object body) throws Exception {
        if (!context.isStarted()) {
            context.start();
        }
        return context.createFluentProducerTemplate().to(uri).withBody(body).send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai", "toapis", "reapi", "aivideoapi", "uniall"})
    void aSubmittedJobIsLookedAtAndAwaited(String gateway) throws Exception {
        component(context, gateway);

        Exchange submitted = send("grokvideo:submit?duration=6", "a lighthouse");
        assertThat(submitted.getException()).isNull();
        Map<?, ?> job = submitted.getMessage().getBody(Map.class);
        Exchange status = send("grokvideo:status", job.get("jobId"));
        assertThat(status.getException()).isNull();
        assertThat(status.getMessage().getHeader("CamelGrokVideoStatus")).asString().isIn("ACCEPTED", "RUNNING", "RENDERED", "DOWNLOADED");

        Exchange done = send("grokvideo:await?output=url", job);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(String.class)).startsWith("http");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aWaitOfZeroTakesTheVideoOnlyWhenItIsReady() throws Exception {
        Exchange submitted = send("grokvideo:submit", "a lighthouse");
        Object jobId = submitted.getMessage().getHeader("CamelGrokVideoJobId");

        assertThat(send("grokvideo:await?waitTimeout=0", jobId).getException()).isInstanceOf(WaitTimeoutException.class);
        await().atMost(Duration.ofSeconds(10)).until(() ->
                send("grokvideo:await?waitTimeout=0&directory=" + directory.resolve("mine"), jobId).getException() == null);
    }

    @Test
    void aTaskSubmittedElsewhereIsAwaitedByItsOwnId() throws Exception {
        send("grokvideo:submit", "a lighthouse");
        String taskId = simulator.jobs().get(0).id();
        context.stop();
        context = new org.apache.camel.impl.DefaultCamelContext();
        component(context, provider());
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:await").setHeader("CamelGrokVideoTaskId", constant(taskId)).to("grokvideo:await")
                        .process(exchange -> assertThat(exchange.getMessage().getBody(File.class)).isFile());
            }
        });

        assertThat(send("direct:await", null).getException()).isNull();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anUnknownTaskIsSaidSo() throws Exception {
        context.start();
        Exchange failed = context.createFluentProducerTemplate().to("grokvideo:await")
                .withHeader("CamelGrokVideoTaskId", "no-such-task").send();

        assertThat(failed.getException()).isInstanceOf(JobNotFoundException.class);
    }

    @Test
    void jobsAreListedWithoutTheirPromptsAndUrls() throws Exception {
        Object first = send("grokvideo:submit?tag=acme", "a lighthouse at ?key=secret").getMessage().getHeader("CamelGrokVideoJobId");
        Object second = send("grokvideo:submit?tag=globex", "a lighthouse at ?key=secret").getMessage().getHeader("CamelGrokVideoJobId");
        await().atMost(Duration.ofSeconds(10)).until(() -> send("grokvideo:await", second).getException() == null);

        Map<?, ?> all = list(null);
        assertThat(all.get("total")).isEqualTo(2L);
        assertThat(ids(all)).containsExactly(second, first);
        assertThat(all.toString()).doesNotContain("lighthouse", "secret", "http");
        assertThat(ids(list(Map.of("tag", "acme")))).containsExactly(first);
        assertThat(ids(list("{\"state\": \"failed, Unknown\"}"))).isEmpty();
        assertThat(ids(list(Map.of("state", List.of("DELIVERED", "accepted,running,rendered,downloaded"))))).contains(second);
        assertThat(ids(list(Map.of("text", "GLOB", "provider", "xai", "account", "default")))).containsExactly(second);
        Map<?, ?> page = list(Map.of("offset", "1", "limit", 1));
        assertThat(ids(page)).containsExactly(first);
        assertThat(page.get("total")).isEqualTo(2L);
        assertThat(page.get("offset")).isEqualTo(1);
        assertThat(page.get("limit")).isEqualTo(1);
    }

    @Test
    void aListSaysEverythingThatIsWrongWithItsQuery() throws Exception {
        Map<String, Object> wrong = Map.of("state", "RUNNING,broken", "offset", -1, "limit", 501, "tag", List.of(1),
                "text", "\0", "sort", "x");

        assertThat(((InvalidRequestException) send("grokvideo:list", wrong).getException()).getViolations()).extracting("field")
                .containsExactlyInAnyOrder("state", "offset", "limit", "tag", "text", "sort");
        for (Object body : List.of("[1]", "{\"limit\": 0}", Map.of("limit", "many"), Map.of("offset", 1.5), "a prompt", new Object())) {
            assertThat(send("grokvideo:list", body).getException()).as(body.toString()).isInstanceOf(InvalidRequestException.class);
        }
    }

    private Map<?, ?> list(Object query) throws Exception {
        Exchange listed = send("grokvideo:list", query);
        assertThat(listed.getException()).isNull();
        return listed.getMessage().getBody(Map.class);
    }

    private static List<Object> ids(Map<?, ?> page) {
        return ((List<?>) page.get("jobs")).stream().<Object>map(job -> ((Map<?, ?>) job).get("jobId")).toList();
    }

    @ParameterizedTest
    @CsvSource({"toapis", "aivideoapi"})
    void theBalanceWhereThereIsACallForIt(String gateway) throws Exception {
        component(context, gateway);

        Exchange done = send("grokvideo:balance", null);

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader("CamelGrokVideoBalance", BigDecimal.class)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"xai, management", "reapi, reapi", "uniall, uniall"})
    void theBalanceElsewhereSaysWhatIsMissing(String gateway, String word) throws Exception {
        component(context, gateway);

        assertThat(send("grokvideo:balance", null).getException()).isInstanceOf(UnsupportedException.class)
                .hasMessageContainingAll(word);
        assertThat(simulator.requests().entries()).isEmpty();
    }

    @Test
    void validateSpendsNothingAndEstimates() throws Exception {
        Exchange valid = send("grokvideo:validate?duration=10&resolution=720p", "a lighthouse");
        assertThat(valid.getException()).isNull();
        assertThat(valid.getMessage().getHeader("CamelGrokVideoEstimatedCost", BigDecimal.class)).isEqualByComparingTo("0.70");

        Exchange invalid = send("grokvideo:validate?duration=99&resolution=4k&aspectRatio=7:5", "a lighthouse");
        assertThat(((InvalidRequestException) invalid.getException()).getViolations()).extracting("field")
                .containsExactlyInAnyOrder("duration", "resolution", "aspectRatio");
        assertThat(simulator.requests().entries()).isEmpty();
    }

    @Test
    void anUnknownPriceIsAbsentAndNeverZero() throws Exception {
        component(context, "uniall");

        Exchange valid = send("grokvideo:validate?duration=6", "a lighthouse");

        assertThat(valid.getException()).isNull();
        assertThat(valid.getMessage().getHeaders()).doesNotContainKey("CamelGrokVideoEstimatedCost");
    }

    @Test
    void anEarlierJobIsExtendedByItsId() throws Exception {
        component(context, "toapis").getConfiguration().setModel("grok-video-1.0");
        Exchange first = send("grokvideo:submit", "a lighthouse");
        Object jobId = first.getMessage().getHeader("CamelGrokVideoJobId");
        await().atMost(Duration.ofSeconds(10)).until(() ->
                send("grokvideo:await?waitTimeout=0&output=url", jobId).getException() == null);

        Exchange extended = send("grokvideo:submit?mode=extend&video=job:" + jobId, "the light goes on");

        assertThat(extended.getException()).isNull();
        assertThat(simulator.requests().entries(io.github.grokvideo.simulator.log.RequestKind.SUBMIT).get(1).path())
                .endsWith("/videos/" + first.getMessage().getHeader("CamelGrokVideoTaskId") + "/extend");
    }
}
