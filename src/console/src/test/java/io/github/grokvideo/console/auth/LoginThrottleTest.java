// SPDX-License-Identifier: Apache-2.0
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

    private static final String HOME = "192.0.2.1";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void doublesThePauseUpToAMinute() throws InterruptedException {
        wrong(3);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(blocked().toSeconds());
            passes(blocked());
            wrong(1);
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void checksNoPasswordDuringAPause() throws InterruptedException {
        wrong(3);

        assertThat(attempt(HOME, "ann", true)).isFalse();
        passes(Duration.ofSeconds(1));
        assertThat(attempt(HOME, "ann", true)).isTrue();
    }

    @Test
    void startsAgainAfterARightPassword() throws InterruptedException {
        wrong(2);
        attempt(HOME, "ann", true);
        wrong(2);

        assertThat(blocked()).isZero();
    }

    @Test
    void aRightPasswordTakesBackNoOtherNamesFailures() throws InterruptedException {
        wrong(2);
        attempt(HOME, "vic", true);
        wrong(1);

        assertThat(blocked()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void forgetsFailuresOfLongAgo() throws InterruptedException {
        wrong(2);
        passes(Duration.ofMinutes(16));
        wrong(2);

        assertThat(blocked()).isZero();
    }

    @Test
    void countsAnyNumberOfNamesTogether() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            attempt(HOME, "user-" + i, false);
            passes(blocked());
        }
        attempt(HOME, "user-199", false);

        assertThat(blocked()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void oneAddressCannotLockTheOthersOut() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            attempt("203.0.113.9", "ann", false);
            passes(throttle.blockedFor("203.0.113.9"));
        }
        attempt("203.0.113.9", "ann", false);

        assertThat(throttle.blockedFor("203.0.113.9")).isPositive();
        assertThat(attempt(HOME, "ann", true)).isTrue();
        assertThat(attempt(HOME, "vic", true)).isTrue();
    }

    @Test
    void guessesOfANameFromManyAddressesAreSlowToo() throws InterruptedException {
        AtomicInteger checked = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            throttle.caller("198.51.100." + i);
            throttle.attempt("ann", () -> checked.incrementAndGet() < 0);
        }

        assertThat(checked).hasValue(10);
        assertThat(attempt(HOME, "vic", true)).as("another name").isTrue();
        passes(Duration.ofMinutes(1));
        assertThat(attempt(HOME, "ann", true)).isTrue();
    }

    @Test
    void remembersABoundedNumber() throws InterruptedException {
        FailureCounts counts = new FailureCounts(now::get, 1, 100);
        for (int i = 0; i < 10_000; i++) {
            counts.failed("key-" + i);
        }

        assertThat(counts.of("key-9899")).isZero();
        assertThat(counts.of("key-9900")).isEqualTo(1);
        attempt(HOME, "x".repeat(1_000_000), false);
    }

    @Test
    void countsGuessesMadeAtTheSameTime() throws Exception {
        AtomicInteger checked = new AtomicInteger();
        ExecutorService guessers = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> guesses = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                guesses.add(guessers.submit(() -> {
                    throttle.caller(HOME);
                    return throttle.attempt("ann", () -> checked.incrementAndGet() < 0);
                }));
            }
            for (Future<Boolean> guess : guesses) {
                assertThat(guess.get()).isFalse();
            }
        } finally {
            guessers.shutdownNow();
        }

        assertThat(checked).hasValue(3);
    }

    private boolean attempt(String address, String name, boolean right) throws InterruptedException {
        throttle.caller(address);
        return throttle.attempt(name, () -> right);
    }

    private void wrong(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            attempt(HOME, "ann", false);
        }
    }

    private Duration blocked() {
        return throttle.blockedFor(HOME);
    }

    private void passes(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
