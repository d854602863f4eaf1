// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spans of a call, as an exporter gets them. */
class ObservedSpansTest extends SimulatedGateway {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();

    @BeforeEach
    void traced() throws Exception {
        context.getRegistry().bind("tracer", Tracer.class, provider.get("test"));
        context.getRegistry().bind("propagators", ContextPropagators.class, ContextPropagators.noop());
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.init(context);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate?prompt=secretive");
                from("direct:submit").to("grokvideo:submit");
            }
        });
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Exchange send(String uri, String prompt) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).send();
    }

    private List<SpanData> named(String name) {
        return exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
    }

    private SpanData one(String name) {
        await().atMost(Duration.ofSeconds(10)).until(() -> named(name).size() == 1);
        return named(name).get(0);
    }

    private static Long number(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.longKey(attribute));
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    @Test
    void theStepsOfAJobAreBelowItsCall() {
        Exchange exchange = send("direct:generate", "a secretive lighthouse");
        String jobId = exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class);

        SpanData call = one("grokvideo:generate");
        assertThat(text(call, "gen_ai.provider.name")).isEqualTo("x_ai");
        assertThat(text(call, "gen_ai.request.model")).isEqualTo("grok-imagine-video");
        assertThat(text(call, "server.address")).isEqualTo(URI.create(simulator.baseUrl("xai")).getHost());
        assertThat(text(call, "grokvideo.job.id")).isEqualTo(jobId);
        assertThat(text(call, "grokvideo.status")).isEqualTo("DOWNLOADED");
        SpanData wait = one("grokvideo wait");
        for (SpanData step : List.of(one("grokvideo submit"), wait, one("grokvideo download"))) {
            assertThat(step.getParentSpanId()).as(step.getName()).isEqualTo(call.getSpanId());
            assertThat(step.getTraceId()).isEqualTo(call.getTraceId());
            assertThat(text(step, "grokvideo.job.id")).isEqualTo(jobId);
            assertThat(text(step, "gen_ai.response.id")).isNotBlank();
            assertThat(number(step, "server.port")).isEqualTo(URI.create(simulator.baseUrl("xai")).getPort());
            assertThat(step.getEndEpochNanos()).isGreaterThanOrEqualTo(step.getStartEpochNanos());
        }
        assertThat(one("grokvideo submit").getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(named("grokvideo poll")).hasSize(number(wait, "grokvideo.polls").intValue()).allSatisfy(poll -> {
            assertThat(poll.getParentSpanId()).isEqualTo(wait.getSpanId());
            assertThat(poll.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(text(poll, "http.request.method")).isEqualTo("GET");
            assertThat(number(poll, "http.response.status_code")).isIn(200L, 202L);
            assertThat(poll.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
        assertThat(named("grokvideo poll")).extracting(poll -> text(poll, "grokvideo.status")).endsWith("RENDERED");
        assertThat(text(one("grokvideo submit"), "http.request.method")).isEqualTo("POST");
        assertThat(number(one("grokvideo download"), "http.response.body.size"))
                .isEqualTo(exchange.getMessage().getHeader("CamelGrokVideoSize", Long.class));
        assertThat(wait.getEndEpochNanos() - wait.getStartEpochNanos()).isGreaterThan(Duration.ofMillis(200).toNanos());
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secretive").doesNotContain("xai-simulator");
    }

    @Test
    void aStepThatFailsHasItsError() {
        send("direct:generate", "a lighthouse [[fault:submit-429 retry-after=0]] [[fault:poll-503]] [[fault:job-moderated]]");

        assertThat(one("grokvideo:generate").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(one("grokvideo:generate"), "error.type")).isEqualTo("MODERATED");
        assertThat(named("grokvideo submit")).extracting(span -> text(span, "error.type")).containsExactly("429", null);
        assertThat(named("grokvideo poll")).extracting(span -> text(span, "error.type")).contains("503").endsWith((String) null);
        assertThat(text(one("grokvideo wait"), "error.type")).isEqualTo("MODERATED");
        assertThat(named("grokvideo download")).isEmpty();
    }

    @Test
    void theStepsGoOnAfterASubmit() {
        send("direct:submit", "a lighthouse");

        SpanData call = one("grokvideo:submit");
        assertThat(one("grokvideo download").getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(one("grokvideo download").getStartEpochNanos()).isGreaterThan(call.getEndEpochNanos());
    }
}
