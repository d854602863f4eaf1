// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.JobState;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code status} with the header that lets its answer wait for the end of the job. */
class StatusWaitTest extends CamelTest {

    private String jobId;

    @BeforeEach
    void submitted() {
        send("grokvideo:submit", "a cat");
        jobId = engine.lastOrder().jobId();
    }

    private Exchange status(Object wait) {
        return send("grokvideo:status", jobId, Map.of(GrokVideoConstants.STATUS_WAIT, wait));
    }

    @Test
    void withoutItNothingWaits() {
        send("grokvideo:status", jobId);
        status("0");

        assertThat(engine.pauses).isEmpty();
    }

    @Test
    void anOpenJobIsAnsweredAsItIsAfterTheTime() {
        Exchange exchange = status("20s");

        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("status", "ACCEPTED");
        assertThat(status(1500L).getException()).isNull();
        assertThat(status(Duration.ofMinutes(1)).getException()).isNull();
        assertThat(engine.pauses).containsExactly(Duration.ofSeconds(20), Duration.ofMillis(1500), Duration.ofMinutes(1));
    }

    @Test
    void aJobThatHasItsVideoIsAnsweredAtOnce() {
        engine.finish(jobId);

        assertThat(status("20s").getMessage().getBody(Map.class)).containsEntry("status", "DOWNLOADED");
        assertThat(engine.pauses).isEmpty();
    }

    @Test
    void theAnswerComesWithTheEndOfTheJob() {
        engine.holdsPauses = true;
        CompletableFuture<Exchange> answer = template.asyncSend("grokvideo:status", this::ask);
        await().atMost(10, TimeUnit.SECONDS).until(() -> !engine.resting.isEmpty());

        engine.finish(jobId);
        engine.resting.values().forEach(pause -> pause.complete(null));

        assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join().getMessage().getBody(Map.class)).containsEntry("status", "DOWNLOADED");
    }

    @Test
    void aRouteThatStopsEndsTheWait() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("asking").to("grokvideo:status");
            }
        });
        engine.holdsPauses = true;
        CompletableFuture<Exchange> answer = template.asyncSend("direct:in", this::ask);
        await().atMost(10, TimeUnit.SECONDS).until(() -> !engine.resting.isEmpty());

        context.getRouteController().stopRoute("asking", 100, TimeUnit.MILLISECONDS);

        assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join().getException()).isInstanceOf(DetachedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "20 apples"})
    void aWrongTimeIsRefused(String wait) {
        assertThat(status(wait).getException()).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("CamelGrokVideoStatusWait");
        assertThat(engine.jobs.get(jobId).state()).isEqualTo(JobState.ACCEPTED);
    }

    private void ask(Exchange exchange) {
        exchange.getMessage().setBody(jobId);
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS_WAIT, "10m");
    }
}
