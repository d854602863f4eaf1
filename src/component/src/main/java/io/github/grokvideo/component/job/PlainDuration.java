// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.time.Duration;

/** Formats durations for people, in a form that Camel can parse: {@code 1h}, {@code 1m30s}, {@code 700ms}. */
public final class PlainDuration {

    private PlainDuration() {
    }

    /**
     * @param  duration 0 or more; below 1 ms is dropped
     * @return          its non-zero parts; {@code 0s} for none
     */
    public static String of(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
