// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopTest extends CamelTest {

    private final List<Throwable> caught = new CopyOnWriteArrayList<>();

    private final List<String> urls = new CopyOnWriteArrayList<>();

    private void waitingRoute() throws Exception {
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DetachedException.class).process(
                        exchange -> caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("seda:in?concurrentConsumers=2").routeId("waits").to("grokvideo:generate");
            }
        });
        template.sendBody("seda:in", "a");
        template.sendBody("seda:in", "b");
        Awaitility.await().until(() -> engine.waits.size() == 2);
    }

    @Test
    void aStoppingContextFreesItsWaitsInThreeSteps() throws Exception {
        waitingRoute();
        Instant begun = Instant.now();

        context.stop();

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(caught).hasSize(2);
        assertThat(engine.calls.indexOf("refuse")).isLessThan(engine.calls.indexOf("detachAll"));
        assertThat(engine.calls).contains("close");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aStopLogsNoErrorForEachExchangeThatItFrees(boolean routesFirst) throws Exception {
        if (routesFirst) {
            // Camel forgets what routes do with errors when the context has started with them.
            context.stop();
            context = new DefaultCamelContext();
            context.addComponent("grokvideo", new FakeComponent(engine));
        }
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("1.txt"), "a cat");
        Files.writeString(inbox.resolve("2.txt"), "a dog");
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=0&include=1.txt").routeId("plain").onCompletion().onFailureOnly()
                        .process(exchange -> caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))).end()
                        .to("grokvideo:generate");
                from("file:" + inbox + "?initialDelay=0&include=2.txt").routeId("parts").split(body()).to("grokvideo:generate");
            }
        });
        context.start();
        Awaitility.await().until(() -> engine.waits.size() == 2);

        try (LogRecorder log = new LogRecorder()) {
            context.stop();

            assertThat(log.atLeast(Level.WARN)).allMatch(line -> line.startsWith("Rollback file strategy"));
            assertThat(log.throwables()).isEmpty();
        }
        assertThat(caught).hasSize(1).allMatch(DetachedException.class::isInstance);
        assertThat(inbox.resolve("1.txt")).isRegularFile();
        assertThat(inbox.resolve("2.txt")).isRegularFile();
    }

    @Test
    void aRouteThatDoesSomethingWithErrorsDoesItAsEver() throws Exception {
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        MockEndpoint tried = context.getEndpoint("mock:tried", MockEndpoint.class);
        MockEndpoint outer = context.getEndpoint("mock:outer", MockEndpoint.class);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:dead").errorHandler(deadLetterChannel("mock:dead")).to("grokvideo:generate");
                from("seda:tried").doTry().to("grokvideo:generate").doCatch(DetachedException.class).to("mock:tried").end();
                from("seda:outer").onException(DetachedException.class).to("mock:outer").end().to("direct:inner");
                from("direct:inner").errorHandler(noErrorHandler()).to("grokvideo:generate");
            }
        });
        for (String route : List.of("dead", "tried", "outer")) {
            template.sendBody("seda:" + route, "a cat");
        }
        Awaitility.await().until(() -> engine.waits.size() == 3);

        context.stop();

        for (MockEndpoint endpoint : List.of(dead, tried, outer)) {
            assertThat(endpoint.getReceivedCounter()).as(endpoint.getEndpointUri()).isEqualTo(1);
        }
    }

    @Test
    void consumersAreSuspendedBeforeTheWaitsAreFreed() throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("1.txt"), "a cat");
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        boolean[] suspended = { false };
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DetachedException.class).process(exchange -> suspended[0]
                        = !((StatefulService) context.getRoute("files").getConsumer()).isStarted());
                from("file:" + inbox + "?initialDelay=0").routeId("files").to("grokvideo:generate");
            }
        });
        Awaitility.await().until(() -> engine.waits.size() == 1);

        context.stop();

        assertThat(suspended[0]).isTrue();
        assertThat(inbox.resolve("1.txt")).isRegularFile();
    }

    @Test
    void aComponentThatWasNeverStartedIsClosedQuietly() {
        assertThatCode(() -> new GrokVideoComponent().close()).doesNotThrowAnyException();

        GrokVideoComponent misconfigured = new GrokVideoComponent();
        misconfigured.setHealthPollLimit(Duration.ZERO);
        DefaultCamelContext other = new DefaultCamelContext();
        assertThatThrownBy(() -> other.addComponent("grokvideo", misconfigured)).hasStackTraceContaining("healthPollLimit");
        assertThatCode(misconfigured::close).doesNotThrowAnyException();
        assertThatCode(other::close).doesNotThrowAnyException();
    }

    @Test
    void theContextAndTheComponentStartAgain() throws Exception {
        assertThat(send("grokvideo:generate", "a").getException()).isNull();
        context.stop();
        // Camel forgets its components when it stops; a program that starts it again adds them again.
        context.addComponent("grokvideo", component);
        context.start();
        template = context.createProducerTemplate();

        assertThat(send("grokvideo:generate", "b").getException()).isNull();
        assertThat(component.created).isEqualTo(2);

        component.stop();
        component.start();
        assertThat(component.getEngine()).isNotNull();
        assertThat(component.created).isEqualTo(3);

        engine.calls.clear();
        engine.waits.clear();
        waitingRoute();
        context.stop();
        assertThat(engine.calls.indexOf("refuse")).isNotNegative().isLessThan(engine.calls.indexOf("detachAll"));
        assertThat(caught).hasSize(2);
    }

    @Test
    void aStoppedRouteFreesItsWaits() throws Exception {
        waitingRoute();
        context.getShutdownStrategy().setTimeout(1);

        context.getRouteController().stopRoute("waits");

        Awaitility.await().until(() -> caught.size() == 2 || engine.waiting.values().stream().allMatch(CompletableFuture::isDone));
        assertThat(engine.calls).contains("detach");
    }

    @Test
    void anEndpointKeepsItsAccountNameOverRestarts() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("r").to("grokvideo:generate?provider=toapis&apiKey=sk-2");
            }
        });
        send("direct:in", "a");
        context.getRouteController().stopRoute("r");
        context.getRouteController().startRoute("r");
        send("direct:in", "b");

        assertThat(engine.orders).extracting(order -> order.account().name()).containsExactly("endpoint-1", "endpoint-1");
    }

    private void waitingEverywhere(int calls) throws Exception {
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in?size=" + calls).routeId("waits").toD("grokvideo:generate?output=url&tag=${body}")
                        .process(exchange -> urls.add(exchange.getMessage().getBody(String.class)));
            }
        });
        for (int call = 0; call < calls; call++) {
            template.sendBody("seda:in?size=" + calls, "cat " + call);
        }
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> engine.waits.size() == calls);
    }

    @Test
    void aProducerThatCamelEvictsEndsNoWait() throws Exception {
        waitingEverywhere(1_200);

        engine.waiting.forEach((wait, video) -> video.complete(engine.finish(wait.jobId())));

        Awaitility.await().until(() -> urls.size() == 1_200);
        assertThat(context.getInflightRepository().size()).isZero();
    }

    @Test
    void aStoppedRouteFreesTheWaitsOfItsDynamicProducers() throws Exception {
        waitingEverywhere(3);

        context.getRouteController().stopRoute("waits", 100, TimeUnit.MILLISECONDS);

        Awaitility.await().until(() -> context.getInflightRepository().size() == 0);
        assertThat(engine.waiting.values()).allSatisfy(video -> assertThat(video).isCompletedExceptionally());
    }

    @Test
    void aRouteThatStopsWhileItsJobIsSentDoesNotWaitForIt() throws Exception {
        CompletableFuture<VideoJob> accepted = new CompletableFuture<>();
        engine.onSubmit = order -> accepted;
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in").routeId("waits").to("grokvideo:generate");
            }
        });
        template.sendBody("seda:in", "a");
        Awaitility.await().until(() -> engine.orders.size() == 1);
        context.getRouteController().stopRoute("waits", 100, TimeUnit.MILLISECONDS);

        accepted.complete(engine.accept(engine.lastOrder()));

        assertThat(engine.waiting.values()).singleElement().satisfies(video -> assertThat(video).isCompletedExceptionally());
        Awaitility.await().until(() -> context.getInflightRepository().size() == 0);
    }

    @Test
    void anUploadOutlivesTheProducerThatAskedForIt() throws Exception {
        engine.onAwait = wait -> new CompletableFuture<VideoJob>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:in").toD("grokvideo:generate?tag=${body}&mediaPublisher=direct:upload", 1);
                from("direct:upload").setBody(constant("https://media.example/1.png"));
            }
        });
        template.sendBody("seda:in", "a");
        template.sendBody("seda:in", "b");
        template.sendBody("seda:in", "c");
        Awaitility.await().until(() -> engine.waits.size() == 3);

        assertThat(engine.orders.get(0).mediaPublisher().apply(new Media.Bytes(new byte[] { 1 }, "image/png")))
                .succeedsWithin(Duration.ofSeconds(20)).isEqualTo("https://media.example/1.png");
    }
}
