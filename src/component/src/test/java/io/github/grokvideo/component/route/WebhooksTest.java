// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.log.RequestKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Notices through a route, signed as the gateways do it. Without them, no job here would be polled for an hour. */
class WebhooksTest extends SimulatedGateway {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    String provider() {
        return "toapis";
    }

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        component.getConfiguration().setPollInterval(Duration.ofHours(1));
        component.getConfiguration().setMaxPollInterval(Duration.ofHours(1));
        component.getConfiguration().setWebhookSecret("a-secret-that-comes-next," + SECRET);
        camel.getRegistry().bind("metricsRegistry", meters);
        return component;
    }

    private String submitted() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hook").to("grokvideo:notify");
            }
        });
        Exchange submitted = context.createFluentProducerTemplate().to("grokvideo:submit").withBody("a lighthouse").send();
        assertThat(submitted.getException()).isNull();
        return submitted.getMessage().getHeader("CamelGrokVideoJobId", String.class);
    }

    private static String hmac(String secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Exchange post(String body, Map<String, Object> headers) {
        return context.createFluentProducerTemplate().to("direct:hook").withBody(body.getBytes(StandardCharsets.UTF_8))
                .withHeaders(new LinkedHashMap<>(headers)).send();
    }

    private Exchange toapis(String taskId, String id, Instant at, String secret) throws Exception {
        String body = "{\"id\":\"" + id + "\",\"type\":\"generation.completed\",\"data\":{\"task_id\":\"" + taskId
                + "\",\"status\":\"SUCCESS\",\"result\":{\"data\":[{\"url\":\"http://evil.test/x.mp4\"}]}}}";
        String time = String.valueOf(at.getEpochSecond());
        return post(body, Map.of("X-ToAPIs-Webhook-Id", id, "X-ToAPIs-Webhook-Timestamp", time,
                "X-ToAPIs-Webhook-Signature", "v1=" + hmac(secret, id + "." + time + "." + body)));
    }

    private static String answer(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) + " "
                + exchange.getMessage().getHeader("CamelGrokVideoWebhook");
    }

    private String state(String jobId) {
        return context.getComponent("grokvideo", GrokVideoComponent.class).getEngine().find(jobId).orElseThrow().state().name();
    }

    private long polls() {
        return simulator.requests().count(RequestKind.POLL);
    }

    @Test
    void aNoticeOfToApisIsVerifiedAndThenTheGatewayIsAsked() throws Exception {
        String jobId = submitted();
        String taskId = simulator.jobs().get(0).id();

        assertThat(answer(toapis(taskId, "evt-1", Instant.now(), "wrong"))).isEqualTo("401 forged");
        assertThat(answer(toapis(taskId, "evt-1", Instant.now().minusSeconds(600), SECRET))).isEqualTo("401 stale");
        assertThat(answer(toapis("task_other", "evt-0", Instant.now(), SECRET))).isEqualTo("200 unknown_task");
        assertThat(answer(post("x".repeat(70_000), Map.of()))).isEqualTo("413 oversized");
        assertThat(polls()).isZero();
        assertThat(state(jobId)).isEqualTo("ACCEPTED");

        // The gateway says that the video is not done yet, whatever the notice says; then it is.
        int notices = 0;
        while (!state(jobId).equals("DOWNLOADED")) {
            notices++;
            long before = polls();
            assertThat(answer(toapis(taskId, "evt-more-" + notices, Instant.now(), SECRET))).matches("200 (polled|settled)");
            await().atMost(Duration.ofSeconds(10)).until(() -> polls() > before || !state(jobId).matches("ACCEPTED|RUNNING"));
            await().atMost(Duration.ofSeconds(10)).until(() -> state(jobId).matches("RUNNING|ACCEPTED|DOWNLOADED"));
        }
        assertThat(polls()).isLessThanOrEqualTo(notices);
        assertThat(answer(toapis(taskId, "evt-more-1", Instant.now(), SECRET))).isEqualTo("200 replayed");
        assertThat(answer(toapis(taskId, "evt-late", Instant.now(), SECRET))).isEqualTo("200 settled");
        assertThat(meters.get("grokvideo.webhooks").tag("provider", "toapis").tag("outcome", "forged").counter().count()).isEqualTo(1);
        assertThat(meters.get("grokvideo.webhooks").tag("outcome", "oversized").counter().count()).isEqualTo(1);
        assertThat(meters.get("grokvideo.webhook.sooner").timer().max(java.util.concurrent.TimeUnit.MINUTES)).isGreaterThan(30);
    }
}
