// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.Test;

class DeliveryTest extends CamelTest {

    private static void readable(Exchange exchange) {
        assertThat(exchange.getMessage().getBody(File.class)).isFile();
    }

    @Test
    void theFileLivesUntilTheWorkIsDone() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate").process(DeliveryTest::readable);
            }
        });

        Exchange exchange = send("direct:in", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(engine.settlements()).containsExactly(true);
        assertThat(directory.resolve("work/out")).isEmptyDirectory();
    }

    @Test
    void aFailedSinkLeavesTheVideoUndelivered() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate").throwException(new IllegalStateException("sink is down"));
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNotNull();
        assertThat(engine.settlements()).containsExactly(false);
    }

    @Test
    void aUrlIsDeliveredWhenTheWorkWithItHasSucceeded() throws Exception {
        int[] attempts = { 0 };
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?output=url").process(exchange -> {
                    assertThat(engine.calls).isEmpty();
                    if (attempts[0]++ == 0) {
                        throw new IllegalStateException("sink is down");
                    }
                });
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNotNull();
        assertThat(engine.calls).isEmpty();
        assertThat(send("direct:in", "a dog").getException()).isNull();
        assertThat(engine.calls).containsExactly("urlDelivered " + engine.lastOrder().jobId());
    }

    @Test
    void aSinkThatIsRedeliveredReadsTheSameFile() throws Exception {
        int[] attempts = { 0 };
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
                from("direct:in").to("grokvideo:generate").process(exchange -> {
                    readable(exchange);
                    if (attempts[0]++ < 2) {
                        throw new IllegalStateException("down");
                    }
                });
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(engine.orders).hasSize(1);
        assertThat(engine.settlements()).containsExactly(true);
    }

    @Test
    void filesOfASplitLiveThroughTheAggregation() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body(), new GroupedBodyAggregationStrategy()).parallelProcessing()
                        .to("grokvideo:generate").end()
                        .process(exchange -> {
                            List<?> files = exchange.getMessage().getBody(List.class);
                            assertThat(files).hasSize(3).allSatisfy(file -> assertThat((File) file).isFile());
                            assertThat(engine.settled).isEmpty();
                        });
            }
        });

        assertThat(send("direct:in", List.of("a", "b", "c")).getException()).isNull();
        assertThat(engine.settlements()).hasSize(3).containsOnly(true);
    }

    @Test
    void aSplitWhoseWholeFailsDeliversNothing() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body(), new GroupedBodyAggregationStrategy()).to("grokvideo:generate").end()
                        .throwException(new IllegalStateException("after"));
            }
        });

        assertThat(send("direct:in", List.of("a", "b")).getException()).isNotNull();
        assertThat(engine.settlements()).hasSize(2).containsOnly(false);
    }

    @Test
    void multicastAndRecipientListReadTheSameFile() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate").multicast().parallelProcessing().to("direct:a", "direct:b").end()
                        .recipientList(constant("direct:a,direct:b")).end().process(DeliveryTest::readable);
                from("direct:a").process(DeliveryTest::readable);
                from("direct:b").process(DeliveryTest::readable);
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(engine.settlements()).containsExactly(true);
    }

    @Test
    void videosMadeInsideAMulticastLiveThroughItsAggregation() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").multicast(AggregationStrategies.groupedBody())
                        .to("grokvideo:generate?user=a", "grokvideo:generate?user=b").end()
                        .process(exchange -> assertThat(exchange.getMessage().getBody(List.class)).hasSize(2)
                                .allSatisfy(file -> assertThat((File) file).isFile()));
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(engine.settlements()).hasSize(2).containsOnly(true);
    }

    @Test
    void sedaTakesTheFileAlong() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate").to("seda:later");
                from("seda:later").process(exchange -> go.await(10, TimeUnit.SECONDS)).process(DeliveryTest::readable)
                        .to("mock:later");
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(engine.settled).isEmpty();
        go.countDown();

        await().untilAsserted(() -> assertThat(engine.settlements()).containsExactly(true));
    }

    @Test
    void sedaInsideASplitWaitsForBothItselfAndTheWhole() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).to("grokvideo:generate").to("seda:part").end();
                from("seda:part").process(exchange -> go.await(10, TimeUnit.SECONDS)).process(DeliveryTest::readable);
            }
        });

        assertThat(send("direct:in", List.of("a")).getException()).isNull();
        assertThat(engine.settled).isEmpty();
        go.countDown();

        await().untilAsserted(() -> assertThat(engine.settlements()).containsExactly(true));
    }

    @Test
    void enrichBringsTheFileHome() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich("grokvideo:generate").process(DeliveryTest::readable);
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(engine.settlements()).containsExactly(true);
    }

    @Test
    void fileMovesTheVideoAndTheNextStepStillReadsIt() throws Exception {
        Path outbox = directory.resolve("outbox");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate").to("file:" + outbox + "?fileName=v.mp4").process(exchange -> {
                    assertThat(outbox.resolve("v.mp4")).hasContent("video of " + engine.lastOrder().jobId());
                    readable(exchange);
                });
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(outbox.resolve("v.mp4")).isRegularFile();
        assertThat(directory.resolve("work/out")).isEmptyDirectory();
    }

    @Test
    void aWireTapReadsTheFileInTheUsersDirectory() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?directory=" + directory.resolve("mine")).wireTap("direct:tap");
                from("direct:tap").process(exchange -> go.await(10, TimeUnit.SECONDS)).process(DeliveryTest::readable)
                        .to("mock:tapped");
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        go.countDown();

        await().until(() -> context.getEndpoint("mock:tapped", MockEndpoint.class).getReceivedCounter() == 1);
    }

    @Test
    void aTransactedExchangeWaitsOnItsThread() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        engine.executor = threads;
        Thread[] after = new Thread[1];
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").process(exchange -> exchange.getExchangeExtension().setTransacted(true))
                        .to("grokvideo:generate").process(exchange -> after[0] = Thread.currentThread());
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(after[0]).isSameAs(Thread.currentThread());
        threads.shutdownNow();
    }

    /** What the source finds when it is told that its message is done. */
    private List<String> foundBySource(String body) {
        List<String> found = new ArrayList<>();
        Exchange exchange = context.getEndpoint("direct:in").createExchange();
        exchange.getMessage().setBody(body);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                engine.delivered.forEach(out -> found.add("delivered, file " + Files.exists(out.file())));
            }
        });
        assertThat(template.send("direct:in", exchange).getException()).isNull();
        return found;
    }

    @Test
    void aVideoIsNotedAsDeliveredBeforeTheSourceOfTheMessageIsTold() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").onCompletion().process(DeliveryTest::readable).end().to("grokvideo:generate");
            }
        });

        assertThat(foundBySource("a cat")).containsExactly("delivered, file true");
        assertThat(engine.settlements()).containsExactly(true);
    }

    @Test
    void videosOfASplitAreNotedAsDeliveredBeforeTheSourceOfTheWholeIsTold() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body().tokenize(",")).parallelProcessing().to("grokvideo:generate").end()
                        .process(exchange -> assertThat(engine.delivered).isEmpty());
            }
        });

        assertThat(foundBySource("a cat,a dog")).containsExactly("delivered, file true", "delivered, file true");
        assertThat(engine.settlements()).containsExactly(true, true);
    }

    @Test
    void aFileInTheUsersDirectoryIsTheUsers() throws Exception {
        Path mine = directory.resolve("mine");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?directory=" + mine).process(exchange -> assertThat(
                        exchange.getMessage().getHeader(Exchange.FILE_LOCAL_WORK_PATH)).isNull());
            }
        });

        assertThat(send("direct:in", "a cat").getException()).isNull();
        assertThat(Files.list(mine)).hasSize(1);
        assertThat(engine.settlements()).containsExactly(true);
    }
}
