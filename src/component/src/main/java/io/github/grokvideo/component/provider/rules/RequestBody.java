// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoRequest;

/** The JSON body of a request. */
final class RequestBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final List<Violation> clashes = new ArrayList<>();

    /** @param jobId the component's job id, for gateways that store it */
    static RequestBody of(VideoRequest request, ModelRules model, ModeRules mode, String jobId) {
        RequestBody body = new RequestBody();
        if (model.shape().modelField() != null) {
            body.json.put(model.shape().modelField(), request.model());
        }
        mode.constants().forEach((wire, value) -> body.merge(wire, JsonNodeFactory.instance.textNode(value)));
        Map<String, Object> given = request.given();
        for (FieldRule field : mode.fields()) {
            if (given.containsKey(field.name()) && field.isInBody()) {
                if (!body.append(field.wire(), field.spelling().apply(given.get(field.name())))) {
                    body.clashes.add(new Violation(field.name(), null, "is already set by another field as " + field.wire()
                            + ": omit one of them"));
                }
            }
        }
        if (model.shape().jobIdField() != null) {
            body.json.put(model.shape().jobIdField(), jobId);
        }
        request.additionalFields().forEach((name, value) -> body.add(name, value, model, mode, given));
        return body;
    }

    ObjectNode json() {
        return json;
    }

    /** @return additional fields that would override something, or are not valid JSON */
    List<Violation> clashes() {
        return clashes;
    }

    private void add(String name, Object value, ModelRules model, ModeRules mode, Map<String, Object> given) {
        String field = "additionalFields." + name;
        if (name == null || name.isBlank()) {
            clashes.add(new Violation("additionalFields", null, "names that are not blank"));
            return;
        }
        JsonNode node;
        try {
            node = JSON.valueToTree(value);
        } catch (IllegalArgumentException e) {
            clashes.add(new Violation(field, null, "a value that can be written as JSON"));
            return;
        }
        String path = model.shape().pathOf(name);
        String alias = mode.fields().stream()
                .filter(rule -> given.containsKey(rule.name()))
                .filter(rule -> rule.aliases().contains(path) || rule.wire() == null && path.equals(rule.name()))
                .map(FieldRule::name).findFirst().orElse(null);
        if (alias != null) {
            clashes.add(new Violation(field, null, "is another spelling of " + alias + ", which is given: omit one of them"));
        } else if (!merge(path, node)) {
            clashes.add(new Violation(field, null,
                    "is already set by the request's own fields (" + path + "): omit one of them"));
        }
    }

    /** @return false if a value is already there; several fields may share an array */
    private boolean append(String path, JsonNode value) {
        if (value.isArray() && json.get(path) instanceof ArrayNode there) {
            there.addAll((ArrayNode) value);
            return true;
        }
        return merge(path, value);
    }

    /** @return false if a value is already there; objects are merged */
    private boolean merge(String path, JsonNode value) {
        ObjectNode at = json;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = at.get(names[i]);
            if (next != null && !next.isObject()) {
                return false;
            }
            at = next == null ? at.putObject(names[i]) : (ObjectNode) next;
        }
        return merge(at, names[names.length - 1], value);
    }

    private static boolean merge(ObjectNode at, String name, JsonNode value) {
        JsonNode there = at.get(name);
        if (there == null) {
            at.set(name, value);
            return true;
        }
        if (!there.isObject() || !value.isObject()) {
            return false;
        }
        boolean merged = true;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            merged &= merge((ObjectNode) there, entry.getKey(), entry.getValue());
        }
        return merged;
    }
}
