// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;

/** Finds the task in an answer, and its status word. */
final class TaskEnvelope {

    private static final List<String> STATUS = List.of("status", "state", "task_status", "taskStatus", "job_status");
    private static final List<String> WRAPPERS = List.of("data", "result", "task", "job", "response");
    private static final int MAX_WRAPPERS = 3;

    private TaskEnvelope() {
    }

    /** @return the object that describes the task, possibly the body itself */
    static JsonNode open(JsonNode body) {
        JsonNode task = Lenient.only(body);
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            JsonNode inner = inner(task);
            if (inner == null) {
                return task;
            }
            task = inner;
        }
        return task;
    }

    /** @return null = the task is not nested deeper */
    private static JsonNode inner(JsonNode outer) {
        String word = word(outer);
        if (word != null && (!StatusWords.isOfEnvelope(word) || VideoUrls.isIn(outer, List.of(), false))) {
            return null;
        }
        for (String wrapper : WRAPPERS) {
            JsonNode inner = Lenient.only(outer.path(wrapper));
            if (inner.isObject() && word(inner) != null) {
                return inner;
            }
        }
        // Without any status, data holds the rest of the task.
        JsonNode data = Lenient.only(outer.path("data"));
        return word == null && data.isObject() ? data : null;
    }

    /** @return the status word as the gateway spells it; null = none */
    static String word(JsonNode task) {
        for (String name : STATUS) {
            String word = SafeText.scalar(task.path(name));
            if (word != null) {
                return word;
            }
        }
        return null;
    }

    /** @return the status word of the upstream's task, which some relays nest in their own; null = none */
    static String innerWord(JsonNode task) {
        return word(Lenient.only(task.path("data")));
    }
}
