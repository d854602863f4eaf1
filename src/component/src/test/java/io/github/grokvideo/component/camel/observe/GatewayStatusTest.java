package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.Test;

class GatewayStatusTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESH = Duration.ofMinutes(10);

    @Test
    void aRefusalIsForgottenWhereNothingIsCalledAnyMore() {
        GatewayStatus.AccountCalls refused = new GatewayStatus.AccountCalls(null, NOON, NOON.plusSeconds(60));

        assertThat(refused.isRefused(NOON.plusSeconds(600), FRESH)).isTrue();
        assertThat(refused.isRefused(NOON.plusSeconds(660), FRESH)).isFalse();
        assertThat(refused.works(NOON.plusSeconds(660), FRESH)).isFalse();
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
