// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;

/** Reads single values of a task leniently; they are untrusted. */
final class TaskValues {

    private static final Pattern PERCENT = Pattern.compile("\\s*(\\d{1,3})(?:\\.\\d*)?\\s*%?\\s*");
    /** Larger numbers are taken for milliseconds. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    private TaskValues() {
    }

    /** @return percent, 0..99; null = not reported */
    static Integer progress(JsonNode node) {
        Matcher match = PERCENT.matcher(node.isValueNode() ? node.asText() : "");
        return match.matches() ? Math.min(99, Integer.parseInt(match.group(1))) : null;
    }

    /** @return a time from Unix seconds, milliseconds or ISO 8601; null = not reported */
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
