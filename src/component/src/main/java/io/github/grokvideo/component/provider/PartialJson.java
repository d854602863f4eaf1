// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.io.IOException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Parses a truncated JSON text as far as possible. An incomplete value is left out, so all values in the tree are complete. */
final class PartialJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int length;
    private boolean broken;

    private PartialJson(int length) {
        this.length = length;
    }

    /**
     * @param  json   at the beginning of the text
     * @param  length characters in the text
     * @return        the object or array up to where the text ends; missing = nothing could be read
     */
    static JsonNode read(JsonParser json, int length) {
        PartialJson reading = new PartialJson(length);
        return reading.value(json, reading.next(json));
    }

    /** @return null = the text ends here or becomes invalid */
    private JsonToken next(JsonParser json) {
        try {
            JsonToken token = broken ? null : json.nextToken();
            broken |= token == null;
            return token;
        } catch (IOException e) {
            broken = true;
            return null;
        }
    }

    private JsonNode value(JsonParser json, JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            return object(json);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(json);
        }
        return token == null ? MissingNode.getInstance() : scalar(json, token);
    }

    private ObjectNode object(JsonParser json) {
        ObjectNode object = NODES.objectNode();
        while (next(json) == JsonToken.FIELD_NAME) {
            String name = text(json);
            JsonNode value = name == null ? MissingNode.getInstance() : value(json, next(json));
            if (!value.isMissingNode()) {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser json) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = next(json); token != null && token != JsonToken.END_ARRAY; token = next(json)) {
            JsonNode value = value(json, token);
            if (!value.isMissingNode()) {
                array.add(value);
            }
        }
        return array;
    }

    private JsonNode scalar(JsonParser json, JsonToken token) {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            // A truncated number may look complete: only the character after it proves its end.
            case VALUE_STRING -> textNode(text(json));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberNode(json);
            default -> MissingNode.getInstance();
        };
    }

    /** As a string, since a task id may not fit a number type. */
    private JsonNode numberNode(JsonParser json) {
        String digits = text(json);
        boolean ended = json.currentLocation().getCharOffset() < length;
        return ended ? textNode(digits) : MissingNode.getInstance();
    }

    private static JsonNode textNode(String text) {
        return text == null ? MissingNode.getInstance() : NODES.textNode(text);
    }

    /** @return null = truncated */
    private String text(JsonParser json) {
        try {
            return json.getText();
        } catch (IOException e) {
            broken = true;
            return null;
        }
    }
}
