// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.job.JobState;
import org.junit.jupiter.api.Test;

/** Callers that rest before they ask for a job again. */
class PauseTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void itEndsInTime() {
        CompletableFuture<Void> pause = engine.pause("job-1", Duration.ofSeconds(5), waiter);

        timer.advance(Duration.ofMillis(4999));
        assertThat(pause).isNotDone();
        timer.advance(Duration.ofMillis(1));
        assertThat(pause).isCompleted();
    }

    @Test
    void itEndsWithTheVideo() {
        submit(order("a cat"));
        CompletableFuture<Void> pause = engine.pause("job-1", HOUR, waiter);
        CompletableFuture<Void> other = engine.pause("job-2", HOUR, waiter);

        timer.advance(Duration.ofSeconds(12));

        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(pause).isCompleted();
        assertThat(other).isNotDone();
    }

    @Test
    void itEndsWithItsWaiter() {
        CompletableFuture<Void> pause = engine.pause("job-1", HOUR, "route-1");
        CompletableFuture<Void> other = engine.pause("job-1", HOUR, "route-2");

        engine.detach("route-1");

        assertThat(error(pause)).isInstanceOf(DetachedException.class);
        assertThat(other).isNotDone();
    }

    @Test
    void noneBeginsOrGoesOnInAnEngineThatStops() {
        CompletableFuture<Void> pause = engine.pause("job-1", HOUR, waiter);
        engine.refuse();
        CompletableFuture<Void> refused = engine.pause("job-1", HOUR, waiter);
        assertThat(pause).isNotDone();
        engine.detachAll();

        assertThat(error(pause)).isInstanceOf(DetachedException.class);
        assertThat(refused).isCompletedExceptionally();
    }
}
