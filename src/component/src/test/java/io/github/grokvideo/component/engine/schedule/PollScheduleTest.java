// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private final PollSchedule schedule = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(3));

    @Test
    void growsWithTheAgeBetweenItsBounds() {
        assertThat(schedule.next(Duration.ZERO, null, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(schedule.next(Duration.ofMinutes(10), null, 0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(schedule.next(Duration.ofHours(48), null, 0)).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void isSharpenedByProgress() {
        assertThat(schedule.next(Duration.ofMinutes(20), 99, 0)).isEqualTo(Duration.ofMillis(12_121));
        assertThat(schedule.next(Duration.ofMinutes(20), 50, 0)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void jitterNeverGoesBelowTheGatewaysMinimum() {
        assertThat(schedule.next(Duration.ZERO, null, 1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }

    @Test
    void queriesGrowWithTheLogarithmOfTheWait() {
        int queries = 0;
        for (Duration age = Duration.ZERO; age.compareTo(Duration.ofMinutes(30)) < 0; queries++) {
            age = age.plus(schedule.next(age, null, 0.5));
        }
        assertThat(queries).isBetween(40, 60);
    }

    @Test
    void backsOffWhileNothingIsLearned() {
        assertThat(schedule.afterNoAnswer(1, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(schedule.afterNoAnswer(3, 0)).isEqualTo(Duration.ofSeconds(40));
        assertThat(schedule.afterNoAnswer(1000, 0)).isEqualTo(Duration.ofMinutes(3));
    }
}
