package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.SubmitUnknownException;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedeliveryTest extends CamelTest {

    private final AtomicInteger attempts = new AtomicInteger();

    private void route(String uri) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:in").to(uri);
            }
        });
    }

    private CompletableFuture<VideoJob> failOnce(ErrorType type, Charged charged, String jobId) {
        return attempts.getAndIncrement() == 0 ? CompletableFuture.failedFuture(FakeEngine.error(type, charged, jobId)) : null;
    }

    @ParameterizedTest
    @CsvSource({ "WAIT_TIMEOUT,YES", "DOWNLOAD_FAILED,YES", "DETACHED,YES", "AUTHENTICATION,UNKNOWN", "JOB_FAILED,UNKNOWN" })
    void aRedeliveredCallAttachesToItsJob(ErrorType type, Charged charged) throws Exception {
        route("grokvideo:generate");
        engine.onAwait = wait -> {
            CompletableFuture<VideoJob> failure = failOnce(type, charged, wait.jobId());
            return failure != null ? failure : engine.answer(engine.finish(wait.jobId()));
        };

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(2).containsOnly(engine.orderedJobs().get(0));
    }

    @Test
    void afterSubmitUnknownEveryRedeliveryAsksForTheSameJob() throws Exception {
        route("grokvideo:submit");
        engine.onSubmit = order -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.SUBMIT_UNKNOWN, Charged.UNKNOWN, order.jobId()));

        assertThat(send("direct:in", "a cat").getException()).isInstanceOf(SubmitUnknownException.class);

        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
    }

    @ParameterizedTest
    @CsvSource({ "RATE_LIMITED", "SUBMIT_REJECTED", "INSUFFICIENT_CREDIT", "SPEND_LIMIT", "DETACHED",
            "AUTHENTICATION", "JOB_KEY_CONFLICT", "INVALID_REQUEST" })
    void whatCreatedNothingIsANewJobTheNextTime(ErrorType type) throws Exception {
        route("grokvideo:generate");
        engine.onSubmit = order -> {
            CompletableFuture<VideoJob> failure = failOnce(type, Charged.NO, order.jobId());
            return failure != null ? failure : engine.answer(engine.accept(order));
        };

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aStoreThatIsAwayDoesNotMakeTheCallForgetWhatItMayHavePaidFor() throws Exception {
        route("grokvideo:generate");
        engine.onSubmit = order -> {
            CompletableFuture<VideoJob> failure = failOnce(ErrorType.STORE_UNAVAILABLE, Charged.NO, order.jobId());
            return failure != null ? failure : engine.answer(engine.accept(order));
        };

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(2).containsOnly(engine.orderedJobs().get(0));
    }

    @Test
    void aLoopMakesANewVideoEachTime() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").loop(3).setBody(constant("same prompt")).to("grokvideo:generate").end();
            }
        });

        assertThat(send("direct:in", "x").getException()).isNull();
        assertThat(engine.orderedJobs()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aSplitMakesANewVideoForEachPartAlsoForEqualOnes() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).parallelProcessing().to("grokvideo:generate").end();
            }
        });

        assertThat(send("direct:in", List.of("a", "a", "b")).getException()).isNull();
        assertThat(engine.orderedJobs()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aRouteRedeliveredFromBeforeTheCallGetsTheVideoItHasPaidFor() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .to("direct:work");
                from("direct:work").errorHandler(noErrorHandler()).to("grokvideo:generate").process(exchange -> {
                    if (attempts.getAndIncrement() < 2) {
                        throw new IllegalStateException("sink is down");
                    }
                    assertThat(exchange.getMessage().getBody(String.class)).startsWith("video of");
                });
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(attempts).hasValue(3);
        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
        assertThat(engine.settlements()).containsOnly(true).hasSize(3);
    }

    @Test
    void aLoopTurnAfterSomethingElseWasRedeliveredIsStillANewVideo() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:in").loop(2).setBody(constant("same")).to("grokvideo:generate").process(exchange -> {
                    if (attempts.getAndIncrement() == 0) {
                        throw new IllegalStateException("once");
                    }
                }).end();
            }
        });

        assertThat(send("direct:in", "x").getException()).isNull();
        assertThat(engine.orderedJobs()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anotherRequestOrAnotherProducerIsAnotherJob() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").doTry().to("grokvideo:generate").doCatch(Exception.class).end()
                        .setHeader(GrokVideoConstants.DURATION, constant(9)).to("direct:again");
                from("direct:again").doTry().to("grokvideo:generate?user=b").doCatch(Exception.class).end();
            }
        });
        engine.onAwait = wait -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.WAIT_TIMEOUT, Charged.YES, wait.jobId()));

        Exchange exchange = send("direct:in", "a cat", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(engine.orderedJobs()).hasSize(2).doesNotHaveDuplicates();
    }
}
