// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.jdbc.JobColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job store has no room for is said before anything is spent, whichever store it is. */
class StorableFieldsTest extends EngineTestBase {

    private CompletableFuture<VideoJob> submit(String jobId, String jobKey, VideoRequest request, String tag) {
        return submit(VideoOrder.builder(jobId, gateway.account(), request).jobKey(jobKey).waiter(waiter)
                .labels(new OrderLabels("route", tag, Map.of(), false, false)).build());
    }

    private void refused(CompletableFuture<VideoJob> answer, String field, String limit) {
        assertThat(error(answer)).isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
            assertThat(refused.getCharged()).isEqualTo(Charged.NO);
            assertThat(refused.getViolations()).extracting(violation -> violation.field()).containsExactly(field);
            assertThat(refused).hasMessageContaining(limit);
            assertThat(refused.getMessage().length()).isLessThan(500);
        });
        assertThat(gateway.posts()).isZero();
        assertThat(jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "long"})
    void aTagThatHasNoRoomIsRefused(String tag) {
        refused(submit("job-1", null, VideoRequest.ofPrompt("a cat"), tag.equals("long") ? "t".repeat(301) : tag), "tag", "at most 300");
    }

    @Test
    void namesOfModelsAccountsAndGatewaysAreLookedAtAsWell() {
        VideoJob job = VideoJob.create("job-1", "a\0", "p".repeat(201), timer.now(), changes -> changes.model("m".repeat(301)).tag("t"));

        assertThat(JobColumn.violations(job)).extracting(violation -> violation.field()).containsExactly("account", "provider", "model");
        assertThat(JobColumn.violations(job.with(changes -> changes.model("m".repeat(300))))).hasSize(2);
    }

    @Test
    void anIdThatHasNoRoomIsRefused() {
        refused(submit("j".repeat(201), null, VideoRequest.ofPrompt("a cat"), null), "jobId", "at most 200");
    }

    @Test
    void aRequestThatHasNoRoomIsRefused() {
        refused(submit("job-1", null, VideoRequest.ofPrompt("x".repeat(1024 * 1024)), null), "request", "characters as JSON");
    }

    @Test
    void keysOfAnyLengthAreTaken() {
        assertThat(submit("job-1", "k\0".repeat(5000), VideoRequest.ofPrompt("a cat"), "t".repeat(300))).isCompleted();
    }
}
