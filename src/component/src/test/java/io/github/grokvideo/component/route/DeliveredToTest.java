// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A route says where it has put a video, and the job remembers it. */
class DeliveredToTest extends SimulatedGateway {

    private static final String DELIVERED_TO = "CamelGrokVideoDeliveredTo";

    private VideoJob delivered(String id) {
        return await().atMost(Duration.ofSeconds(10)).until(
                () -> component(context, provider()).getEngine().find(id).orElseThrow(), job -> job.state() == JobState.DELIVERED);
    }

    private Exchange send(String uri) {
        return context.createFluentProducerTemplate().to(uri).withBody("a cat").send();
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class);
    }

    @Test
    void theJobOfAnExchangeThatSucceededKnowsWhereItsVideoIs() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate")
                        .setHeader(DELIVERED_TO, constant("https://bucket.example/cat.mp4?X-Amz-Signature=s3cret"));
                from("direct:status").to("grokvideo:status");
            }
        });

        String id = id(send("direct:in"));

        assertThat(delivered(id).details().handedTo()).isEqualTo("https://bucket.example/cat.mp4");
        Object status = context.createFluentProducerTemplate().to("direct:status").withHeader("CamelGrokVideoJobId", id).send()
                .getMessage().getBody();
        assertThat(status).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("deliveredTo", "https://bucket.example/cat.mp4");
    }

    @Test
    void aFailedExchangeHasPutItNowhere() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:in").to("grokvideo:generate").setHeader(DELIVERED_TO, constant("s3://videos/cat.mp4"))
                        .throwException(new IllegalStateException("the bucket is full"));
            }
        });

        Exchange failed = send("direct:in");

        assertThat(failed.getException()).hasMessage("the bucket is full");
        assertThat(component(context, provider()).getEngine().find(id(failed)).orElseThrow().details().handedTo()).isNull();
    }

    @Test
    void aVideoOfAnEarlierStepKeepsNoPlaceOfALaterOne() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").setHeader(DELIVERED_TO, constant("left by somebody")).to("grokvideo:generate");
            }
        });

        assertThat(delivered(id(send("direct:in"))).details().handedTo()).isNull();
    }

    @Test
    void aConsumerOfCompletedSaysItAsWell() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0").setHeader(DELIVERED_TO, constant("mail to ann@example.org"));
            }
        });

        String id = id(send("direct:in"));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(
                () -> assertThat(delivered(id).details().handedTo()).isEqualTo("mail to ann@example.org"));
        assertThat(delivered(id).delivery().state().name()).isEqualTo("ACKNOWLEDGED");
    }

    @Test
    void eachPartOfASplitSaysItsOwnPlace() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body()).to("grokvideo:generate")
                        .setHeader(DELIVERED_TO, simple("out/${exchangeProperty.CamelSplitIndex}.mp4"))
                        .to("mock:parts");
            }
        });

        context.createFluentProducerTemplate().to("direct:in").withBody(List.of("a cat", "a dog")).withHeaders(Map.of()).send();

        List<Exchange> parts = context.getEndpoint("mock:parts", MockEndpoint.class).getExchanges();
        assertThat(parts).extracting(part -> delivered(id(part)).details().handedTo()).containsExactly("out/0.mp4", "out/1.mp4");
    }
}
