// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.UnsupportedException;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** openai, openrouter and fal from the route to the file, at a gateway that checks what it gets. */
class NewGatewaysTest extends SimulatedGateway {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1};

    private void start(String gateway) throws Exception {
        component(context, gateway);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:generate").to("grokvideo:generate")
                        .process(exchange -> exchange.setProperty("length", exchange.getMessage().getBody(File.class).length()));
                from("direct:submit").to("grokvideo:submit");
                from("direct:await").to("grokvideo:await");
                from("direct:cancel").to("grokvideo:cancel");
            }
        });
    }

    private Exchange send(String uri, Object body) {
        return context.createFluentProducerTemplate().to(uri).withBody(body).send();
    }

    private void assertWhole(Exchange done) {
        assertThat(done.getException()).isNull();
        assertThat(done.getProperty("length")).isEqualTo(simulator.jobs().get(simulator.jobs().size() - 1).fileSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "openrouter", "fal"})
    void aPromptBecomesAVideoThatIsPaidOnce(String gateway) throws Exception {
        start(gateway);

        Exchange done = send("direct:generate",
                Map.of("prompt", "a lighthouse", "duration", 4, "resolution", "720p", "aspectRatio", "16:9"));

        assertWhole(done);
        assertThat(done.getMessage().getHeader("CamelGrokVideoProvider")).isEqualTo(gateway);
        assertThat(simulator.jobs().get(0).prompt()).isEqualTo("a lighthouse");
        assertThat(paidJobs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "openrouter", "fal"})
    void aLocalImageIsSentInline(String gateway) throws Exception {
        Path image = Files.write(directory.resolve("cat.png"), PNG);
        start(gateway);

        assertWhole(context.createFluentProducerTemplate().to("direct:generate").withBody("a cat")
                .withHeader("CamelGrokVideoImages", image.toFile()).send());
        assertThat(simulator.requests().count(RequestKind.UPLOAD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"body=multipart", "body=multipart;extras=metadata"})
    void aRelayThatWantsFilesGetsThem(String options) throws Exception {
        Path image = Files.write(directory.resolve("cat.png"), PNG);
        component(context, "openai").getConfiguration().setProviderOptions(options);
        start("openai");

        assertWhole(context.createFluentProducerTemplate().to("direct:generate").withBody(Map.of("prompt", "a cat", "generateAudio", false))
                .withHeader("CamelGrokVideoImages", image.toFile()).send());
    }

    @ParameterizedTest
    @CsvSource({"openai, edit", "fal, edit", "fal, extend", "openrouter, extend", "openai, remix"})
    void anEarlierVideoIsTheSource(String gateway, String mode) throws Exception {
        start(gateway);
        Object first = send("direct:generate", "a lighthouse").getMessage().getHeader("CamelGrokVideoJobId");
        Object source = gateway.equals("fal") ? simulatedUrl() : "job:" + first;

        assertWhole(send("direct:generate", Map.of("prompt", "at night", "mode", mode, "video", source)));
        assertThat(paidJobs()).isEqualTo(gateway.equals("fal") ? 3 : 2);
    }

    /** fal takes no task ids; the URL is as the result had it. */
    private String simulatedUrl() {
        return (String) send("direct:generate", "a lighthouse").getMessage().getHeader("CamelGrokVideoUrl");
    }

    @ParameterizedTest
    @CsvSource({"openai, job-failed, JobFailedException", "openai, job-moderated, ModeratedException",
            "openrouter, job-failed, JobFailedException", "openrouter, job-moderated, ModeratedException",
            "openrouter, job-expired, JobExpiredException", "fal, job-failed, JobFailedException",
            "fal, job-moderated, ModeratedException", "openai, submit-400, SubmitRejectedException",
            "openrouter, submit-402, InsufficientCreditException", "fal, submit-422, SubmitRejectedException",
            "fal, submit-html, SubmitUnknownException", "openai, submit-500, SubmitUnknownException",
            "openrouter, submit-502, SubmitUnknownException"})
    void aFailureIsTyped(String gateway, String fault, String type) throws Exception {
        start(gateway);

        Exchange failed = send("direct:generate", "a lighthouse [[fault:" + fault + "]]");

        assertThat(failed.getException()).isInstanceOf(GrokVideoException.class);
        assertThat(failed.getException().getClass().getSimpleName()).as(failed.getException().toString()).isEqualTo(type);
        assertThat(failed.getException().getMessage()).contains(gateway);
        assertThat(posts()).as("never sent twice").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"openai, submit-429 retry-after=0", "openrouter, poll-500", "openrouter, poll-429 retry-after=0", "fal, poll-500 times=2",
            "fal, poll-html-502", "fal, poll-reset", "openai, poll-malformed", "fal, download-truncated", "openrouter, download-500",
            "fal, unknown-status times=2", "openrouter, url-elsewhere", "openai, download-redirect"})
    void passesAndTheVideoIsWhole(String gateway, String fault) throws Exception {
        start(gateway);

        assertWhole(send("direct:generate", "a lighthouse [[fault:" + fault + "]]"));
        assertThat(paidJobs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "openrouter", "fal"})
    void aWrongKeyIsSaidSoAndNotShown(String gateway) throws Exception {
        component(context, gateway);
        String key = simulator.apiKey(gateway).replace("simulator", "invalid");
        start(gateway);
        component(context, gateway).getConfiguration().setApiKey(key);

        Exchange failed = send("grokvideo:generate?apiKey=RAW(" + key + ")", "a lighthouse");

        assertThat(failed.getException()).isInstanceOf(AuthenticationException.class).hasMessageNotContaining(key);
    }

    @Test
    void aJobIsCancelledWhereTheGatewayCan() throws Exception {
        start("fal");
        Map<?, ?> job = send("direct:submit", "a lighthouse [[render=60s]]").getMessage().getBody(Map.class);

        Exchange cancelled = send("direct:cancel", job);

        assertThat(cancelled.getException()).isNull();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(send("grokvideo:status", job).getMessage()
                .getHeader("CamelGrokVideoStatus")).isEqualTo("CANCELLED"));
    }

    @ParameterizedTest
    @CsvSource({"openrouter, does not stop its charge", "xai, does not stop its charge", "openai, goes on and may be charged"})
    void whereItCannotTheChargeIsNamed(String gateway, String charge) throws Exception {
        start(gateway);
        Map<?, ?> job = send("direct:submit", "a lighthouse").getMessage().getBody(Map.class);

        assertThat(send("direct:cancel", job).getException()).isInstanceOf(UnsupportedException.class)
                .hasMessageContaining(charge);
        assertThat(send("direct:await", job).getException()).isNull();
    }
}
