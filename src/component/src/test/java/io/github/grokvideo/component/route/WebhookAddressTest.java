// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A gateway that signs nothing is given an address of its own for each job. */
class WebhookAddressTest extends SimulatedGateway {

    @Override
    String provider() {
        return "aivideoapi";
    }

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        component.getConfiguration().setPollInterval(Duration.ofHours(1));
        component.getConfiguration().setMaxPollInterval(Duration.ofHours(1));
        component.getConfiguration().setWebhookSecret("a long random text");
        component.getConfiguration().setWebhookUrl("https://hooks.example.com/grok/");
        return component;
    }

    private Exchange post(String path) {
        return context.createFluentProducerTemplate().to("direct:hook").withBody("{\"status\":\"failed\"}")
                .withHeader("CamelHttpUri", path).send();
    }

    @Test
    void theAddressThatTheGatewayWasGivenIsTheOnlyOneThatCounts() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hook").to("grokvideo:notify");
            }
        });
        String jobId = context.createFluentProducerTemplate().to("grokvideo:submit").withBody("a lighthouse").send()
                .getMessage().getHeader("CamelGrokVideoJobId", String.class);
        String body = simulator.requests().entries(RequestKind.SUBMIT).get(0).body();
        String address = body.replaceFirst("(?s).*\"callback_url\" ?: ?\"https://hooks.example.com([^\"]+)\".*", "$1");

        assertThat(address).matches("/grok/" + jobId + "\\.[0-9a-f]{64}");
        assertThat(post(address.substring(0, address.length() - 1)).getMessage().getHeader("CamelHttpResponseCode")).isEqualTo(401);
        assertThat(post("/grok/" + jobId).getMessage().getHeader("CamelHttpResponseCode")).isEqualTo(401);
        assertThat(simulator.requests().count(RequestKind.POLL)).isZero();

        assertThat(post(address).getMessage().getHeader("CamelGrokVideoWebhook")).isEqualTo("polled");
        await().atMost(Duration.ofSeconds(10)).until(() -> simulator.requests().count(RequestKind.POLL) == 1);
        assertThat(context.getComponent("grokvideo", GrokVideoComponent.class).getEngine().find(jobId).orElseThrow().state().isFailure())
                .as("the body is not believed").isFalse();
    }
}
