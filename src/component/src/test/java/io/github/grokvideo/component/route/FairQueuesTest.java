// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** The tags and priorities of messages decide who is submitted next. */
class FairQueuesTest extends SimulatedGateway {

    private static final int FLOOD = 100;
    /** Submits in two seconds, for a slow machine; in order of arrival it would be all of the flood. */
    private static final int FEW = 10;

    private MockEndpoint submitted;

    private void started(double submitsPerSecond, int maxConcurrentJobs, String weights) throws Exception {
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.getConfiguration().setSubmitsPerSecond(submitsPerSecond);
        component.getConfiguration().setMaxConcurrentJobs(maxConcurrentJobs);
        component.getConfiguration().setTagWeights(weights);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:submit").to("grokvideo:submit").to("mock:submitted");
            }
        });
        submitted = context.getEndpoint("mock:submitted", MockEndpoint.class);
    }

    private void send(int count, Map<String, Object> headers) {
        for (int i = 0; i < count; i++) {
            context.createFluentProducerTemplate().to("direct:submit").withBody("a cat").withHeaders(headers).asyncSend();
        }
    }

    private List<String> order(String header) {
        return submitted.getReceivedExchanges().stream().map(exchange -> exchange.getMessage().getHeader(header, String.class)).toList();
    }

    private void flooded(Map<String, Object> headers) {
        send(FLOOD, headers);
        await().atMost(Duration.ofSeconds(10)).until(() -> submitted.getReceivedCounter() >= 3);
    }

    @Test
    void aFloodOfOneTagLetsAnotherThrough() throws Exception {
        started(5, 0, null);
        flooded(Map.of("CamelGrokVideoTag", "acme"));
        int before = submitted.getReceivedCounter();

        send(1, Map.of("CamelGrokVideoTag", "globex"));

        await().atMost(Duration.ofSeconds(10)).until(() -> order("CamelGrokVideoTag").contains("globex"));
        assertThat(order("CamelGrokVideoTag").indexOf("globex")).isLessThan(before + FEW);
    }

    @Test
    void whatAPersonWaitsForGoesBeforeTheBatchOfTheSameCustomer() throws Exception {
        started(5, 0, null);
        flooded(Map.of("CamelGrokVideoTag", "acme", "CamelGrokVideoPriority", -5));
        int before = submitted.getReceivedCounter();

        send(1, Map.of("CamelGrokVideoTag", "acme", "CamelGrokVideoPriority", 5));

        await().atMost(Duration.ofSeconds(10)).until(() -> order("CamelGrokVideoPriority").contains("5"));
        assertThat(order("CamelGrokVideoPriority").indexOf("5")).isLessThan(before + FEW);
    }

    @Test
    void placesAtTheGatewayGoByWeight() throws Exception {
        started(0, 1, "acme=3");
        send(1, Map.of("CamelGrokVideoTag", "first"));
        await().atMost(Duration.ofSeconds(10)).until(() -> submitted.getReceivedCounter() == 1);
        send(8, Map.of("CamelGrokVideoTag", "globex"));
        send(8, Map.of("CamelGrokVideoTag", "acme"));
        await().atMost(Duration.ofSeconds(10)).until(
                () -> context.getComponent("grokvideo", GrokVideoComponent.class).getEngine().store().list(job -> true, 20).size() == 17);

        await().atMost(Duration.ofSeconds(30)).until(() -> submitted.getReceivedCounter() >= 9);
        assertThat(order("CamelGrokVideoTag").subList(1, 9).stream().filter("acme"::equals).count()).isBetween(5L, 6L);
    }
}
