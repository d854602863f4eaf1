// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.answers.SafeText;

/**
 * Summary of an unreadable submit answer, for a person who looks for the job it may have created: its ids and status words. Short, on one
 * line, without URL queries, keys or the prompt, which gateways echo. Pure.
 */
final class AnswerGist {

    private static final Pattern TELLING = Pattern.compile("(?i).*(?:id|uuid|status|state|code|object|type|request|task|job)");
    private static final int DEEPEST = 6;
    private static final int MAX_FIELDS = 10;
    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST_TEXT = 300;

    private AnswerGist() {
    }

    /** @param prompt prompt of the request; null = none */
    static String of(HttpAnswer answer, String prompt) {
        JsonNode json = answer.json();
        if (!json.isContainerNode()) {
            String text = SafeText.clean(without(prompt, answer.body()), LONGEST_TEXT);
            return "HTTP " + answer.status() + (text == null ? " and nothing else" : " and the text \"" + text + '"');
        }
        List<String> fields = new ArrayList<>();
        collect("", json, prompt, fields, 0);
        return "HTTP " + answer.status() + " and JSON of " + answer.body().length() + " characters"
                + (fields.isEmpty() ? "" : " with " + String.join(", ", fields));
    }

    private static void collect(String path, JsonNode node, String prompt, List<String> fields, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size() && fields.size() < MAX_FIELDS; i++) {
                collect(path + "[" + i + "]", node.get(i), prompt, fields, depth + 1);
            }
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext() && fields.size() < MAX_FIELDS;) {
            Map.Entry<String, JsonNode> field = all.next();
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isContainerNode()) {
                collect(name, field.getValue(), prompt, fields, depth + 1);
            } else if (TELLING.matcher(field.getKey()).matches() && !field.getValue().isNull()) {
                fields.add(SafeText.clean(name, LONGEST_VALUE) + "="
                        + SafeText.clean(without(prompt, field.getValue().asText()), LONGEST_VALUE));
            }
        }
    }

    private static String without(String prompt, String text) {
        return prompt == null || prompt.isBlank() ? text : text.replace(prompt, "(prompt)");
    }
}
