// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
@JsonIgnoreProperties(ignoreUnknown = false)
record SubmitForm(String account, Map<String, Object> fields, List<Image> images, String again, List<String> keep, String fileName) {

    /** What a form may set. Others are kept from an earlier request, or are for routes. */
    static final Set<String> FIELDS = Set.of("prompt", "negativePrompt", "model", "mode", "duration", "aspectRatio", "resolution",
            "seed", "generateAudio", "video");

    private static final int LONGEST = 256 << 10;
    private static final int MOST_IMAGES = 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    SubmitForm {
        fields = fields == null ? Map.of() : fields;
        images = images == null ? List.of() : List.copyOf(images);
        keep = keep == null ? List.of() : List.copyOf(keep);
    }

    /**
     * An image of a form. One of the three is given.
     *
     * @param upload id of an upload
     * @param kept   index in the images of the earlier request
     * @param url    http(s) URL, or {@code file_id:<id>}
     */
    record Image(String upload, Integer kept, String url) {

        Image {
            if ((upload == null ? 0 : 1) + (kept == null ? 0 : 1) + (url == null ? 0 : 1) != 1) {
                throw new IllegalArgumentException("An image is an upload, one of the earlier request, or a URL");
            }
        }
    }

    /** @throws IllegalArgumentException if it is not a form */
    static SubmitForm read(String json) {
        if (json == null || json.length() > LONGEST) {
            throw new IllegalArgumentException("The form must be JSON of at most " + LONGEST + " characters");
        }
        SubmitForm form;
        try {
            form = JSON.readValue(json, SubmitForm.class);
        } catch (JsonProcessingException e) {
            // The original message is left out: it quotes the text, which may be private.
            throw new IllegalArgumentException("The form is not the JSON that this version reads: load the page again");
        }
        if (form == null || form.account() == null) {
            throw new IllegalArgumentException("The form names no account");
        }
        for (Map.Entry<String, Object> field : form.fields().entrySet()) {
            if (!FIELDS.contains(field.getKey()) || field.getValue() instanceof Map || field.getValue() instanceof List) {
                throw new IllegalArgumentException("A form cannot set the field '" + field.getKey() + "'; it can set "
                        + FIELDS.stream().sorted().toList());
            }
        }
        if (form.images().size() > MOST_IMAGES) {
            throw new IllegalArgumentException("A form has at most " + MOST_IMAGES + " images");
        }
        return form;
    }
}
