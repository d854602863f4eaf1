// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import example.QueueGateway;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway with a queue, written against the published API alone. */
class OwnQueueGatewayTest extends SimulatedGateway {

    @Override
    String provider() {
        return "fal";
    }

    @BeforeEach
    void route() throws Exception {
        context.getRegistry().bind("queue", new QueueGateway());
        GrokVideoComponent component = component(context, "fal");
        component.getConfiguration().setProvider("#queue");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:generate").to("grokvideo:generate");
            }
        });
    }

    private Exchange send(String uri, Object body) {
        return context.createFluentProducerTemplate().to(uri).withBody(body).send();
    }

    @Test
    void textImageAndEdit() {
        Exchange text = send("direct:generate", "a lighthouse");
        assertThat(text.getException()).isNull();
        assertThat(text.getMessage().getHeader("CamelGrokVideoSha256")).isEqualTo(simulator.jobs().get(0).sha256());
        assertThat(text.getMessage().getHeader("CamelGrokVideoPolls", Integer.class)).isPositive();

        assertThat(send("direct:generate", Map.of("images", "data:image/png;base64,iVBORw0KGgo=", "prompt", "x")).getException()).isNull();
        assertThat(send("direct:generate", Map.of("prompt", "at night", "video", text.getMessage().getHeader("CamelGrokVideoUrl")))
                .getException()).isNull();
        assertThat(simulator.jobs()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"job-failed, JobFailedException", "job-moderated, ModeratedException", "submit-422, SubmitRejectedException"})
    void failures(String fault, String type) {
        Exception failure = send("direct:generate", "a lighthouse [[fault:" + fault + "]]").getException();
        assertThat(failure.getClass().getSimpleName()).as(failure.toString()).isEqualTo(type);
    }

    @Test
    void aRateLimitPasses() {
        assertThat(send("direct:generate", "a lighthouse [[fault:submit-429 retry-after=0]]").getException()).isNull();
        assertThat(simulator.jobs()).hasSize(1);
    }

    @Test
    void cancel() {
        Map<?, ?> job = send("grokvideo:submit", "a lighthouse [[render=60s]]").getMessage().getBody(Map.class);

        assertThat(send("grokvideo:cancel", job).getException()).isNull();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(send("grokvideo:status", job).getMessage()
                .getHeader("CamelGrokVideoStatus")).isEqualTo("CANCELLED"));
    }
}
