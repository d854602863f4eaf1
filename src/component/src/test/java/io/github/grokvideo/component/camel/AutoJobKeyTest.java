// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.identity.HeaderIdentity;
import io.github.grokvideo.component.camel.identity.MessageIdentity;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.AlreadyDeliveredException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes the key of a message that brings none. */
class AutoJobKeyTest extends CamelTest {

    private static final Map<String, Object> MESSAGE = Map.of("JMSMessageID", "ID:broker-1");

    private List<String> keys() {
        return engine.orders.stream().map(VideoOrder::jobKey).toList();
    }

    private List<String> keysOf(String uri, Object body, Map<String, Object> headers) {
        engine.orders.clear();
        assertThat(send(uri, body, headers).getException()).isNull();
        return keys();
    }

    /** Sends the message twice, as a source does that delivers it again. */
    private List<String> stableKeys(String uri, Object body) {
        List<String> first = keysOf(uri, body, MESSAGE);
        assertThat(first).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(keysOf(uri, body, MESSAGE)).containsExactlyInAnyOrderElementsOf(first);
        assertThat(keysOf(uri, body, Map.of("JMSMessageID", "ID:broker-2"))).doesNotContainAnyElementsOf(first);
        return first;
    }

    @ParameterizedTest
    @CsvSource({ "JMSMessageID=ID:1,jms", "CamelAwsSqsMessageId=5f3a,sqs", "CamelSpringRabbitmqMessageId=m1,rabbitmq",
            "kafka.TOPIC=t kafka.PARTITION=0 kafka.OFFSET=7,kafka", "CamelGooglePubsubMessageId=88,pubsub",
            "CamelAzureServiceBusMessageId=x,servicebus",
            "CamelFileAbsolutePath=/in/a.txt CamelFileLength=5 CamelFileLastModified=99,file" })
    void aMessageThatSaysWhatItIsHasAKey(String headers, String kind) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:submit");
            }
        });
        Map<String, Object> all = List.of(headers.split(" ")).stream().map(header -> header.split("=", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));

        List<String> first = keysOf("direct:in", "a cat", all);

        assertThat(first).hasSize(1).allSatisfy(key -> assertThat(key).matches("auto:" + kind + ":[0-9a-f]{64}"));
        assertThat(keysOf("direct:in", "a cat", all)).isEqualTo(first);
        assertThat(keysOf("direct:in", "a dog", all)).as("another request").doesNotContainAnyElementsOf(first);
        for (String header : all.keySet()) {
            Map<String, Object> other = new java.util.HashMap<>(all);
            other.put(header, "9999");
            assertThat(keysOf("direct:in", "a cat", other)).as("another " + header).doesNotContainAnyElementsOf(first);
            other.put(header, null);
            assertThat(keysOf("direct:in", "a cat", other)).as("without " + header).containsExactly((String) null);
        }
    }

    @Test
    void theHeadersAreThoseOfCamel() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        for (HeaderIdentity known : HeaderIdentity.KNOWN) {
            List<String> schemas = known.schemes().stream().map(catalog::componentJSonSchema).filter(json -> json != null).toList();
            assertThat(schemas).as(known.kind()).isNotEmpty();
            known.headers().forEach(header -> assertThat(schemas.get(0)).contains("\"" + header + "\""));
            known.also().forEach(header -> assertThat(schemas.get(0)).contains("\"" + header + "\""));
        }
    }

    @Test
    void noKeyWhereNothingIsKnownOrTheUserSaysSo() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate");
                from("direct:off").to("grokvideo:generate?autoJobKey=false");
                from("direct:own").to("grokvideo:submit?jobKey=mine");
                from("direct:bundle").aggregate(constant(true), AggregationStrategies.useLatest()).completionSize(2)
                        .to("grokvideo:generate").to("mock:bundle");
            }
        });

        assertThat(keysOf("direct:in", "a cat", Map.of())).containsExactly((String) null);
        assertThat(keysOf("direct:off", "a cat", MESSAGE)).containsExactly((String) null);
        assertThat(keysOf("direct:own", "a cat", MESSAGE)).containsExactly("mine");
        assertThat(keysOf("direct:in", "a cat", Map.of("JMSMessageID", "ID:1", GrokVideoConstants.JOB_KEY, "k"))).containsExactly("k");
        MockEndpoint bundle = context.getEndpoint("mock:bundle", MockEndpoint.class);
        bundle.expectedMessageCount(1);
        keysOf("direct:bundle", "a cat", MESSAGE);
        keysOf("direct:bundle", "a cat", MESSAGE);
        bundle.assertIsSatisfied();
        assertThat(keys()).as("made of two messages").containsExactly((String) null);
    }

    @Test
    void identicalPartsAreJobsOfTheirOwnAtAllLevels() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split").split(body()).parallelProcessing().to("grokvideo:generate").end();
                from("direct:nested").split(body()).parallelProcessing().split(body()).parallelProcessing().to("grokvideo:generate")
                        .end().end();
                from("direct:loop").loop(3).setBody(constant("a")).to("grokvideo:generate").end();
                from("direct:loops").loop(2).loop(3).setBody(constant("a")).to("grokvideo:generate").end().end();
                from("direct:copies").loop(2).copy().loop(2).copy().setBody(constant("a")).to("grokvideo:generate").end().end();
                from("direct:splitLoop").split(body()).loop(2).setBody(constant("a")).to("grokvideo:generate").end().end();
                from("direct:twice").setBody(constant("a")).to("grokvideo:generate").setBody(constant("a")).to("grokvideo:generate");
                from("direct:multicast").multicast().parallelProcessing().to("direct:gen", "direct:gen").end();
                from("direct:gen").to("grokvideo:generate");
            }
        });

        assertThat(stableKeys("direct:split", List.of("a", "a", "b"))).hasSize(3);
        assertThat(stableKeys("direct:nested", List.of(List.of("a", "a"), List.of("a", "a", "b")))).hasSize(5);
        assertThat(stableKeys("direct:loop", "x")).hasSize(3);
        assertThat(stableKeys("direct:loops", "x")).hasSize(6);
        assertThat(stableKeys("direct:splitLoop", List.of("x", "x"))).hasSize(4);
        assertThat(stableKeys("direct:twice", "x")).hasSize(2);
        assertThat(stableKeys("direct:multicast", "a")).hasSize(2);
    }

    @Test
    void theOriginalMessageCountsAlsoInOtherRoutes() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("direct:gen");
                from("direct:queue").routeId("queue").to("seda:gen?waitForTaskToComplete=Always");
                from("direct:gen").routeId("gen").to("grokvideo:generate");
                from("seda:gen").routeId("seda").to("grokvideo:generate");
            }
        });

        assertThat(stableKeys("direct:in", "a cat")).hasSize(1);
        assertThat(stableKeys("direct:queue", "a cat")).hasSize(1);
    }

    @Test
    void aFileIsKnownByItsPathSizeAndTimeWhateverBecomesOfItsHeaders() throws Exception {
        Path file = Files.writeString(Files.createDirectories(directory.resolve("inbox")).resolve("fox.txt"), "a fox");
        String first = keyOfFile(false);
        assertThat(first).startsWith("auto:file:");

        assertThat(keyOfFile(true)).as("other routes were added before it, its headers are gone").isEqualTo(first);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 5000));
        assertThat(keyOfFile(false)).as("it was touched").isNotEqualTo(first);
    }

    /** In a context of its own, as after a restart. */
    private String keyOfFile(boolean changed) throws Exception {
        FakeEngine other = new FakeEngine(directory.resolve("other"));
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("grokvideo", new FakeComponent(other));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    if (changed) {
                        from("direct:other").to("mock:other").to("direct:more");
                        from("direct:more").to("mock:more");
                    }
                    var route = from("file:" + directory.resolve("inbox") + "?noop=true&initialDelay=0");
                    if (changed) {
                        route.convertBodyTo(String.class).removeHeaders("*").to("mock:seen").to("grokvideo:generate");
                    } else {
                        route.to("grokvideo:generate");
                    }
                }
            });
            NotifyBuilder done = new NotifyBuilder(camel).whenDone(1).create();
            camel.start();
            assertThat(done.matches(20, TimeUnit.SECONDS)).isTrue();
            return other.lastOrder().jobKey();
        }
    }

    @Test
    void aBeanKnowsMessagesOfItsOwn() throws Exception {
        Registry registry = context.getRegistry();
        registry.bind("orders", new MessageIdentity() {
            @Override
            public String of(Exchange exchange) {
                return exchange.getMessage().getHeader("orderId", String.class);
            }

            @Override
            public String kind() {
                return "order";
            }
        });
        registry.bind("plain", (MessageIdentity) exchange -> " ");

        assertThat(keysOf("grokvideo:generate", "a cat", Map.of("orderId", "7", "JMSMessageID", "ID:1"))).hasSize(1)
                .allSatisfy(key -> assertThat(key).startsWith("auto:order:"));
        assertThat(keysOf("grokvideo:generate", "a cat", MESSAGE)).allSatisfy(key -> assertThat(key).startsWith("auto:jms:"));
    }

    @Test
    void aBeanThatFailsOrIsWrongFailsTheCallBeforeAnythingIsSpent() {
        context.getRegistry().bind("broken", new MessageIdentity() {
            @Override
            public String of(Exchange exchange) {
                return "x";
            }

            @Override
            public String kind() {
                return "Order Number";
            }
        });

        assertThat(send("grokvideo:generate", "a cat").getException()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kind()").hasMessageContaining("Order Number");
        assertThat(engine.orders).isEmpty();
    }

    @Test
    void aFileThatStaysInPlaceIsDeliveredOnceAndThenSaidToBeDone() throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("fox.txt"), "a fox");
        MockEndpoint again = context.getEndpoint("mock:again", MockEndpoint.class);
        again.expectedMinimumMessageCount(2);
        MockEndpoint delivered = context.getEndpoint("mock:delivered", MockEndpoint.class);
        delivered.expectedMessageCount(1);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(io.github.grokvideo.component.error.AlreadyDeliveredException.class).handled(true).to("mock:again");
                from("file:" + inbox + "?noop=true&idempotent=false&initialDelay=0&delay=50").to("grokvideo:generate")
                        .to("mock:delivered");
            }
        });

        MockEndpoint.assertIsSatisfied(context, 20, TimeUnit.SECONDS);

        assertThat(Set.copyOf(engine.orderedJobs())).hasSize(1);
        Exchange exchange = again.getExchanges().get(0);
        assertThat(exchange.getMessage().getHeaders()).containsEntry(GrokVideoConstants.ERROR_TYPE, "ALREADY_DELIVERED")
                .containsEntry(GrokVideoConstants.ERROR_CHARGED, "no")
                .containsEntry(GrokVideoConstants.JOB_ID, engine.orderedJobs().get(0));
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)).hasMessageContaining("fox.txt")
                .hasMessageContaining("was already made into a video").hasMessageContaining(engine.orderedJobs().get(0))
                .hasMessageContaining("touch the file, or set a jobKey");
    }
}
