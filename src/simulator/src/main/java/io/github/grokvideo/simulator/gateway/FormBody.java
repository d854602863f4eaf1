// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.io.IOException;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A multipart request as the JSON object it stands for: {@code metadata[a]} is a field of an object, {@code images[]} an entry of an array,
 * a file an object with a URL.
 */
final class FormBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FormBody() {
    }

    static ObjectNode of(Form form) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        form.fields().forEach((name, values) -> put(body, name, values));
        if (form.upload() != null) {
            // Its bytes are not kept, so it gets a URL that nothing answers.
            body.putObject(form.upload().field().replace("[]", "")).put("url", "https://upload.invalid/" + form.upload().filename());
        }
        return body;
    }

    private static void put(ObjectNode body, String name, List<String> values) {
        int bracket = name.indexOf('[');
        String outer = bracket < 0 ? name : name.substring(0, bracket);
        if (bracket < 0) {
            body.set(outer, value(values.get(0), outer.equals("prompt"), false));
        } else if (name.endsWith("[]")) {
            ArrayNode array = body.withArray(outer);
            values.forEach(text -> array.add(value(text, false, false)));
        } else {
            body.withObject("/" + outer).set(name.substring(bracket + 1, name.length() - 1), value(values.get(0), false, true));
        }
    }

    /** Parts have no types: what looks like JSON is meant as JSON, except numbers at the top, which are strings in JSON, too. */
    private static JsonNode value(String text, boolean asIs, boolean numbers) {
        boolean json = text.matches("(?s)true|false|\\{.*}|\\[[^\\[].*]") || numbers && text.matches("\\d{1,9}(\\.\\d+)?");
        if (!asIs && json) {
            try {
                return JSON.readTree(text);
            } catch (IOException notJson) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }
}
