// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.ModeratedException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route gets when the gateway misbehaves: the whole video, or a typed error; never half of one, never a second job. */
class GatewayFaultsTest extends SimulatedGateway {

    @BeforeEach
    void route() throws Exception {
        component(context, provider()).setDownloadIdleTimeout(Duration.ofMillis(500));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:generate").to("grokvideo:generate").process(exchange -> {
                    // Looked at while the file is the route's: it is gone when the exchange has ended.
                    exchange.setProperty("length", exchange.getMessage().getBody(File.class).length());
                });
            }
        });
    }

    private Exchange generate(String prompt) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(prompt).send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll-500", "poll-503", "poll-429 retry-after=0", "poll-reset", "poll-html", "poll-html-502",
            "poll-malformed", "poll-empty", "poll-404 times=4", "poll-redirect times=2", "unknown-status times=3",
            "unknown-status word=archived times=0", "submit-slow delay=200ms",
            "download-truncated", "download-reset", "download-stall", "download-empty", "download-html", "download-expired", "download-404",
            "download-redirect", "download-chunked", "download-500", "download-429", "download-503"})
    void passesAndTheVideoIsWhole(String fault) {
        Exchange done = generate("a lighthouse [[fault:" + fault + "]]");

        assertThat(done.getException()).isNull();
        assertThat(done.getProperty("length")).isEqualTo(simulator.jobs().get(0).fileSize());
        assertThat(done.getMessage().getHeader("CamelGrokVideoSha256")).isEqualTo(simulator.jobs().get(0).sha256());
        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"submit-400, SubmitRejectedException, NO", "submit-401, AuthenticationException, NO",
            "submit-402, InsufficientCreditException, NO", "submit-422, SubmitRejectedException, NO",
            "submit-redirect, SubmitRejectedException, NO", "submit-malformed, SubmitUnknownException, UNKNOWN",
            "submit-html, SubmitUnknownException, UNKNOWN", "job-failed, JobFailedException, UNKNOWN",
            "job-expired, JobExpiredException, UNKNOWN", "job-moderated, ModeratedException, YES",
            "job-moderated variant=http-400, ModeratedException, YES", "done-without-url times=9, JobFailedException, YES"})
    void isATypedErrorThatSaysWhatWasCharged(String fault, String type, Charged charged) {
        Exchange failed = generate("a lighthouse [[fault:" + fault + "]]");

        assertThat(failed.getException()).isInstanceOf(GrokVideoException.class);
        assertThat(failed.getException().getClass().getSimpleName()).isEqualTo(type);
        assertThat(((GrokVideoException) failed.getException()).getCharged()).isEqualTo(charged);
        assertThat(failed.getMessage().getHeader("CamelGrokVideoProvider")).isEqualTo("xai");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRedirectNamesWhereItLeads() {
        Exchange failed = generate("a lighthouse [[fault:submit-redirect]]");

        assertThat(failed.getException()).hasMessageContaining(
                "check baseUrl: the gateway answers with a redirect to https://login.example").hasMessageNotContaining("sign-in");
    }

    @Test
    void aModeratedVideoHasItsPriceInTheHeaders() {
        Exchange failed = generate("a lighthouse [[fault:job-moderated variant=http-400]]");

        assertThat(failed.getException()).isInstanceOf(ModeratedException.class);
        assertThat(failed.getMessage().getHeader("CamelGrokVideoCost")).isNotNull();
        assertThat(failed.getMessage().getHeader("CamelGrokVideoStatus")).isEqualTo("MODERATED");
    }
}
