// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a person has filled in. Untrusted.
 *
 * @param account  who pays
 * @param fields   of the request, by name: text, numbers and booleans, of {@link #FIELDS} only
 * @param images   in order
 * @param again    id of the job whose request this one starts from; null = none
 * @param keep     names of fields that are taken from that request
 * @param fileName of the video; null = one is made up
 */
record SubmitForm(String account, Map<String, Object> fields, List<Image> images, String again, List<String> keep, String fileName) {

    /** What a form may set. Others are kept from an earlier request, or are for routes. */
    static final Set<String> FIELDS = Set.of("prompt", "negativePrompt", "model", "mode", "duration", "aspectRatio", "resolution",
            "seed", "generateAudio", "video");

    private static final int LONGEST = 256 << 10;
    private static final Set<String> NAMES = Set.of("account", "fields", "images", "again", "keep", "fileName");
    private static final Set<String> IMAGE_NAMES = Set.of("upload", "kept");
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    SubmitForm {
        images = List.copyOf(images);
        keep = List.copyOf(keep);
    }

    /**
     * An image of a form. One of the two is given.
     *
     * @param upload id of an upload
     * @param kept   index in the images of the earlier request
     */
    record Image(String upload, Integer kept) {

        Image {
            if ((upload == null) == (kept == null)) {
                throw new IllegalArgumentException("An image is an upload, or one of the earlier request");
            }
        }
    }

    /** @throws IllegalArgumentException if it is not a form */
    static SubmitForm read(String json) {
        if (json == null || json.length() > LONGEST) {
            throw new IllegalArgumentException("The form must be JSON of at most " + LONGEST + " characters");
        }
        JsonNode form;
        try {
            form = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // The original message is left out: it quotes the text, which may be private.
            throw unreadable();
        }
        known(form, NAMES);
        if (text(form, "account") == null) {
            throw new IllegalArgumentException("The form names no account");
        }
        return new SubmitForm(text(form, "account"), fields(form.path("fields")), elements(form, "images").map(SubmitForm::image).toList(),
                text(form, "again"), elements(form, "keep").map(JsonNode::asText).toList(), text(form, "fileName"));
    }

    private static Map<String, Object> fields(JsonNode object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> {
            if (!FIELDS.contains(field.getKey()) || field.getValue().isContainerNode()) {
                throw new IllegalArgumentException("A form cannot set the field '" + field.getKey() + "'; it can set "
                        + FIELDS.stream().sorted().toList());
            }
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue().isBoolean() ? field.getValue().booleanValue() : field.getValue().asText());
            }
        });
        return fields;
    }

    private static Image image(JsonNode image) {
        known(image, IMAGE_NAMES);
        return new Image(text(image, "upload"), image.path("kept").isInt() ? image.get("kept").intValue() : null);
    }

    private static void known(JsonNode object, Set<String> names) {
        if (!object.isObject()) {
            throw unreadable();
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw unreadable();
            }
        });
    }

    private static Stream<JsonNode> elements(JsonNode form, String name) {
        return StreamSupport.stream(form.path(name).spliterator(), false);
    }

    /** @return null = none */
    private static String text(JsonNode object, String name) {
        return object.path(name).isTextual() ? object.get(name).textValue() : null;
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("The form is not the JSON that this version reads: load the page again");
    }
}
