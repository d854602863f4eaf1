// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.ArrayList;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;

/** The text of an error that is a string, an object or an array of either. */
public final class Reason {

    private static final List<String> WORDS = List.of(
            "message", "msg", "error", "detail", "details", "reason", "description", "error_description", "error_message",
            "title", "errors");
    private static final int MAX = 5;
    private static final int DEEPEST = 4;

    private Reason() {
    }

    /** @return null = no text */
    public static String of(JsonNode node) {
        return of(node, DEEPEST);
    }

    /** @return the first text; null = none */
    public static String first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            String words = of(node);
            if (words != null) {
                return words;
            }
        }
        return null;
    }

    private static String of(JsonNode node, int depth) {
        if (depth == 0 || node.isBoolean()) {
            return null;
        }
        if (node.isArray()) {
            return all(node, depth);
        }
        return node.isObject() ? inObject(node, depth) : SafeText.scalar(node);
    }

    private static String all(JsonNode array, int depth) {
        List<String> parts = new ArrayList<>();
        for (JsonNode one : array) {
            String part = of(one, depth - 1);
            if (part != null && parts.size() < MAX) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : String.join("; ", parts);
    }

    private static String inObject(JsonNode object, int depth) {
        for (String name : WORDS) {
            String words = of(object.path(name), depth - 1);
            if (words != null) {
                String place = place(object.path("loc"));
                return place == null ? words : place + ": " + words;
            }
        }
        return null;
    }

    /** Validation errors name the field: {@code ["body", "duration"]}. */
    private static String place(JsonNode loc) {
        if (!loc.isArray()) {
            return SafeText.scalar(loc);
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : loc) {
            String text = SafeText.scalar(part);
            if (text != null && parts.size() < MAX) {
                parts.add(text);
            }
        }
        return parts.isEmpty() ? null : String.join(".", parts);
    }
}
