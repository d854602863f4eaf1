// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import com.fasterxml.jackson.databind.JsonNode;

/** Reads the fields of a JSON object as strictly as the gateways document them. A JSON null counts as absent. */
final class Fields {

    private final JsonNode json;
    private final String where;

    Fields(JsonNode json) {
        this(json, "");
    }

    private Fields(JsonNode json, String where) {
        this.json = json;
        this.where = where;
    }

    /** Refuses fields that are not among those named. */
    Fields only(String... names) {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(List.of(names));
        if (!unknown.isEmpty()) {
            throw invalid(unknown.iterator().next(), "is not a field this model knows");
        }
        return this;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    JsonNode raw(String name) {
        return json.path(name);
    }

    Fields object(String name) {
        require(name);
        if (!json.get(name).isObject()) {
            throw invalid(name, "must be an object");
        }
        return new Fields(json.get(name), where + name + ".");
    }

    String text(String name, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!json.get(name).isTextual()) {
            throw invalid(name, "must be a string");
        }
        return json.get(name).textValue();
    }

    /** A required text that is not blank. */
    String needText(String name) {
        String value = text(name, "");
        if (value.isBlank()) {
            throw new GatewayRefusal(Trouble.MISSING, where + name + " is required");
        }
        return value;
    }

    String text(String name, String otherwise, int maxLength) {
        String value = text(name, otherwise);
        int length = value.codePointCount(0, value.length());
        if (length > maxLength) {
            throw new GatewayRefusal(Trouble.TOO_LONG, where + name + " exceeds " + maxLength + " characters (got " + length + ")");
        }
        return value;
    }

    String choice(String name, String otherwise, String... allowed) {
        String value = text(name, otherwise);
        if (has(name) && !List.of(allowed).contains(value)) {
            throw invalid(name, "invalid \"" + value + "\" (allowed: " + String.join(" / ", allowed) + ")");
        }
        return value;
    }

    /** A JSON number without a fraction; a string is refused. */
    int integer(String name, int otherwise, int min, int max) {
        if (!has(name)) {
            return otherwise;
        }
        if (!json.get(name).isIntegralNumber() || !json.get(name).canConvertToInt()) {
            throw invalid(name, "must be an integer, not " + json.get(name));
        }
        return within(name, json.get(name).intValue(), min, max);
    }

    /** A whole number, or a string that contains one. */
    int looseInteger(String name, int otherwise, int min, int max) {
        if (!has(name) || !json.get(name).isTextual()) {
            return integer(name, otherwise, min, max);
        }
        String value = json.get(name).textValue();
        if (!value.matches("\\d{1,6}")) {
            throw invalid(name, "must be a whole number, not \"" + value + "\"");
        }
        return within(name, Integer.parseInt(value), min, max);
    }

    void number(String name, double min, double max) {
        if (has(name) && (!json.get(name).isNumber() || json.get(name).doubleValue() < min || json.get(name).doubleValue() > max)) {
            throw invalid(name, "must be a number from " + min + " to " + max);
        }
    }

    void bool(String name) {
        if (has(name) && !json.get(name).isBoolean()) {
            throw invalid(name, "must be true or false");
        }
    }

    /** An array of public http(s) URLs. */
    List<String> urls(String name, int min, int max) {
        List<String> urls = new ArrayList<>();
        if (has(name)) {
            if (!json.get(name).isArray()) {
                throw invalid(name, "must be an array of URLs");
            }
            json.get(name).forEach(entry -> urls.add(checkedUrl(name, entry)));
        }
        if (urls.size() > max) {
            throw invalid(name, "accepts at most " + max + " entries, got " + urls.size());
        }
        if (urls.size() < min) {
            throw new GatewayRefusal(has(name) ? Trouble.INVALID : Trouble.MISSING, where + name + " needs at least " + min + " entries");
        }
        return urls;
    }

    /** A required public http(s) URL. */
    String url(String name) {
        require(name);
        return checkedUrl(name, json.get(name));
    }

    void require(String name) {
        if (!has(name)) {
            throw new GatewayRefusal(Trouble.MISSING, where + name + " is required");
        }
    }

    GatewayRefusal invalid(String name, String problem) {
        return new GatewayRefusal(Trouble.INVALID, where + name + ": " + problem);
    }

    private String checkedUrl(String name, JsonNode url) {
        if (!url.isTextual() || !url.textValue().matches("(?i)https?://[^\\s/]+.*")) {
            throw invalid(name, "entries must be public http(s) URLs");
        }
        return url.textValue();
    }

    private int within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(name, "must be " + min + "-" + max + ", got " + value);
        }
        return value;
    }
}
