package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aBucketSpacesWhatComesAfterItsBurst() {
        RateBucket bucket = new RateBucket(5, 3);

        assertThat(List.of(bucket.reserve(now), bucket.reserve(now), bucket.reserve(now))).containsOnly(Duration.ZERO);
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofMillis(200));
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofMillis(400));
        assertThat(bucket.reserve(now.plusSeconds(10))).isEqualTo(Duration.ZERO);
    }

    @Test
    void aBucketWithoutARateLetsEverythingThrough() {
        RateBucket bucket = new RateBucket(0, 1);

        assertThat(bucket.reserve(now)).isEqualTo(Duration.ZERO);
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ZERO);
        bucket.pauseUntil(now.plusSeconds(5));
        assertThat(bucket.reserve(now)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void urgentCallsOvertakeTheOthersThatWait() {
        CallGate gate = new CallGate(1, Runnable::run);
        List<String> started = new ArrayList<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        gate.ordinary(() -> first);
        gate.ordinary(() -> started(started, "poll"));
        gate.urgent(() -> started(started, "submit"));
        assertThat(started).isEmpty();

        first.complete("done");

        assertThat(started).containsExactly("submit", "poll");
    }

    @Test
    void aCallThatThrowsGivesItsPlaceBack() {
        CallGate gate = new CallGate(1, Runnable::run);

        CompletableFuture<String> failed = gate.ordinary(() -> {
            throw new IllegalStateException("test");
        });

        assertThat(failed).isCompletedExceptionally();
        assertThat(gate.ordinary(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
    }

    private static CompletableFuture<String> started(List<String> started, String name) {
        started.add(name);
        return CompletableFuture.completedFuture(name);
    }
}
