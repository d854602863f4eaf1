// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.VideoOrder.SubmitUnknown;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With keepWaiting an exchange stays with its job through all that passes. */
class KeepWaitingTest extends CamelTest {

    private static final String GENERATE = "grokvideo:generate?keepWaiting=true&submitUnknown=resubmit";

    private final Deque<JobError> submits = new ArrayDeque<>();
    private final Deque<JobError> awaits = new ArrayDeque<>();

    @BeforeEach
    void failAsTold() {
        engine.onSubmit = order -> submits.isEmpty() ? engine.answer(engine.accept(order)) : failed(submits.remove(), order.jobId());
        engine.onAwait = wait -> awaits.isEmpty() ? engine.answer(engine.finish(wait.jobId())) : failed(awaits.remove(), wait.jobId());
    }

    private static CompletableFuture<VideoJob> failed(JobError error, String jobId) {
        return CompletableFuture.failedFuture(error.toException(jobId, "xai"));
    }

    private static JobError error(ErrorType type, Charged charged, boolean retryable) {
        return JobError.of(type, "no luck", charged).withRetryable(retryable);
    }

    @Test
    void itTakesUpTheAcceptedJobUntilTheVideoIsHere() {
        awaits.addAll(List.of(error(ErrorType.WAIT_TIMEOUT, Charged.YES, false), error(ErrorType.DOWNLOAD_FAILED, Charged.YES, true),
                error(ErrorType.STORE_UNAVAILABLE, Charged.UNKNOWN, true), error(ErrorType.AUTHENTICATION, Charged.YES, false)));

        Exchange exchange = send(GENERATE, "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(engine.handedOut).hasSize(1);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(GrokVideoConstants.ERROR);
        assertThat(engine.orders).as("sent once").hasSize(1);
        assertThat(engine.waits).extracting(AwaitOrder::jobId).hasSize(5).containsOnly(engine.lastOrder().jobId());
    }

    @Test
    void whatCouldNotBeBegunIsBegunUnderTheSameId() {
        submits.addAll(List.of(error(ErrorType.RATE_LIMITED, Charged.NO, true), error(ErrorType.STORE_UNAVAILABLE, Charged.NO, true),
                error(ErrorType.WAIT_TIMEOUT, Charged.UNKNOWN, false), error(ErrorType.DETACHED, Charged.NO, true)));

        assertThat(send(GENERATE, "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(5).containsOnly(engine.lastOrder().jobId());
        assertThat(engine.orders.get(0).submitUnknown()).isEqualTo(SubmitUnknown.RESUBMIT);
        assertThat(engine.orders.subList(1, 5)).as("a job in doubt is not sent again by itself")
                .allMatch(order -> order.submitUnknown() == SubmitUnknown.FAIL);
    }

    @ParameterizedTest
    @EnumSource(value = ErrorType.class, mode = EnumSource.Mode.EXCLUDE, names = {"WAIT_TIMEOUT", "STORE_UNAVAILABLE", "AUTHENTICATION"})
    void anEndOfTheJobEndsTheCall(ErrorType type) {
        awaits.add(error(type, Charged.YES, false));

        Exchange exchange = send(GENERATE, "a cat");

        assertThat(exchange.getException()).isNotNull();
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo(type.name());
        assertThat(engine.pauses).isEmpty();
    }

    @Test
    void itRestsEverLongerAndNoLongerThanFiveMinutes() {
        for (int i = 0; i < 12; i++) {
            submits.add(error(ErrorType.RATE_LIMITED, Charged.NO, true));
        }

        send(GENERATE, "a cat");

        assertThat(engine.pauses).hasSize(12);
        assertThat(engine.pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1200));
        assertThat(engine.pauses.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofMillis(9600));
        assertThat(engine.pauses.get(11)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    void whatWentWrongIsLoggedOnce() throws Exception {
        awaits.addAll(List.of(error(ErrorType.WAIT_TIMEOUT, Charged.YES, false), error(ErrorType.DOWNLOAD_FAILED, Charged.YES, true)));

        try (LogRecorder log = new LogRecorder()) {
            send(GENERATE, "a cat");

            assertThat(log.atLeast(Level.WARN)).singleElement().asString().contains(engine.lastOrder().jobId(), "keepWaiting", "no luck");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grokvideo:generate", "grokvideo:generate?keepWaiting=true&waitTimeout=0"})
    void withoutItTheExchangeFails(String uri) {
        awaits.add(error(ErrorType.WAIT_TIMEOUT, Charged.YES, false));

        assertThat(send(uri, "a cat").getException()).isInstanceOf(WaitTimeoutException.class);
    }

    @Test
    void awaitStaysAsWell() {
        awaits.addAll(List.of(error(ErrorType.WAIT_TIMEOUT, Charged.YES, false), error(ErrorType.DOWNLOAD_FAILED, Charged.YES, true)));

        Exchange exchange = send("grokvideo:await?keepWaiting=true", null, Map.of(GrokVideoConstants.TASK_ID, "task-7"));

        assertThat(exchange.getException()).isNull();
        assertThat(engine.calls).containsOnlyOnce("adopt default task-7");
        assertThat(engine.waits).hasSize(3);
    }

    @Test
    void submitStaysUntilItsAccountCanSubmit() {
        submits.addAll(List.of(error(ErrorType.RATE_LIMITED, Charged.NO, true), error(ErrorType.STORE_UNAVAILABLE, Charged.NO, true),
                error(ErrorType.AUTHENTICATION, Charged.NO, false), error(ErrorType.INSUFFICIENT_CREDIT, Charged.NO, false),
                error(ErrorType.SPEND_LIMIT, Charged.NO, false)));

        Exchange exchange = send("grokvideo:submit?keepWaiting=true&submitUnknown=resubmit", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("jobId", engine.lastOrder().jobId());
        assertThat(engine.orderedJobs()).hasSize(6).containsOnly(engine.lastOrder().jobId());
        assertThat(engine.lastOrder().submitUnknown()).as("a job in doubt is not sent again by itself").isEqualTo(SubmitUnknown.FAIL);
        assertThat(engine.waits).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ErrorType.class, mode = EnumSource.Mode.EXCLUDE,
                names = {"RATE_LIMITED", "STORE_UNAVAILABLE", "AUTHENTICATION", "INSUFFICIENT_CREDIT", "SPEND_LIMIT", "WAIT_TIMEOUT"})
    void whatASubmitCannotWaitForEndsIt(ErrorType type) {
        submits.add(error(type, Charged.NO, false));

        Exchange exchange = send("grokvideo:submit?keepWaiting=true", "a cat");

        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo(type.name());
        assertThat(engine.pauses).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ErrorType.class, names = {"INSUFFICIENT_CREDIT", "SPEND_LIMIT", "AUTHENTICATION"})
    void generateDoesNotStayWithAnAccountThatCannotSubmit(ErrorType type) {
        submits.add(error(type, Charged.NO, false));

        assertThat(send(GENERATE, "a cat").getMessage().getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo(type.name());
    }

    private void restingRoute() throws Exception {
        engine.holdsPauses = true;
        awaits.add(error(ErrorType.WAIT_TIMEOUT, Charged.YES, false));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("rests").to(GENERATE);
            }
        });
    }

    @Test
    void theThreadIsFreeMeanwhileAndTheExchangeEndsOnce() throws Exception {
        restingRoute();
        CompletableFuture<Exchange> sent = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("a cat"));
        Awaitility.await().until(() -> !engine.resting.isEmpty());
        assertThat(sent).isNotDone();

        engine.resting.get("rests").complete(null);

        assertThat(sent.get().getException()).isNull();
        assertThat(engine.handedOut).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStopEndsItWithTheResumableDetached(boolean all) throws Exception {
        restingRoute();
        CompletableFuture<Exchange> sent = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("a cat"));
        Awaitility.await().until(() -> !engine.resting.isEmpty());

        if (all) {
            context.stop();
        } else {
            context.getRouteController().stopRoute("rests", 100, TimeUnit.MILLISECONDS);
        }

        assertThat(sent.get().getException()).isInstanceOf(DetachedException.class);
        assertThat(sent.get().getMessage().getHeader(GrokVideoConstants.ERROR_RESUMABLE)).isEqualTo(true);
        assertThat(engine.orders).hasSize(1);
    }
}
