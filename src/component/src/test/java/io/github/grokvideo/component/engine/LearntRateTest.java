// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.limits.LearntRate;
import io.github.grokvideo.component.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submits at a gateway that documents no rate. */
class LearntRateTest extends EngineTestBase {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LearntRate rate = new LearntRate();
    private Instant lastTaken = Instant.MIN;
    private int refused;

    private void send(int submits, Instant at) {
        for (int i = 0; i < submits; i++) {
            rate.sent(at);
        }
    }

    @Test
    void growsWithEverySubmitThatIsTaken() {
        assertThat(rate.perSecond()).isEqualTo(4);
        assertThat(rate.burst()).isEqualTo(4);
        for (int i = 0; i < 100; i++) {
            rate.taken();
        }
        assertThat(rate.perSecond()).isEqualTo(104);
        assertThat(rate.burst()).isEqualTo(104);
        for (int i = 0; i < 10_000; i++) {
            rate.taken();
        }
        assertThat(rate.perSecond()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "2, 1", "3, 1.5", "4, 2", "40, 2"})
    void aRefusalHalvesWhatWasUsed(int sentInTheLastSecond, double perSecond) {
        send(7, now.minusSeconds(1));
        send(sentInTheLastSecond, now);

        rate.refused(now, now.plusMillis(1));

        assertThat(rate.perSecond()).isEqualTo(perSecond);
        assertThat(rate.burst()).isEqualTo(1);
    }

    @Test
    void refusalsOfOneBurstCountOnce() {
        send(4, now);
        rate.refused(now, now.plusMillis(100));
        rate.refused(now, now.plusMillis(110));
        rate.refused(now.plusMillis(50), now.plusMillis(120));
        assertThat(rate.perSecond()).isEqualTo(2);

        send(1, now.plusMillis(600));
        rate.refused(now.plusMillis(600), now.plusMillis(700));

        assertThat(rate.perSecond()).isEqualTo(1);
    }

    @Test
    void growsSlowlyAfterARefusalAndNeverStops() {
        send(4, now);
        rate.refused(now, now);
        for (int i = 0; i < 20; i++) {
            rate.taken();
        }
        assertThat(rate.perSecond()).isCloseTo(4, org.assertj.core.data.Offset.offset(0.001));
        for (int i = 1; i < 100; i++) {
            rate.refused(now.plusSeconds(i), now.plusSeconds(i));
        }
        assertThat(rate.perSecond()).isEqualTo(0.1);
        rate.taken();
        assertThat(rate.perSecond()).isCloseTo(0.12, org.assertj.core.data.Offset.offset(0.001));
    }

    private Object oneASecond() {
        if (lastTaken.isBefore(timer.now().minusMillis(999))) {
            lastTaken = timer.now();
            return TestGateway.status(200, "task-" + lastTaken);
        }
        refused++;
        return TestGateway.status(429);
    }

    @Test
    void twelveJobsAtAGatewayThatTakesOneASecond() {
        gateway.submits = this::oneASecond;
        for (int i = 0; i < 12; i++) {
            submit(order("cat " + i));
        }

        timer.advance(Duration.ofMinutes(5));

        assertThat(jobs()).hasSize(12).allMatch(job -> job.state() == JobState.DOWNLOADED);
        assertThat(refused).isLessThan(8);
    }

    @Test
    void aHundredJobsAtAGatewayThatTakesOneASecond() {
        gateway.submits = this::oneASecond;
        for (int i = 0; i < 100; i++) {
            submit(order("cat " + i));
        }

        timer.advance(Duration.ofMinutes(15));

        assertThat(jobs()).hasSize(100).allMatch(job -> job.state() == JobState.DOWNLOADED);
        assertThat(refused).isLessThan(20);
    }

    @Test
    void aGatewayWithoutALimitGetsThemAllAtOnce() {
        for (int i = 0; i < 500; i++) {
            submit(order("cat " + i));
        }

        assertThat(gateway.posts()).isEqualTo(500);
    }
}
