// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;

/** What is written to logs, exceptions and JMX has no key and no signed URL, wherever a gateway or a user has put it. */
record LeakedSecrets(Reading reading) {

    private static final List<String> SECRETS = List.of("see https://v.example/a.mp4?sig=topsecret", "Bearer topsecret-4711 is invalid",
            "wrong key: sk-topsecret4711");

    /** Puts a secret into each text of an answer, one after the other. */
    void answer(HttpAnswer answer) {
        for (String secret : SECRETS) {
            for (String body : with(answer.json(), TextNode.valueOf(secret))) {
                shownNowhere(new HttpAnswer(answer.status(), answer.headers(), body));
            }
            shownNowhere(new HttpAnswer(answer.status(), answer.headers(), secret));
        }
    }

    private void shownNowhere(HttpAnswer answer) {
        reading.everywhere(answer).forEach((method, meaning) -> {
            String shown = Reading.shown(meaning);
            assertFalse(shown.contains(HostileAnswers.SECRET), () -> message(method, shown, answer));
        });
    }

    static String message(String method, String shown, HttpAnswer answer) {
        return method + ": a secret would be shown; clean texts of answers with SafeText.message: " + shown + Reading.at(answer);
    }

    /** @return the JSON, with each of its texts replaced in turn */
    private static List<String> with(JsonNode root, JsonNode replacement) {
        List<String> bodies = new ArrayList<>();
        replaceEach(root, root, replacement, bodies);
        return bodies;
    }

    private static void replaceEach(JsonNode node, JsonNode root, JsonNode replacement, List<String> bodies) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                JsonNode child = object.get(name);
                if (child.isTextual()) {
                    object.set(name, replacement);
                    bodies.add(root.toString());
                    object.set(name, child);
                }
                replaceEach(child, root, replacement, bodies);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode child = array.get(i);
                if (child.isTextual()) {
                    array.set(i, replacement);
                    bodies.add(root.toString());
                    array.set(i, child);
                }
                replaceEach(child, root, replacement, bodies);
            }
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Violations and warnings quote what the user gave, but not its secrets. */
    void requests(RandomRequests requests) {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            VideoRequest request = requests.next(random, "?sig=" + HostileAnswers.SECRET);
            ResolvedRequest resolved = reading.provider().resolve(request);
            String shown = resolved.violations() + " " + resolved.warnings() + " " + resolved.request();
            assertFalse(shown.contains(HostileAnswers.SECRET), () -> "resolve: the query of a URL would be shown: " + shown);
            if (resolved.violations().isEmpty()) {
                String call = reading.provider().submit(resolved.request(), "job-1").toString();
                assertFalse(call.contains(HostileAnswers.SECRET), () -> "submit: the query of a URL would be shown: " + call);
            }
        }
    }
}
