// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import org.junit.jupiter.api.Test;

class JmxCallTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @Test
    void whatTakesTooLongIsAnsweredOtherwise() {
        CompletableFuture<String> never = new CompletableFuture<>();

        assertThat(JmxCall.await("The call", never, Duration.ofMillis(1), () -> "late")).isEqualTo("late");
        assertThat(never).as("it continues").isNotDone();
    }

    @Test
    void anAnswerOrItsFailureIsPassedOnUnwrapped() {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new CompletionException(new IllegalArgumentException("wrong")));

        assertThat(JmxCall.await("The call", CompletableFuture.completedFuture("answer"), AN_HOUR, () -> "late")).isEqualTo("answer");
        assertThatThrownBy(() -> JmxCall.await("The call", failed, AN_HOUR, () -> "late"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("wrong");
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> JmxCall.await("The submit", new CompletableFuture<>(), AN_HOUR, () -> "late"))
                    .isInstanceOf(IllegalStateException.class).hasMessage("Interrupted; The submit continues");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
