// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which changes a mark is counted, and when it need not be counted again. */
class ChangeMarkTest {

    @ParameterizedTest
    @CsvSource({
            "12:05:00, 12:04:00", "12:05:00.000001, 12:04:00", "12:05:59.999999, 12:04:00", "12:06:00, 12:05:00", "00:00:10, 23:59:00"})
    void changesAreCountedFromAMinuteBeforeTheMinuteOfTheLast(String latest, String from) {
        Instant expected = Instant.parse((from.startsWith("23") ? "2026-11-27T" : "2026-11-28T") + from + "Z");
        assertThat(ChangeMark.from(Instant.parse("2026-11-28T" + latest + "Z"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"12:05:30, false", "12:06:30, false", "12:06:30.000001, true", "12:05:29, false", "13:00:00, true"})
    void aMarkIsSettledOnceNoOlderTransactionCanEnd(String now, boolean settled) {
        ChangeMark mark = new ChangeMark(Instant.parse("2026-11-28T12:05:30Z"), 3, 7);
        assertThat(mark.isSettled(Instant.parse("2026-11-28T" + now + "Z"))).isEqualTo(settled);
    }

    @Test
    void aStoreWithoutJobsHasAMarkThatNeverSettles() {
        assertThat(ChangeMark.EMPTY.text()).isEqualTo("-");
        assertThat(ChangeMark.EMPTY.isSettled(Instant.MAX)).isFalse();
    }
}
