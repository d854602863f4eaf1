// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.SubmitUnknownException;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a route does with copies of an exchange round a call: one job each, and its video as long as anybody may read it. */
class EipTest extends CamelTest {

    private static final String GENERATE = "grokvideo:generate";

    private final List<String> read = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    static List<Eip> synchronous() {
        return Eip.synchronous();
    }

    static List<Eip> asynchronous() {
        return Eip.asynchronous();
    }

    private void submitsAreUnknown() {
        engine.onSubmit = order -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.SUBMIT_UNKNOWN, Charged.UNKNOWN, order.jobId()));
    }

    /** A route that is redelivered twice as a whole, from before the pattern. */
    private void redeliveredFromOutside(Eip eip, Consumer<RouteDefinition> after) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0)).to("direct:work");
                RouteDefinition work = from("direct:work");
                work.errorHandler(noErrorHandler());
                eip.around().add(this, work, GENERATE);
                after.accept(work);
                from("direct:sink").errorHandler(noErrorHandler()).process(EipTest.this::readVideo);
            }
        });
    }

    /** A route whose own error handler redelivers twice. */
    private void redeliveredInside(Eip eip) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                eip.around().add(this, from("direct:in"), GENERATE);
                from("direct:sink").process(EipTest.this::readVideo);
            }
        });
    }

    private void readVideo(Exchange exchange) throws IOException {
        try (InputStream video = exchange.getMessage().getMandatoryBody(InputStream.class)) {
            read.add(new String(video.readAllBytes(), StandardCharsets.UTF_8));
        } catch (InvalidPayloadException e) {
            throw new IOException(e);
        }
    }

    private void failTwice(Exchange exchange) throws IOException {
        readVideo(exchange);
        if (failures.incrementAndGet() <= 2) {
            throw new IOException("the sink is away");
        }
    }

    private void assertOneJobWithItsVideo() {
        String job = engine.orderedJobs().get(0);
        assertThat(engine.orderedJobs()).containsOnly(job);
        assertThat(read).isNotEmpty().containsOnly("video of " + job);
    }

    private void assertNothingIsKept() {
        await().untilAsserted(() -> {
            assertThat(engine.handedOut).extracting(HandedOutVideo::file).noneMatch(Files::exists);
            assertThat(engine.settlements()).hasSameSizeAs(engine.handedOut).containsOnly(true);
        });
    }

    @ParameterizedTest
    @MethodSource("synchronous")
    void anUnknownSubmitIsNotSentAgainByARedeliveryFromOutside(Eip eip) throws Exception {
        submitsAreUnknown();
        redeliveredFromOutside(eip, route -> { });

        Exchange failed = send("direct:in", "a cat");

        assertThat(failed.getException(SubmitUnknownException.class)).isNotNull();
        // Camel does not redeliver a multicast of which a branch has failed.
        assertThat(engine.orders).hasSizeGreaterThanOrEqualTo(eip.name().startsWith("multicast") ? 1 : 3);
        assertThat(engine.orderedJobs()).containsOnly(engine.orderedJobs().get(0));
    }

    @ParameterizedTest
    @MethodSource("synchronous")
    void anUnknownSubmitIsNotSentAgainByARedeliveryInside(Eip eip) throws Exception {
        submitsAreUnknown();
        redeliveredInside(eip);

        assertThat(send("direct:in", "a cat").getException(SubmitUnknownException.class)).isNotNull();

        assertThat(engine.orderedJobs()).containsOnly(engine.orderedJobs().get(0));
    }

    @ParameterizedTest
    @MethodSource("asynchronous")
    void anUnknownSubmitIsNotSentAgainInWorkOfItsOwn(Eip eip) throws Exception {
        submitsAreUnknown();
        redeliveredInside(eip);

        send("direct:in", "a cat");

        await().until(() -> engine.orders.size() >= 3);
        await().until(() -> context.getInflightRepository().size() == 0);
        assertThat(engine.orderedJobs()).hasSize(3).containsOnly(engine.orderedJobs().get(0));
    }

    @ParameterizedTest
    @MethodSource("synchronous")
    void aSinkThatFailsTwiceGetsTheVideoThatIsPaid(Eip eip) throws Exception {
        redeliveredFromOutside(eip, route -> route.process(this::failTwice));

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(failures).hasValue(3);
        assertOneJobWithItsVideo();
        assertNothingIsKept();
    }

    @ParameterizedTest
    @MethodSource("synchronous")
    void aVideoIsThereForTheNextStepAndForTheEndAndThenGone(Eip eip) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        routes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                RouteDefinition route = from("direct:in");
                route.onCompletion().process(exchange -> readVideo(exchange)).process(exchange -> steps.incrementAndGet()).end();
                eip.around().add(this, route, GENERATE);
                route.to("direct:sink").process(exchange -> steps.incrementAndGet());
                from("direct:sink").process(EipTest.this::readVideo);
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        await().until(() -> steps.get() == 2);
        assertThat(read).hasSize(2);
        assertOneJobWithItsVideo();
        assertNothingIsKept();
    }

    @ParameterizedTest
    @MethodSource("synchronous")
    void aStreamIsOpenForTheNextStepAndTheFileGoneThen(Eip eip) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                getContext().setStreamCaching(false);
                RouteDefinition route = from("direct:in");
                eip.around().add(this, route, GENERATE + "?output=stream");
                route.to("file:" + directory + "/store?fileName=video.mp4");
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        assertThat(directory.resolve("store/video.mp4")).hasContent("video of " + engine.orderedJobs().get(0));
        assertNothingIsKept();
    }

    @ParameterizedTest
    @MethodSource("asynchronous")
    void aVideoIsThereInWorkOfItsOwnAndThenGone(Eip eip) throws Exception {
        redeliveredInside(eip);

        send("direct:in", "a cat");

        await().until(() -> read.size() == 1);
        assertOneJobWithItsVideo();
        assertNothingIsKept();
    }

    @Test
    void aVideoWaitsForTheExchangeBehindAResequencer() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(GENERATE).resequence(body()).batch().timeout(100).process(EipTest.this::readVideo);
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();

        await().until(() -> read.size() == 1);
        assertOneJobWithItsVideo();
        assertNothingIsKept();
    }

    static List<Eip> pooled() {
        return Eip.synchronous().stream().filter(eip -> List.of("to", "circuitBreaker", "recipientList", "split parallel", "enrich",
                "kamelet", "seda that waits").contains(eip.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("pooled")
    void pooledExchangesAreToldApartLikeAnyOther(Eip eip) throws Exception {
        context.stop();
        startPooledContext();
        redeliveredFromOutside(eip, route -> route.process(this::failTwice));

        for (int message = 0; message < 2; message++) {
            read.clear();
            engine.orders.clear();
            failures.set(0);
            template.sendBody("seda:pooled?waitForTaskToComplete=Always", "a cat");
            assertOneJobWithItsVideo();
        }
        assertNothingIsKept();
    }

    private void startPooledContext() throws Exception {
        engine = new FakeEngine(directory.resolve("pooled"));
        component = new FakeComponent(engine);
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        context.addComponent("grokvideo", component);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:pooled").to("direct:in");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }
}
