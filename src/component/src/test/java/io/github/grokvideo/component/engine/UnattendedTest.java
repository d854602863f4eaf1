// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.job.FileExist;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoName;
import org.junit.jupiter.api.Test;

/** Jobs whose outcome nobody takes. */
class UnattendedTest extends EngineTestBase {

    private static final OrderLabels LABELS = new OrderLabels(null, "console", Map.of(), true, true);
    private static final Duration RENDERED = Duration.ofSeconds(12);

    private VideoOrder order(Path kept) {
        VideoOrder plain = order("a fox");
        return VideoOrder.builder(plain.jobId(), plain.account(), plain.request()).directory(kept)
                .name(kept == null ? null : VideoName.of("fox", FileExist.Rename)).waiter(waiter).labels(LABELS).build();
    }

    @Test
    void theVideoIsDeliveredOnceItIsInItsDirectory() {
        submit(order(directory.resolve("kept")));
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.DETACHED);
        timer.advance(RENDERED);

        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
        assertThat(job("job-1").endedAt()).isNotNull();
        assertThat(job("job-1").file()).isEqualTo(directory.resolve("kept/fox.mp4")).hasContent("video of job-1");
        assertThat(engine.completions().claim(job -> true, 10)).isEmpty();
        timer.advance(Duration.ofDays(40));
        assertThat(directory.resolve("kept/fox.mp4")).hasContent("video of job-1");
    }

    @Test
    void aFailureIsOfferedToNobody() {
        gateway.pollScript.add(TestGateway.status(400, ""));
        submit(order(directory.resolve("kept")));
        timer.advance(RENDERED);

        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
        assertThat(job("job-1").delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
        assertThat(engine.completions().claim(job -> true, 10)).isEmpty();
    }

    @Test
    void anOperatorCanHaveItDeliveredAfterAll() {
        submit(order(directory.resolve("kept")));
        timer.advance(RENDERED);

        engine.operations().redeliver("job-1");

        assertThat(engine.completions().claim(job -> true, 10)).hasSize(1);
        engine.completions().acknowledge("job-1");
        assertThat(job("job-1").state()).isEqualTo(JobState.DELIVERED);
    }

    @Test
    void aRetryIsForNobodyEither() {
        gateway.pollScript.add(TestGateway.status(400, ""));
        submit(order(directory.resolve("kept")));
        timer.advance(RENDERED);
        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);

        String again = engine.operations().retry("job-1").join().id();
        timer.advance(RENDERED);

        assertThat(again).isNotEqualTo("job-1");
        assertThat(job(again).state()).isEqualTo(JobState.DELIVERED);
        assertThat(job(again).file()).isEqualTo(directory.resolve("kept/fox.mp4"));
        assertThat(engine.completions().claim(job -> true, 10)).isEmpty();
    }

    @Test
    void itNeedsADirectory() {
        assertThatThrownBy(() -> order((Path) null)).isInstanceOf(IllegalStateException.class).hasMessageContaining("needs a directory");
    }
}
