// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

class OperationsTest extends CamelTest {

    /** Runs a route to its end and gives what was there before the unit of work ended. */
    private Exchange routed(String uri, Object body, Map<String, Object> headers) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri).process(exchange -> {
                    if (exchange.getMessage().getBody() instanceof File file) {
                        exchange.setProperty("content", Files.readString(file.toPath()));
                    }
                    if (exchange.getMessage().getBody() instanceof InputStream in) {
                        exchange.setProperty("content", new String(in.readAllBytes()));
                    }
                }).to("mock:out");
            }
        });
        MockEndpoint out = context.getEndpoint("mock:out", MockEndpoint.class);
        out.setCopyOnExchange(false);
        Exchange sent = send("direct:in", body, headers);
        assertThat(sent.getException()).isNull();
        return out.getReceivedExchanges().get(0);
    }

    @Test
    void generateHandsOnAFileAndTellsEverything() throws Exception {
        Exchange exchange = routed("grokvideo:generate", "a cat", Map.of(Exchange.FILE_NAME, "prompt.txt"));

        String jobId = engine.lastOrder().jobId();
        assertThat(exchange.getProperty("content")).isEqualTo("video of " + jobId);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(GrokVideoConstants.JOB_ID, jobId)
                .containsEntry(GrokVideoConstants.TASK_ID, "task-1")
                .containsEntry(GrokVideoConstants.PROVIDER, "xai")
                .containsEntry(GrokVideoConstants.JOB_ACCOUNT, "default")
                .containsEntry(GrokVideoConstants.JOB_MODEL, "m-1")
                .containsEntry(GrokVideoConstants.JOB_MODE, "text-to-video")
                .containsEntry(GrokVideoConstants.STATUS, "DOWNLOADED")
                .containsEntry(GrokVideoConstants.COST, new BigDecimal("0.40"))
                .containsEntry(GrokVideoConstants.COST_UNIT, "USD")
                .containsEntry(GrokVideoConstants.SIZE, 42L)
                .containsEntry(GrokVideoConstants.SHA256, "ab")
                .containsEntry(GrokVideoConstants.SUBMITS, 1)
                .containsEntry(GrokVideoConstants.POLLS, 3)
                .containsEntry(GrokVideoConstants.DOWNLOADS, 1)
                .containsEntry(GrokVideoConstants.URL, "https://media.example/v.mp4")
                .containsEntry(Exchange.CONTENT_TYPE, "video/mp4")
                .containsEntry(Exchange.FILE_NAME, "prompt.txt")
                .containsKeys(GrokVideoConstants.SUBMITTED_AT, GrokVideoConstants.ACCEPTED_AT, GrokVideoConstants.RENDERED_AT,
                        GrokVideoConstants.DOWNLOADED_AT, GrokVideoConstants.WAIT_MILLIS, Exchange.CONTENT_LENGTH);
    }

    @Test
    void generateHandsOnAStreamThatIsClosedAtTheEnd() throws Exception {
        Exchange exchange = routed("grokvideo:generate?output=stream", "a cat", Map.of());

        assertThat(exchange.getProperty("content").toString()).startsWith("video of ");
        assertThat(engine.settlements()).containsExactly(true);
    }

    @Test
    void onlyOutputUrlShowsTheUrlWithItsSecret() throws Exception {
        Exchange exchange = routed("grokvideo:generate?output=url", "a cat", Map.of());

        assertThat(exchange.getMessage().getBody()).isEqualTo(FakeEngine.URL);
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.URL)).isEqualTo(FakeEngine.URL);
        assertThat(engine.lastOrder().urlOnly()).isTrue();
        assertThat(engine.handedOut).isEmpty();
    }

    @Test
    void submitReturnsAtOnceWithAMapForTheNextSystem() throws Exception {
        Exchange exchange = routed("grokvideo:submit", "a cat", Map.of());

        assertThat(engine.waits).isEmpty();
        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("jobId", engine.lastOrder().jobId())
                .containsEntry("taskId", "task-1").containsEntry("status", "ACCEPTED").containsEntry("provider", "xai");
    }

    @Test
    void awaitTakesTheJobFromHeaderOrBody() throws Exception {
        send("grokvideo:submit", "a cat");
        String jobId = engine.lastOrder().jobId();

        String json = "{\"jobId\": \"" + jobId + "\"}";
        for (Object body : List.of(jobId, Map.of("jobId", jobId), json, json.getBytes(), new ByteArrayInputStream(json.getBytes()),
                new ObjectMapper().readTree(json), Files.writeString(directory.resolve("job.json"), json).toFile())) {
            assertThat(send("grokvideo:await", body).getException()).isNull();
        }
        assertThat(send("grokvideo:await?waitTimeout=0", "x", Map.of(GrokVideoConstants.JOB_ID, jobId)).getException()).isNull();

        assertThat(engine.waits).extracting("jobId").containsOnly(jobId).hasSize(8);
        assertThat(engine.waits.get(7).waitTimeout()).isZero();
        assertThat(engine.orders).hasSize(1);
    }

    @Test
    void awaitAdoptsATaskSubmittedElsewhere() {
        Exchange exchange = send("grokvideo:await", null, Map.of(GrokVideoConstants.TASK_ID, "t-9"));

        assertThat(exchange.getException()).isNull();
        assertThat(engine.calls).contains("adopt default t-9");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.JOB_ID)).isEqualTo("adopted-t-9");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.JOB_MODEL)).isNull();
    }

    @Test
    void awaitWithoutAJobSaysWhatIsMissing() {
        assertThat(send("grokvideo:await", "").getException()).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("CamelGrokVideoJobId");
        assertThat(send("grokvideo:status", "{\"broken").getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(send("grokvideo:status", new byte[1 << 20]).getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(send("grokvideo:status", new Object()).getException()).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void statusAnswersAlsoForJobsThatEndedBadly() {
        send("grokvideo:submit", "a cat");
        String jobId = engine.lastOrder().jobId();
        engine.jobs.computeIfPresent(jobId, (id, job) -> job.with(now -> now.state(JobState.FAILED)
                .error(JobError.of(ErrorType.JOB_FAILED, "sad", io.github.grokvideo.component.error.Charged.UNKNOWN))));

        Exchange exchange = send("grokvideo:status", jobId);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("status", "FAILED").containsEntry("error", "sad");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo("JOB_FAILED");
    }

    @Test
    void balanceIsANumberOrUnlimited() {
        Exchange limited = send("grokvideo:balance", null);
        engine.balance = new BalanceAnswer.Balance(null, Cost.usd("3"));
        Exchange unlimited = send("grokvideo:balance", "x");

        assertThat(limited.getMessage().getBody()).isEqualTo(new BigDecimal("12.5"));
        assertThat(limited.getMessage().getHeader(GrokVideoConstants.BALANCE_UNIT)).isEqualTo("credits");
        assertThat(limited.getMessage().getHeader(GrokVideoConstants.BALANCE_UNLIMITED)).isEqualTo(false);
        assertThat(unlimited.getMessage().getBody()).isNull();
        assertThat(unlimited.getMessage().getHeader(GrokVideoConstants.BALANCE_UNLIMITED)).isEqualTo(true);
        assertThat(unlimited.getMessage().getHeader(GrokVideoConstants.BALANCE_USED)).isEqualTo(new BigDecimal("3"));
    }

    @Test
    void validateSpendsNothingAndNeverGuessesAPrice() {
        Exchange unknown = send("grokvideo:validate", "a cat");
        engine.onValidate = order -> new ResolvedRequest(order.request(), List.of(), Cost.usd("0.6"));
        Exchange priced = send("grokvideo:validate", "a cat");
        engine.onValidate = order -> new ResolvedRequest(order.request(), List.of(new Violation("duration", "99", "1..15")), null);
        Exchange wrong = send("grokvideo:validate", "a cat");

        assertThat(unknown.getMessage().getBody()).isEqualTo("a cat");
        assertThat(unknown.getMessage().getHeader(GrokVideoConstants.ESTIMATED_COST)).isNull();
        assertThat(priced.getMessage().getHeader(GrokVideoConstants.ESTIMATED_COST)).isEqualTo(new BigDecimal("0.6"));
        assertThat(wrong.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("duration=99: 1..15");
        assertThat(engine.orders).isEmpty();
    }

    @Test
    void headersOfAnEarlierCallAreNotTakenForThisOne() throws Exception {
        Exchange exchange = routed("grokvideo:balance", null, Map.of(GrokVideoConstants.COST, 1, GrokVideoConstants.URL, "x",
                GrokVideoConstants.ERROR_TYPE, "X"));

        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(GrokVideoConstants.COST, GrokVideoConstants.URL,
                GrokVideoConstants.ERROR_TYPE);
    }
}
