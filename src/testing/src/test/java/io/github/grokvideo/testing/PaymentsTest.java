// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/** Routes of a CamelTestSupport with an extension of its own for each test: what they pay, and how a test says so. */
class PaymentsTest extends CamelTestSupport {

    @RegisterExtension
    GrokVideoExtension video = GrokVideoExtension.builder().renderTime(Duration.ofMillis(100)).build();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        video.configure(context);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").to("grokvideo:generate")
                        // Looked at while the file is the route's.
                        .process(exchange -> exchange.setProperty("length", exchange.getMessage().getBody(File.class).length()))
                        .to("mock:videos");
                from("direct:flaky").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .to("grokvideo:generate?submitUnknown=resubmit").to("mock:videos");
            }
        };
    }

    private Exchange send(String endpoint, String prompt, Map<String, Object> headers) {
        return fluentTemplate.to(endpoint).withBody(prompt).withHeaders(headers).send();
    }

    @Test
    void aVideoArrivesAndIsPaidOnce() throws Exception {
        MockEndpoint videos = getMockEndpoint("mock:videos");
        videos.expectedMessageCount(1);

        Exchange done = send("direct:prompts", "A red kite", Map.of());

        videos.assertIsSatisfied();
        assertThat(done.getException()).isNull();
        video.assertPaidOnce();
        video.assertPaid(1);
        assertThat(video.jobs()).singleElement().satisfies(job -> {
            assertThat(job.prompt()).isEqualTo("A red kite");
            assertThat(job.fileSize()).isEqualTo(done.getProperty("length"));
        });
    }

    @Test
    void aMessageThatComesAgainWithItsJobKeyIsPaidOnce() throws Exception {
        getMockEndpoint("mock:videos").expectedMessageCount(2);

        send("direct:prompts", "A red kite", Map.of("CamelGrokVideoJobKey", "order-17"));
        send("direct:prompts", "A red kite", Map.of("CamelGrokVideoJobKey", "order-17"));

        getMockEndpoint("mock:videos").assertIsSatisfied();
        video.assertPaidOnce();
    }

    @Test
    void aRedeliveryAfterAFaultIsPaidOnce() throws Exception {
        video.faults().add(Fault.of("submit-503"));
        getMockEndpoint("mock:videos").expectedMessageCount(1);

        Exchange done = send("direct:flaky", "A red kite", Map.of("CamelGrokVideoJobKey", "order-17"));

        getMockEndpoint("mock:videos").assertIsSatisfied();
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(Exchange.REDELIVERED)).isEqualTo(true);
        assertThat(video.simulator().requests().count(RequestKind.SUBMIT)).isEqualTo(2);
        assertThat(video.faults().pending()).isEmpty();
        video.assertPaidOnce();
    }

    @Test
    void anInvalidRequestReachesNoGateway() {
        Exchange failed = send("direct:prompts", "A red kite", Map.of("CamelGrokVideoDuration", 99));

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class);
        video.assertNothingPaid();
        assertThat(video.simulator().requests().entries()).isEmpty();
        assertThatThrownBy(video::assertPaidOnce).isInstanceOf(AssertionFailedError.class)
                .hasMessage("Expected 1 paid job, but there are none.\nNo submit has reached the gateway.");
    }

    @Test
    void twoJobsAreListed() {
        send("direct:prompts", "A red kite", Map.of());
        send("direct:prompts", "An owl\n " + "in the rain ".repeat(20), Map.of());

        video.assertPaid(2);
        assertThat(video.jobs()).extracting(job -> job.prompt().substring(0, 6)).containsExactly("A red ", "An owl");
        assertThatThrownBy(video::assertPaidOnce).isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
            assertThat(failure.getExpected().getValue()).isEqualTo(1);
            assertThat(failure.getActual().getValue()).isEqualTo(2);
            assertThat(failure.getMessage().lines()).hasSize(3);
            assertThat(failure.getMessage().lines().toList().get(0)).isEqualTo("Expected 1 paid job, but there are 2:");
            assertThat(failure.getMessage().lines().toList().get(1))
                    .matches("  1\\. " + video.jobs().get(0).id() + " at xai, DONE, [0-9.]+ USD, prompt: A red kite");
            assertThat(failure.getMessage().lines().toList().get(2)).startsWith("  2. ").contains("prompt: An owl in the rain in the ")
                    .endsWith("...");
        });
        assertThatThrownBy(video::assertNothingPaid).isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("Expected no paid job, but there are 2:\n  1. ");
    }

    @Test
    void aMissingJobIsExplained() {
        video.faults().add("submit-503");

        Exchange failed = send("direct:prompts", "A red kite", Map.of());
        send("direct:prompts", "A blue kite", Map.of());

        assertThat(failed.getException()).isInstanceOf(SubmitUnknownException.class);
        assertThatThrownBy(() -> video.assertPaid(2)).isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("Expected 2 paid jobs, but there is 1:\n  1. ")
                .hasMessageContaining("\nSubmits that have reached the gateway:\n"
                        + "  1. POST /xai/v1/videos/generations, answered with HTTP 503 because of the fault submit-503\n  2. ");
    }
}
