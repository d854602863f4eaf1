// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openrouter;

import java.util.Collection;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.provider.rules.Spelling;

/** OpenRouter's images: {@code {"type": "image_url", "image_url": {"url": ...}}}, frames with their place. */
final class OpenRouterMedia {

    private OpenRouterMedia() {
    }

    static JsonNode firstFrames(Object images) {
        return frame(((List<?>) images).get(0), "first_frame");
    }

    static JsonNode firstFrame(Object image) {
        return frame(image, "first_frame");
    }

    static JsonNode lastFrame(Object image) {
        return frame(image, "last_frame");
    }

    static JsonNode references(Object images) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ((Collection<?>) images).forEach(image -> array.add(image(image)));
        return array;
    }

    private static JsonNode frame(Object image, String place) {
        return JsonNodeFactory.instance.arrayNode().add(image(image).put("frame_type", place));
    }

    private static ObjectNode image(Object image) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "image_url");
        json.putObject("image_url").set("url", Spelling.plain(image));
        return json;
    }
}
