// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 1000", "2, 0, 2000", "4, 0, 8000", "5, 0, 15000", "1000000, 0, 15000", "1, 1, 1250", "9, 0.4, 16500"})
    void pausesDoubleUpToTheLongest(int failures, double random, long millis) {
        assertThat(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15), 0.25).after(failures, random))
                .isEqualTo(Duration.ofMillis(millis));
    }
}
