// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLimitTest {

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static CallLimit limit(int calls, long shortestMillis) {
        return new CallLimit(calls, ms(shortestMillis), 0);
    }

    @ParameterizedTest(name = "{0} calls, shortest {1} ms, one took {2} ms, others wait: {3} -> {4}")
    @CsvSource({
            "64, 100, 100, true, 65", "64, 100, 100, false, 64", "64, 100, 90, true, 65",
            // Within twice the shortest time, and within four times.
            "100, 100, 200, true, 101", "100, 100, 205, true, 100", "100, 100, 400, true, 100",
            "100, 100, 410, true, 99", "100, 100, 410, false, 100",
            // Slow answers alone are no reason for less than at first.
            "64, 100, 5000, true, 64", "32, 100, 5000, true, 32",
            // Of a gateway nearby.
            "64, 1, 50, true, 65", "80, 1, 51, true, 79",
            "512, 100, 100, true, 512"})
    void followsTheTimeUntilAnAnswer(int calls, long shortest, long took, boolean waiting, int expected) {
        assertThat(limit(calls, shortest).answered(ms(1000), ms(1000 + took), waiting).calls()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"512, 256", "64, 32", "17, 16", "16, 16"})
    void isHalvedWhenNoAnswerComes(int calls, int expected) {
        assertThat(limit(calls, 100).failed(ms(1000), ms(31_000)).calls()).isEqualTo(expected);
    }

    @Test
    void isHalvedOnceForCallsThatFailTogether() {
        CallLimit halved = limit(400, 100).failed(ms(1000), ms(2000));
        assertThat(halved.failed(ms(1500), ms(2001))).isEqualTo(halved);
        assertThat(halved.failed(ms(2000), ms(2500)).calls()).isEqualTo(100);
    }

    @Test
    void beginsWithoutAnOpinionOnTime() {
        CallLimit first = CallLimit.first(ms(1000));
        assertThat(first.calls()).isEqualTo(64);
        CallLimit next = first.answered(ms(1000), ms(21_000), true);
        assertThat(next.calls()).isEqualTo(65);
        assertThat(next.shortest()).isEqualTo(ms(20_000));
        assertThat(first.failed(ms(999), ms(1001))).isEqualTo(first);
    }

    @Test
    void forgetsAShortTimeThatIsNotSeenAnyMore() {
        CallLimit limit = limit(64, 100);
        for (int i = 0; i < 1000; i++) {
            limit = limit.answered(0, ms(300), true);
        }
        assertThat(limit.shortest()).isBetween(ms(105), ms(125));
        for (int i = 0; i < 100_000; i++) {
            limit = limit.answered(0, ms(300), true);
        }
        assertThat(limit.shortest()).isBetween(ms(290), ms(300));
    }

    /** 3,000 jobs that are queried every second, 100 ms away. */
    @Test
    void isLargeEnoughWithinASecond() {
        CallLimit limit = CallLimit.first(0);
        int rounds = 0;
        for (; limit.calls() < 300; rounds++) {
            int inFlight = limit.calls();
            for (int i = 0; i < inFlight; i++) {
                limit = limit.answered(0, ms(100), true);
            }
        }
        assertThat(rounds).isLessThan(10);
    }
}
