// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.Prompts;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.Test;

class GatewayStatusTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESH = Duration.ofMinutes(10);

    @Test
    void aRefusalIsForgottenWhereNothingIsCalledAnyMore() {
        GatewayStatus.AccountCalls refused = new GatewayStatus.AccountCalls(null, NOON, NOON.plusSeconds(60), "HTTP 401");

        assertThat(refused.isRefused(NOON.plusSeconds(600), FRESH)).isTrue();
        assertThat(refused.isRefused(NOON.plusSeconds(660), FRESH)).isFalse();
        assertThat(refused.works(NOON.plusSeconds(660), FRESH)).isFalse();
    }

    @Test
    void aRedirectIsNoSuccess() {
        GatewayStatus status = new GatewayStatus(Clock.fixed(NOON, ZoneOffset.UTC));
        VideoAccount account = new VideoAccount("a", VideoProviders.named("xai").orElseThrow(),
                new GatewayAccess(URI.create("https://xai.example/v1"), "key"), null, null, null, null, 0, false);

        status.onCall(new GatewayCall(GatewayCall.Operation.POLL, "j", account, "GET", NOON, NOON, 302, 0, null));

        assertThat(status.providers().get("xai").lastSuccess()).isNull();
        assertThat(status.providers().get("xai").error()).isEqualTo("HTTP 302");
    }

    @Test
    void aPromptThatAGatewayRepeatsIsNotShown() {
        VideoJob job = VideoJob.create("j", "a", "xai", NOON, fields -> fields.state(JobState.REJECTED)
                .request(VideoRequest.builder().prompt("a fox (red)").negativePrompt("fog").build())
                .error(JobError.of(ErrorType.MODERATED, "'a fox (red)' is not allowed, fog is", Charged.NO)));

        assertThat(Prompts.masked(job, job.error().message())).isEqualTo("'[prompt]' is not allowed, fog is");
        assertThat(Prompts.masked(job, null)).isNull();
    }
}
