// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;

/** One case. A property that it does not name is not checked. */
record Case(CaseKind kind, JsonNode json) {

    private static final int LONGEST_MESSAGE = 1200;

    String name() {
        return json.path("name").asText("without a name");
    }

    /** Fails if it has a property that nothing reads, which would be mistaken for a check. */
    void mustBeReadable() {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(kind.properties());
        assertTrue(unknown.isEmpty(), () -> "unknown properties " + unknown + "; " + kind.file() + " has " + kind.properties());
        assertTrue(json.path("name").isTextual(), "name is missing");
    }

    boolean has(String property) {
        return json.has(property);
    }

    /** @return a missing node if the case does not name it */
    JsonNode get(String property) {
        return json.path(property);
    }

    /** @return null if the case does not name it, or has a null there */
    String text(String property) {
        return json.path(property).asText(null);
    }

    /** @return the texts of an array, or the one text */
    List<String> texts(String property) {
        JsonNode node = json.path(property);
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    VideoRequest request() {
        return RequestJson.read(json.path("request"));
    }

    /** The gateway's answer: status 200 unless the case names another. */
    HttpAnswer answer() {
        Map<String, String> headers = new HashMap<>();
        json.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode body = json.path("body");
        return new HttpAnswer(json.path("status").asInt(200), headers,
                body.isMissingNode() ? "" : body.isTextual() ? body.asText() : body.toString());
    }

    void same(String property, Object actual) {
        if (json.has(property)) {
            assertEquals(text(property), actual == null ? null : actual.toString(), property);
        }
    }

    void same(JobError error) {
        same("type", error.type());
        same("code", error.gatewayCode());
        same("charged", error.charged());
        same("retryable", error.retryable());
        same("httpStatus", error.httpStatus());
        same("requestId", error.requestId());
        contained(error.message(), texts("message"));
        for (String hidden : texts("hidden")) {
            assertFalse(error.toString().contains(hidden), () -> hidden + " is shown: " + error);
        }
        if (error.message().length() >= LONGEST_MESSAGE || error.message().chars().anyMatch(Character::isISOControl)) {
            fail("the message must be one line of less than " + LONGEST_MESSAGE + " characters: " + error.message());
        }
    }

    static void contained(String text, List<String> parts) {
        parts.forEach(part -> assertTrue(text != null && text.contains(part), () -> "expected \"" + part + "\" in: " + text));
    }
}
