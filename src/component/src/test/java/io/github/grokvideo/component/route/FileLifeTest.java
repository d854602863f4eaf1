// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** The file is there as long as any work with it goes on, and gone when it is done. */
class FileLifeTest extends SimulatedGateway {

    private final AggregationStrategy files = new AggregationStrategy() {
        @Override
        public Exchange aggregate(Exchange old, Exchange next) {
            List<File> all = old == null ? new ArrayList<>() : new ArrayList<>(old.getMessage().getBody(List.class));
            all.add(next.getMessage().getBody(File.class));
            next.getMessage().setBody(all);
            return next;
        }
    };

    private Exchange send(Object body) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(body).send();
    }

    private void assertNothingIsKept() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(kept()).isEmpty());
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("work"))) {
            // The engine keeps its own sign of life there as long as it runs.
            return all.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock")).toList();
        }
    }

    @Test
    void untilASplitHasAggregatedAllItsVideos() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate")
                        .split(body(), files).parallelProcessing().to("grokvideo:generate").end()
                        .process(exchange -> assertThat(exchange.getMessage().getBody(List.class))
                                .hasSize(3).allSatisfy(file -> assertThat((File) file).isFile()))
                        .to("mock:delivered");
            }
        });
        context.getEndpoint("mock:delivered", MockEndpoint.class).expectedMessageCount(1);

        Exchange done = send(List.of("a lighthouse", "a windmill", "a barn"));

        assertThat(done.getException()).isNull();
        MockEndpoint.assertIsSatisfied(context);
        assertNothingIsKept();
    }

    @Test
    void untilTheRouteRoundACopyIsDone() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").onCompletion().process(exchange ->
                                Files.copy(exchange.getMessage().getBody(File.class).toPath(), directory.resolve("last.mp4"))).end()
                        .circuitBreaker().recipientList(constant("grokvideo:generate?output=stream")).end()
                        .toD("file:" + directory + "/stream?fileName=video.mp4")
                        .setBody(constant("a windmill")).circuitBreaker().recipientList(constant("grokvideo:generate")).end()
                        .toD("file:" + directory + "/store?fileName=video.mp4");
            }
        });

        assertThat(send("a lighthouse").getException()).isNull();

        assertThat(directory.resolve("stream/video.mp4")).isNotEmptyFile();
        assertThat(directory.resolve("store/video.mp4")).isNotEmptyFile();
        await().untilAsserted(() -> assertThat(directory.resolve("last.mp4"))
                .hasSameBinaryContentAs(directory.resolve("store/video.mp4")));
        assertNothingIsKept();
    }

    @Test
    void untilAllBranchesOfAMulticastAreDone() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate").multicast().parallelProcessing()
                        .to("direct:store", "direct:archive");
                from("direct:store").toD("file:" + directory + "/store?fileName=video.mp4");
                from("direct:archive").delay(200).toD("file:" + directory + "/archive?fileName=video.mp4");
            }
        });

        assertThat(send("a lighthouse").getException()).isNull();

        assertThat(directory.resolve("store/video.mp4")).isRegularFile();
        assertThat(directory.resolve("archive/video.mp4")).hasSameBinaryContentAs(directory.resolve("store/video.mp4"));
        assertNothingIsKept();
    }

    @Test
    void untilTheOtherSideOfASedaIsDone() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate").to("seda:store?waitForTaskToComplete=Never");
                from("seda:store").delay(300).toD("file:" + directory + "/store?fileName=video.mp4");
            }
        });

        assertThat(send("a lighthouse").getException()).isNull();

        await().atMost(Duration.ofSeconds(10)).until(() -> Files.isRegularFile(directory.resolve("store/video.mp4")));
        assertNothingIsKept();
    }

    @Test
    void throughASinkThatFailsAndIsRedelivered() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(10));
                from("direct:generate").to("grokvideo:generate").process(exchange -> {
                    assertThat(exchange.getMessage().getBody(File.class)).isFile();
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("the sink is away");
                    }
                }).toD("file:" + directory + "/store?fileName=video.mp4");
            }
        });

        assertThat(send("a lighthouse").getException()).isNull();

        assertThat(tries).hasValue(3);
        assertThat(directory.resolve("store/video.mp4")).isRegularFile();
        assertNothingIsKept();
    }

    @Test
    void afterAFailedExchangeForTheSameMessageToComeAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").setHeader("CamelGrokVideoJobKey", constant("order-17")).to("grokvideo:generate")
                        .process(exchange -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new IOException("the sink is away");
                            }
                        }).toD("file:" + directory + "/store?fileName=video.mp4");
            }
        });

        assertThat(send("a lighthouse").getException()).isInstanceOf(IOException.class);
        assertThat(kept()).hasSize(1);
        assertThat(send("a lighthouse").getException()).isNull();

        assertThat(directory.resolve("store/video.mp4")).isRegularFile();
        assertThat(posts()).isEqualTo(1);
        assertThat(simulator.requests().count(io.github.grokvideo.simulator.log.RequestKind.DOWNLOAD)).isEqualTo(1);
        assertNothingIsKept();
    }

    @Test
    void forEverInADirectoryOfTheUsers() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate?directory=" + directory.resolve("mine"));
            }
        });

        File video = send("a lighthouse").getMessage().getBody(File.class);

        assertThat(video).isFile().hasParent(directory.resolve("mine").toFile());
    }
}
