// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;

/** Single values of a task, read with tolerance and without trust. */
final class TaskValues {

    private static final Pattern PERCENT = Pattern.compile("\\s*(\\d{1,3})(?:\\.\\d*)?\\s*%?\\s*");
    /** Later seconds would be milliseconds. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    private TaskValues() {
    }

    /** @return 0..99; null = not told */
    static Integer progress(JsonNode node) {
        Matcher match = PERCENT.matcher(node.isValueNode() ? node.asText() : "");
        return match.matches() ? Math.min(99, Integer.parseInt(match.group(1))) : null;
    }

    /** @return a time given in unix seconds, milliseconds or ISO form; null = not told */
    static Instant time(JsonNode node) {
        try {
            if (node.isTextual() && !node.asText().matches("\\d{1,15}")) {
                return Instant.parse(node.asText().strip());
            }
            long value = node.isTextual() ? Long.parseLong(node.asText()) : node.isNumber() ? node.asLong() : 0;
            return value <= 0 ? null : value > LARGEST_SECONDS ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
