package io.github.grokvideo.console.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void doublesThePauseUpToAMinute() throws InterruptedException {
        wrong(3);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(throttle.blockedFor().toSeconds());
            passes(throttle.blockedFor());
            wrong(1);
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void checksNoPasswordDuringAPause() throws InterruptedException {
        wrong(3);

        assertThat(throttle.attempt("ann", () -> true)).isFalse();
        passes(Duration.ofSeconds(1));
        assertThat(throttle.attempt("ann", () -> true)).isTrue();
    }

    @Test
    void startsAgainAfterARightPassword() throws InterruptedException {
        wrong(2);
        throttle.attempt("ann", () -> true);
        wrong(2);

        assertThat(throttle.blockedFor()).isZero();
    }

    @Test
    void aRightPasswordTakesBackNoOtherNamesFailures() throws InterruptedException {
        wrong(2);
        throttle.attempt("vic", () -> true);
        wrong(1);

        assertThat(throttle.blockedFor()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void forgetsFailuresOfLongAgo() throws InterruptedException {
        wrong(2);
        passes(Duration.ofMinutes(16));
        wrong(2);

        assertThat(throttle.blockedFor()).isZero();
    }

    @Test
    void countsAnyNumberOfNamesTogether() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            throttle.attempt("user-" + i, () -> false);
            passes(throttle.blockedFor());
        }
        throttle.attempt("user-199", () -> false);

        assertThat(throttle.blockedFor()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void countsGuessesMadeAtTheSameTime() throws Exception {
        AtomicInteger checked = new AtomicInteger();
        ExecutorService guessers = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> guesses = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                guesses.add(guessers.submit(() -> throttle.attempt("ann", () -> checked.incrementAndGet() < 0)));
            }
            for (Future<Boolean> guess : guesses) {
                assertThat(guess.get()).isFalse();
            }
        } finally {
            guessers.shutdownNow();
        }

        assertThat(checked).hasValue(3);
    }

    private void wrong(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            throttle.attempt("ann", () -> false);
        }
    }

    private void passes(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
