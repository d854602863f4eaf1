// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;

/** A gateway's task id, which is used in paths, logs and database rows. */
public final class TaskId {

    /** No spaces, no dot segments, no URLs, which may contain secrets. */
    private static final Pattern USABLE = Pattern.compile("(?!\\.+$)(?!.*://)[\\x21-\\x7e&&[^?#\"'<>\\\\]]{1,300}");

    private TaskId() {
    }

    /** @return the first usable id at one of the JSON pointers; null = none */
    public static String at(JsonNode body, String... pointers) {
        for (String pointer : pointers) {
            JsonNode node = Lenient.at(body, pointer);
            if ((node.isTextual() || node.isIntegralNumber()) && USABLE.matcher(node.asText().strip()).matches()) {
                return node.asText().strip();
            }
        }
        return null;
    }
}
