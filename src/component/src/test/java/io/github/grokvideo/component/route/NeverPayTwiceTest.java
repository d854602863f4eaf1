// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobKeyConflictException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a submit, the ledger shows one job at most, and the request log one POST but for documented rejections. */
class NeverPayTwiceTest extends SimulatedGateway {

    private void redeliveringRoute(String options) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(20));
                from("direct:patient").errorHandler(defaultErrorHandler().maximumRedeliveries(200).redeliveryDelay(10))
                        .to("grokvideo:generate?waitTimeout=200ms");
                from("direct:queued").errorHandler(noErrorHandler()).to("grokvideo:generate?waitTimeout=2s");
                from("direct:generate").to("grokvideo:generate" + options).process(exchange -> {
                    assertThat(exchange.getMessage().getBody(java.io.File.class)).isFile();
                });
            }
        });
    }

    private Exchange send(String prompt, Map<String, Object> headers) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(prompt).withHeaders(headers).send();
    }

    /** Waits shortly, again and again. */
    private Exchange patiently(String prompt) {
        return context.createFluentProducerTemplate().to("direct:patient").withBody(prompt).send();
    }

    @ParameterizedTest
    @CsvSource({"submit-503,0", "submit-500,0", "reset-before-create,0", "reset-after-create,1", "submit-timeout,1"})
    void aSubmitInDoubtIsSentOnceWithRedeliveryAndWithTheSameKey(String fault, int jobs) throws Exception {
        submitsTimeOutSoon();
        redeliveringRoute("");
        String prompt = "a lighthouse [[fault:" + fault + "]]";

        Exchange first = send(prompt, Map.of());
        assertThat(first.getException()).isInstanceOf(SubmitUnknownException.class);
        assertThat(first.getMessage().getHeader("CamelGrokVideoErrorCharged")).hasToString("unknown");
        assertThat(posts()).isEqualTo(1);
        assertThat(paidJobs()).isEqualTo(jobs);

        String another = "a windmill [[fault:" + fault + "]]";
        send(another, key("one"));
        Exchange again = send(another, key("one"));
        assertThat(again.getException()).isInstanceOf(SubmitUnknownException.class);
        assertThat(posts()).isEqualTo(2);
        assertThat(paidJobs()).isEqualTo(2L * jobs);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aSubmitInDoubtWithinACopyIsSentOnce(boolean inheritErrorHandler) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(20))
                        .to("direct:work");
                from("direct:work").errorHandler(inheritErrorHandler
                        ? defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(20) : noErrorHandler())
                        .split(body()).circuitBreaker().inheritErrorHandler(inheritErrorHandler)
                        .setHeader("to", constant("grokvideo:generate")).recipientList(header("to")).cacheSize(-1).end().end();
            }
        });

        Exchange failed = send("a lighthouse [[fault:reset-after-create]]", Map.of());

        assertThat(failed.getException(SubmitUnknownException.class)).isNotNull();
        assertThat(posts()).isEqualTo(1);
        assertThat(paidJobs()).isEqualTo(1);
    }

    @Test
    void aDocumentedRejectionIsRepeatedUntilItIsTaken() throws Exception {
        redeliveringRoute("");

        Exchange done = send("a lighthouse [[fault:submit-429 times=2 retry-after=0]]", Map.of());

        assertThat(done.getException()).isNull();
        assertThat(posts()).isEqualTo(3);
        assertThat(paidJobs()).isEqualTo(1);
    }

    @Test
    void aRefusedKeyAttachesOnRedeliveryWithoutAJobKey() throws Exception {
        redeliveringRoute("");

        Exchange done = send("a lighthouse [[fault:poll-401]]", Map.of());

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(Exchange.REDELIVERED)).as("it was redelivered").isEqualTo(true);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aVideoThatIsTooLargeIsNotPaidNorLoadedAgainOnRedelivery() throws Exception {
        component(context, provider()).setMaxFileSize(1_000);
        redeliveringRoute("");

        Exchange failed = send("a lighthouse", Map.of());

        assertThat(failed.getException()).isInstanceOf(DownloadFailedException.class);
        assertThat(((GrokVideoException) failed.getException()).isResumable()).isTrue();
        assertThat(simulator.requests().count(RequestKind.DOWNLOAD)).isEqualTo(1);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aWaitTimeoutAttachesOnRedeliveryWithoutAKey() throws Exception {
        redeliveringRoute("");

        Exchange done = patiently("a lighthouse [[render=400ms]]");

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(Exchange.REDELIVERED)).as("it was redelivered").isEqualTo(true);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aWaitThatEndsInTheQueueIsNotChargedAndAttachesOnRedeliveryWithoutAKey() throws Exception {
        component(context, provider()).getConfiguration().setMaxConcurrentJobs(1);
        redeliveringRoute("");
        var template = context.createFluentProducerTemplate();
        var first = template.to("direct:generate").withBody("a lighthouse [[render=6s]]").asyncSend();
        Awaitility.await().until(() -> posts() == 1);

        Exchange queued = context.createFluentProducerTemplate().to("direct:queued").withBody("a windmill").send();
        assertThat(queued.getException()).isInstanceOf(WaitTimeoutException.class);
        assertThat(queued.getMessage().getHeader("CamelGrokVideoErrorCharged")).as(queued.getException().getMessage()).isEqualTo("no");
        assertThat(queued.getMessage().getHeader("CamelGrokVideoStatus")).isEqualTo("NEW");
        Exchange redelivered = patiently("a beach");

        assertThat(first.get().getException()).isNull();
        assertThat(redelivered.getException()).isNull();
        assertThat(redelivered.getMessage().getHeader(Exchange.REDELIVERED)).as("it was redelivered").isEqualTo(true);
        Awaitility.await().until(() -> posts() == 3);
        assertThat(paidJobs()).isEqualTo(3);
    }

    @Test
    void theSameKeyGivesTheSameVideoAgain() throws Exception {
        redeliveringRoute("");

        Exchange first = send("a lighthouse", key("order-17"));
        Exchange second = send("a lighthouse", key("order-17"));

        assertThat(second.getException()).isNull();
        assertThat(second.getMessage().getHeader("CamelGrokVideoJobId")).isEqualTo(first.getMessage().getHeader("CamelGrokVideoJobId"));
        assertThat(second.getMessage().getHeader("CamelGrokVideoSha256")).isEqualTo(first.getMessage().getHeader("CamelGrokVideoSha256"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefusedBeforeSpending() throws Exception {
        redeliveringRoute("");
        send("a lighthouse", key("order-17"));

        Exchange other = send("a windmill", key("order-17"));

        assertThat(other.getException()).isInstanceOf(JobKeyConflictException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anotherVideoOnTheSameExchangeIsAnotherJob() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate").setBody(constant("a windmill")).to("grokvideo:generate");
            }
        });

        assertThat(send("a lighthouse", Map.of()).getException()).isNull();
        assertThat(posts()).isEqualTo(2);
    }
}
