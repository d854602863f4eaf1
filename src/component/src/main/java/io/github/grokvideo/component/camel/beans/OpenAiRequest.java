// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.provider.openai.PictureSize;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Reads HTTP requests of OpenAI's videos API, for a route that answers its clients. What is wrong is an {@link InvalidRequestException}
 * with the error headers that an endpoint would set; nothing was spent. Thread-safe.
 */
public final class OpenAiRequest {

    private static final String REFERENCE = "input_reference";
    private static final String IMAGE_URL = "image_url";
    private static final String FILE_ID = "file_id";
    private static final String SIZE = "size";
    /** Names of OpenAI and of relays that speak its dialect, and those of the component. */
    private static final Map<String, String> NAMES = Map.of("model", "model", "prompt", "prompt", "seconds", "duration",
            "resolution", "resolution", "aspect_ratio", "aspectRatio", "negative_prompt", "negativePrompt", "seed", "seed",
            "generate_audio", "generateAudio", "user", "user");
    /** How forms write an object, and how many files were uploaded, in headers of Camel's platform-http. */
    private static final String FORM_URL = REFERENCE + "[" + IMAGE_URL + "]";
    private static final String FORM_FILE = REFERENCE + "[" + FILE_ID + "]";
    private static final String UPLOADS = "CamelAttachmentsSize";

    /**
     * Replaces the body of {@code POST /videos}, JSON or a form, with the fields of the component. {@code size} becomes resolution and
     * aspect ratio; {@code input_reference}, an uploaded file or an object with {@code image_url} or {@code file_id}, the image. A form
     * with a file is read as Camel's {@code platform-http} provides it: a field that is unknown is not noticed there, since its fields are
     * among the HTTP headers.
     *
     * @param exchange the HTTP request
     * @param maxBytes largest JSON body, and largest uploaded file, in bytes
     * @throws BodyTooLargeException if it is larger
     * @throws InvalidRequestException if it is invalid
     */
    public void create(Exchange exchange, int maxBytes) {
        Message message = exchange.getMessage();
        Map<String, Object> fields;
        if (message.getBody() instanceof Map<?, ?> form) {
            fields = form(exchange, form);
        } else if (message.getHeader(UPLOADS) != null && message.getBody() instanceof File upload) {
            fields = form(exchange, message.getHeaders());
            fields.put("images", List.of(bytes(exchange, upload, maxBytes)));
        } else {
            new JsonRequest().readUpTo(exchange, maxBytes);
            fields = fields(exchange, message.getBody(Map.class));
        }
        // Of an uploaded file: they would make it the identity of the message.
        message.removeHeaders("CamelFile*");
        message.setBody(fields);
    }

    /**
     * Checks that {@code GET /videos/<id>/content} asks for the video: there are no thumbnails and spritesheets.
     *
     * @param exchange the HTTP request
     * @throws InvalidRequestException if it asks for something else
     */
    public void content(Exchange exchange) {
        Object variant = exchange.getMessage().getHeader("variant");
        if (variant != null && !variant.equals("video")) {
            throw invalid(exchange, "variant", "must be video: there is no other here");
        }
    }

    private static Map<String, Object> fields(Exchange exchange, Map<?, ?> given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (NAMES.containsKey(name)) {
                fields.put(NAMES.get(name), value);
            } else if (name.equals(REFERENCE)) {
                fields.put("images", List.of(reference(exchange, value)));
            } else if (!name.equals(SIZE)) {
                throw invalid(exchange, String.valueOf(name), "is unknown here");
            }
        });
        size(exchange, given.get(SIZE), fields);
        return fields;
    }

    private static Object reference(Exchange exchange, Object value) {
        if (value instanceof Map<?, ?> one && one.size() == 1) {
            if (one.get(IMAGE_URL) instanceof String url) {
                return url;
            }
            if (one.get(FILE_ID) instanceof String id) {
                return Map.of(FILE_ID, id);
            }
        }
        throw invalid(exchange, REFERENCE, "must be an uploaded file, or an object with either image_url or file_id");
    }

    /** @param given the fields of a form, all of them text, maybe among others */
    private static Map<String, Object> form(Exchange exchange, Map<?, ?> given) {
        boolean alone = given != exchange.getMessage().getHeaders();
        Map<String, Object> fields = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (NAMES.containsKey(name)) {
                fields.put(NAMES.get(name), text(exchange, name, value));
            } else if (name.equals(FORM_URL)) {
                fields.put("images", List.of(text(exchange, REFERENCE, value)));
            } else if (name.equals(FORM_FILE)) {
                fields.put("images", List.of(Map.of(FILE_ID, text(exchange, REFERENCE, value))));
            } else if (alone && !name.equals(SIZE)) {
                throw invalid(exchange, String.valueOf(name), "is unknown here");
            }
        });
        Object uploads = exchange.getMessage().getHeader(UPLOADS);
        if (alone && uploads != null && !uploads.equals(0) || !alone && fields.containsKey("images")) {
            throw invalid(exchange, REFERENCE, "must be one image");
        }
        size(exchange, given.get(SIZE), fields);
        return fields;
    }

    private static String text(Exchange exchange, Object name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw invalid(exchange, String.valueOf(name), "must be given once");
    }

    private static void size(Exchange exchange, Object value, Map<String, Object> fields) {
        if (value == null) {
            return;
        }
        if (fields.containsKey("resolution") || fields.containsKey("aspectRatio")) {
            throw invalid(exchange, SIZE, "determines resolution and aspect_ratio already");
        }
        PictureSize size = PictureSize.of(value.toString())
                .orElseThrow(() -> invalid(exchange, SIZE, "must be a size of a video, such as 1280x720 or 720x1280"));
        fields.put("resolution", size.resolution());
        fields.put("aspectRatio", size.ratio());
    }

    private static byte[] bytes(Exchange exchange, File upload, int maxBytes) {
        try (InputStream in = Files.newInputStream(upload.toPath())) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw JsonRequest.withHeaders(exchange, new BodyTooLargeException(maxBytes));
            }
            if (bytes.length == 0) {
                throw invalid(exchange, REFERENCE, "is empty");
            }
            return bytes;
        } catch (IOException e) {
            throw invalid(exchange, REFERENCE, "cannot be read");
        }
    }

    private static InvalidRequestException invalid(Exchange exchange, String field, String allowed) {
        return JsonRequest.withHeaders(exchange, InvalidRequestException.of(null, null, List.of(new Violation(field, null, allowed))));
    }
}
