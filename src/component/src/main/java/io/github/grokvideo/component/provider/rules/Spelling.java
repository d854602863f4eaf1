// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.ResultStorage;

/** The ways in which gateways represent a value in JSON. */
public final class Spelling {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Spelling() {
    }

    /** Numbers as numbers, texts as strings, a medium as its URL or id, several as an array. */
    public static JsonNode plain(Object value) {
        if (value instanceof Media media) {
            return NODES.textNode(address(media));
        }
        return value instanceof Collection<?> many ? array(many, Spelling::plain) : JSON.valueToTree(value);
    }

    /** {@code "10"} for 10. */
    public static JsonNode quoted(Object value) {
        return NODES.textNode(value.toString());
    }

    /** The first image. */
    public static JsonNode single(Object images) {
        return plain(((List<?>) images).get(0));
    }

    /** {@code {"url": ...}} or {@code {"file_id": ...}}. */
    public static JsonNode object(Object media) {
        return NODES.objectNode().put(media instanceof Media.GatewayFile ? "file_id" : "url", address((Media) media));
    }

    /** The only image as {@link #object}. */
    public static JsonNode singleObject(Object images) {
        return object(((List<?>) images).get(0));
    }

    /** Each image as {@link #object}. */
    public static JsonNode objects(Object images) {
        return array((Collection<?>) images, Spelling::object);
    }

    /** Each voice as {@code {"voice_id": ...}}. */
    public static JsonNode voices(Object ids) {
        return array((Collection<?>) ids, id -> NODES.objectNode().put("voice_id", id.toString()));
    }

    /** Each keyframe as {@code {"image": {"url": ...}, "timestamp_s": ...}}. */
    public static JsonNode keyframes(Object frames) {
        return array((Collection<?>) frames, one -> {
            Keyframe frame = (Keyframe) one;
            return NODES.objectNode().put("timestamp_s", frame.at()).set("image", object(frame.image()));
        });
    }

    /** {@code {"filename": ..., "expires_after": ..., "public_url": true}}. */
    public static JsonNode storage(Object value) {
        ResultStorage storage = (ResultStorage) value;
        ObjectNode json = NODES.objectNode().put("filename", storage.fileName());
        if (storage.expiresAfter() != null) {
            json.put("expires_after", storage.expiresAfter());
        }
        if (Boolean.TRUE.equals(storage.publicUrl())) {
            json.put("public_url", true);
        }
        return json;
    }

    private static ArrayNode array(Collection<?> values, Function<Object, JsonNode> each) {
        ArrayNode array = NODES.arrayNode(values.size());
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    /** Media that are not at the gateway yet have no address; a body with them is only checked, never sent. */
    static String address(Media media) {
        if (media instanceof Media.Url url) {
            return url.url();
        }
        if (media instanceof Media.GatewayFile file) {
            return file.id();
        }
        return media instanceof Media.GatewayTask task ? task.taskId() : media.toString();
    }
}
