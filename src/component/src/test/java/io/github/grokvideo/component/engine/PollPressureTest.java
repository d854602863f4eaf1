// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A gateway that documents no limit of status queries and rejects those beyond twenty a second. */
class PollPressureTest extends EngineTestBase {

    private static final int ALLOWED = 20;

    private long second;
    private int inThisSecond;
    private long answered;
    private long rejected;

    private Object poll() {
        if (timer.now().getEpochSecond() != second) {
            second = timer.now().getEpochSecond();
            inThisSecond = 0;
        }
        if (++inThisSecond > ALLOWED) {
            rejected++;
            return TestGateway.status(429);
        }
        answered++;
        return TestGateway.status(202);
    }

    @Test
    void itsRateIsFoundAndUsed() {
        VideoAccount plain = gateway.account();
        VideoAccount account = new VideoAccount(plain.name(), plain.provider(), plain.access(), null, Duration.ofSeconds(1),
                Duration.ofSeconds(1), null, 0, false);
        gateway.polled = task -> poll();
        for (int job = 0; job < 100; job++) {
            submit(order("job-" + job, "a cat", null, account));
        }
        timer.advance(Duration.ofMinutes(10));
        answered = 0;
        rejected = 0;
        timer.advance(Duration.ofMinutes(10));

        assertThat((double) rejected / (answered + rejected)).as("share of rejected queries").isLessThan(0.12);
        assertThat(answered / 600.0).as("answered queries a second").isGreaterThan(ALLOWED * 0.5);
    }
}
