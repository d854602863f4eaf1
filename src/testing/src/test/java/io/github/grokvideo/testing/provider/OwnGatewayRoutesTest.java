// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import example.PromptGateway;
import example.QueueGateway;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.testing.GrokVideoExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways written against the published API alone, from the route to the wire. */
class OwnGatewayRoutesTest {

    private final CamelContext context = new DefaultCamelContext();
    private GrokVideoExtension video;

    /** @param wire the simulated gateway that it speaks to */
    private void start(String wire, VideoProvider provider) {
        video = GrokVideoExtension.builder().provider(wire).build();
        context.getRegistry().bind("mine", provider);
        video.configure(context).getConfiguration().setProvider("#mine");
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        video.close();
    }

    private Exchange send(String uri, Object body) {
        return context.createFluentProducerTemplate().to(uri).withBody(body).send();
    }

    @Test
    void anAccountOfAPromptGateway() {
        start("xai", new PromptGateway());
        GrokVideoAccount team = new GrokVideoAccount("#mine", video.simulator().apiKey("xai"));
        team.setBaseUrl(video.simulator().baseUrl("xai"));
        team.setPollInterval(Duration.ofMillis(50));
        context.getRegistry().bind("team", team);

        Exchange exchange = send("grokvideo:generate?account=team", "a lighthouse");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelGrokVideoSha256")).isEqualTo(video.jobs().get(0).sha256());
        assertThat(exchange.getMessage().getHeader("CamelGrokVideoProvider")).isEqualTo("prompts");
        video.assertPaidOnce();
    }

    @ParameterizedTest
    @CsvSource({"job-failed, JobFailedException", "submit-400, SubmitRejectedException", "submit-401, AuthenticationException",
            "submit-503, SubmitUnknownException"})
    void failuresOfAPrompt(String fault, String type) {
        start("xai", new PromptGateway());

        Exception failure = send("grokvideo:generate", "a lighthouse [[fault:" + fault + "]]").getException();

        assertThat(failure.getClass().getSimpleName()).as(failure.toString()).isEqualTo(type);
    }

    @Test
    void textImageAndEdit() {
        start("fal", new QueueGateway());

        Exchange text = send("grokvideo:generate", "a lighthouse");
        assertThat(text.getException()).isNull();
        assertThat(text.getMessage().getHeader("CamelGrokVideoSha256")).isEqualTo(video.jobs().get(0).sha256());
        assertThat(text.getMessage().getHeader("CamelGrokVideoPolls", Integer.class)).isPositive();

        assertThat(send("grokvideo:generate", Map.of("images", "data:image/png;base64,iVBORw0KGgo=", "prompt", "x")).getException())
                .isNull();
        assertThat(send("grokvideo:generate", Map.of("prompt", "at night", "video", text.getMessage().getHeader("CamelGrokVideoUrl")))
                .getException()).isNull();
        video.assertPaid(3);
    }

    @ParameterizedTest
    @CsvSource({"job-failed, JobFailedException", "job-moderated, ModeratedException", "submit-422, SubmitRejectedException"})
    void failuresOfAQueue(String fault, String type) {
        start("fal", new QueueGateway());

        Exception failure = send("grokvideo:generate", "a lighthouse [[fault:" + fault + "]]").getException();

        assertThat(failure.getClass().getSimpleName()).as(failure.toString()).isEqualTo(type);
    }

    @Test
    void aRateLimitPasses() {
        start("fal", new QueueGateway());

        assertThat(send("grokvideo:generate", "a lighthouse [[fault:submit-429 retry-after=0]]").getException()).isNull();
        video.assertPaidOnce();
    }

    @Test
    void cancel() {
        start("fal", new QueueGateway());
        Map<?, ?> job = send("grokvideo:submit", "a lighthouse [[render=60s]]").getMessage().getBody(Map.class);

        assertThat(send("grokvideo:cancel", job).getException()).isNull();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(send("grokvideo:status", job).getMessage()
                .getHeader("CamelGrokVideoStatus")).isEqualTo("CANCELLED"));
    }
}
