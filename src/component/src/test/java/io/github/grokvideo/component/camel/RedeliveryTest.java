// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ExpressionAdapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A sub-route that is redelivered as a whole, twice at most. */
    private void redeliveredRoute(String call, Consumer<RouteDefinition> steps) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0)).to("direct:work");
                RouteDefinition work = from("direct:work");
                work.errorHandler(noErrorHandler());
                steps.accept(work);
                from("direct:call").errorHandler(noErrorHandler()).to(call);
            }
        });
    }

    private void failTwice(Exchange exchange) {
        if (attempts.getAndIncrement() < 2) {
            throw new IllegalStateException("sink is down");
        }
    }

    @Test
    void aProducerThatWasEvictedInBetweenIsNoOtherCall() throws Exception {
        engine.onSubmit = order -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.SUBMIT_UNKNOWN, Charged.UNKNOWN, order.jobId()));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0)
                        .onRedelivery(exchange -> send("direct:call", "another cat", Map.of("tag", "other"))))
                        .to("direct:call");
                from("direct:call").errorHandler(noErrorHandler()).toD("grokvideo:generate?tag=${header.tag}", 1);
            }
        });

        send("direct:in", "a cat", Map.of("tag", "this"));

        assertThat(engine.orders).filteredOn(order -> "this".equals(order.labels().tag())).extracting(VideoOrder::jobId)
                .hasSize(3).containsOnly(engine.orderedJobs().get(0));
        assertThat(engine.orders).filteredOn(order -> "other".equals(order.labels().tag())).extracting(VideoOrder::jobId)
                .hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aTapOfARedeliveredRouteAttachesToTheJobOfTheFirst() throws Exception {
        redeliveredRoute("grokvideo:submit", route -> route.wireTap("direct:call").process(exchange -> {
            int taps = attempts.incrementAndGet();
            Awaitility.await().until(() -> engine.orders.size() == taps);
            if (taps < 3) {
                throw new IllegalStateException("sink is down");
            }
        }));

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void equalPartsOfARedeliveredSplitKeepAJobEach(boolean parallel) throws Exception {
        redeliveredRoute("grokvideo:generate", route -> route.split(Builder.body()).parallelProcessing(parallel).to("direct:call").end()
                .process(this::failTwice));

        assertThat(send("direct:in", List.of("a", "a", "b", "a")).getException()).isNull();

        assertThat(engine.orders).hasSize(12);
        assertThat(engine.orderedJobs().stream().distinct()).hasSize(4);
        assertThat(engine.orderedJobs().subList(8, 12)).containsExactlyInAnyOrderElementsOf(engine.orderedJobs().subList(0, 4));
    }

    @Test
    void equalPartsAreJobsOfTheirOwnAlsoWhenTheOneBeforeIsUnknown() throws Exception {
        engine.onSubmit = order -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.SUBMIT_UNKNOWN, Charged.UNKNOWN, order.jobId()));
        redeliveredRoute("grokvideo:generate", route -> route.split(Builder.body()).to("direct:call").end());

        send("direct:in", List.of("a", "a", "a"));

        assertThat(engine.orderedJobs().stream().distinct()).hasSize(3);
    }

    @Test
    void twoStepsWithTheSameRequestAreTwoJobs() throws Exception {
        engine.onSubmit = order -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.SUBMIT_UNKNOWN, Charged.UNKNOWN, order.jobId()));
        redeliveredRoute("grokvideo:generate", route -> route.doTry().to("grokvideo:generate").doCatch(SubmitUnknownException.class)
                .to("grokvideo:generate").end());

        assertThat(send("direct:in", "a cat").getException()).isInstanceOf(SubmitUnknownException.class);

        assertThat(engine.orderedJobs()).hasSize(6);
        assertThat(engine.orderedJobs().stream().distinct()).hasSize(2);
    }

    @Test
    void aCallThatWasRedeliveredItselfIsStillFoundByARedeliveryOfItsRoute() throws Exception {
        engine.onAwait = wait -> engine.waits.size() < 3
                ? CompletableFuture.failedFuture(FakeEngine.error(ErrorType.WAIT_TIMEOUT, Charged.YES, wait.jobId()))
                : engine.answer(engine.finish(wait.jobId()));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(9).redeliveryDelay(0)).to("direct:work");
                from("direct:work").errorHandler(noErrorHandler()).to("direct:call").process(RedeliveryTest.this::failTwice);
                from("direct:call").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .to("grokvideo:generate");
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(attempts).hasValue(3);
        assertThat(engine.orderedJobs()).hasSize(5).containsOnly(engine.orderedJobs().get(0));
    }

    @Test
    void theTurnsOfARedeliveredLoopGetTheVideosOfTheSameTurns() throws Exception {
        redeliveredRoute("grokvideo:generate", route -> route.loop(2).setBody(Builder.constant("same")).to("direct:call").end()
                .process(this::failTwice));

        assertThat(send("direct:in", "x").getException()).isNull();

        List<String> jobs = engine.orderedJobs();
        assertThat(jobs).hasSize(6);
        assertThat(jobs.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(jobs.subList(2, 4)).isEqualTo(jobs.subList(4, 6));
    }

    @Test
    void aLoopBeforeTheCallThatTakesOtherTurnsNextTimeIsNoOtherPlace() throws Exception {
        AtomicInteger turns = new AtomicInteger(3);
        redeliveredRoute("grokvideo:generate", route -> route.loop(new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return turns.getAndDecrement();
            }
        }).to("log:turn?level=DEBUG").end()
                .setBody(Builder.constant("a cat")).to("direct:call").process(this::failTwice));

        assertThat(send("direct:in", "x").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
    }

    @Test
    void theSameSubRouteTwiceMakesTwoVideosAlsoWhenAStepInBetweenIsRedelivered() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:in").to("direct:call").process(RedeliveryTest.this::failTwice)
                        .setBody(constant("a cat")).to("direct:call");
                from("direct:call").circuitBreaker().to("grokvideo:generate").end();
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aBalancerThatComesBackAfterALaterFailureGetsTheVideoItHasPaidFor() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).loadBalance().failover(4, false, true).to("direct:work").end();
                from("direct:work").errorHandler(noErrorHandler()).to("grokvideo:generate").process(RedeliveryTest.this::failTwice);
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
    }

    @Test
    void aCircuitBreakerThatLostPatienceAttachesToTheCallThatStillRuns() throws Exception {
        CompletableFuture<VideoJob> video = new CompletableFuture<>();
        engine.onAwait = wait -> engine.waits.size() == 1 ? video : engine.answer(engine.finish(wait.jobId()));
        redeliveredRoute("grokvideo:generate", route -> route.circuitBreaker().resilience4jConfiguration().timeoutEnabled(true)
                .timeoutDuration(100).end().to("direct:call").end());

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(engine.orderedJobs()).hasSize(2).containsOnly(engine.orderedJobs().get(0));
        video.complete(engine.finish(engine.orderedJobs().get(0)));
    }

    @Test
    void aRouteThatSendsItsMessageToItselfMakesANewVideoEachTime() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in").setBody(constant("same")).to("grokvideo:submit").setBody(constant("same"))
                        .filter(exchange -> attempts.incrementAndGet() < 5).to("seda:in");
            }
        });

        template.sendBody("seda:in", "x");

        Awaitility.await().until(() -> attempts.get() == 5);
        assertThat(engine.orderedJobs()).hasSize(5).doesNotHaveDuplicates();
    }
}
