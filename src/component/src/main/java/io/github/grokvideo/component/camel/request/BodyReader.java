// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;
import io.github.grokvideo.component.job.RegularFile;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/** Reads a message body into fields: a prompt, JSON or a map of fields, a dropped file, an image. Limits how much it reads. */
final class BodyReader {

    /** Largest image or video in a body that is not a file, in bytes. */
    static final int MAX_MEDIA = 32 * 1024 * 1024;

    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp", "gif");
    private static final Set<String> VIDEOS = Set.of("mp4", "mov", "webm", "m4v");
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BodyReader() {
    }

    /**
     * @param exchange source of content type, file name and type converters; null = none of these
     * @throws IllegalArgumentException saying what would be accepted
     */
    static Map<String, Object> read(Object body, Exchange exchange) {
        return read(body, exchange, MediaDirectories.NONE);
    }

    /** @param directories where a link that is the body may lead */
    static Map<String, Object> read(Object body, Exchange exchange, MediaDirectories directories) {
        if (body == null) {
            return Map.of();
        }
        String type = exchange == null ? "" : contentType(exchange);
        if (body instanceof VideoRequest request) {
            return fields(request);
        }
        if (body instanceof Map<?, ?> map) {
            return FieldValue.fields(map);
        }
        if (body instanceof JsonNode node) {
            if (!node.isObject()) {
                throw new IllegalArgumentException("must be a JSON object");
            }
            return JSON.convertValue(node, FIELDS);
        }
        if (body instanceof Media media) {
            return Map.of("images", List.of(media));
        }
        if (body instanceof CharSequence text) {
            return text(text.toString(), type);
        }
        if (body instanceof byte[] bytes) {
            return bytes(bytes, "", type);
        }
        Path path = path(body);
        if (path != null) {
            return file(path, type, directories);
        }
        if (body instanceof WrappedFile<?> wrapped) {
            return stream(wrapped.getBody(), exchange, extension(wrapped.getFile()), type);
        }
        return stream(body, exchange, "", type);
    }

    /** @return the folder of the body's file; null = the body is not a file */
    static Path folder(Object body) {
        Path path = path(body);
        return path == null ? null : path.toAbsolutePath().getParent();
    }

    private static Path path(Object body) {
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        return file instanceof File onDisk ? onDisk.toPath() : file instanceof Path path ? path : null;
    }

    private static Map<String, Object> fields(VideoRequest request) {
        Map<String, Object> fields = new java.util.LinkedHashMap<>(request.given());
        fields.put("model", request.model());
        fields.put("mode", request.mode());
        fields.put("additionalFields", request.additionalFields());
        return fields;
    }

    private static Map<String, Object> text(String given, String type) {
        // JSON after a byte order mark must not be paid for as a prompt.
        String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
        if (text.length() > FieldValue.MAX_TEXT) {
            throw new IllegalArgumentException("must not be longer than " + FieldValue.MAX_TEXT + " characters");
        }
        String start = text.stripLeading();
        // Text that looks like JSON is treated as JSON, so that broken JSON is not paid for as a prompt. The content type alone does not
        // decide, since routes that extract a prompt from a JSON request leave the header in place.
        if (type.contains("json") && start.matches("(?s)[\\[{].*") || start.matches("(?s)\\{\\s*[\"}].*")) {
            return json(start);
        }
        return text.isBlank() ? Map.of() : Map.of("prompt", text.strip());
    }

    private static Map<String, Object> json(String text) {
        try {
            Map<String, Object> fields = JSON.readValue(text, FIELDS);
            if (fields == null) {
                throw new IllegalArgumentException("must be a JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            // The original message is left out: it quotes the text, which may be private.
            throw new IllegalArgumentException("must be a JSON object; the JSON is broken"
                    + (e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr()));
        }
    }

    private static Map<String, Object> bytes(byte[] bytes, String extension, String type) {
        String media = type.startsWith("image/") ? "images" : type.startsWith("video/") ? "video" : mediaField(extension);
        if (media == null && isImage(bytes)) {
            media = "images";
        }
        if (media != null && bytes.length > 0) {
            Media content = new Media.Bytes(bytes, type.startsWith("image/") || type.startsWith("video/") ? type : null);
            return Map.of(media, media.equals("images") ? List.of(content) : content);
        }
        String name = MediaType.nameOf(bytes);
        if (name != null) {
            throw new IllegalArgumentException("is " + name + "; a body must be text in UTF-8, JSON, a JPEG, PNG, WebP or GIF image, or a"
                    + " video with the ending .mp4, .mov or .webm or its Content-Type");
        }
        if (bytes.length > FieldValue.MAX_TEXT) {
            throw new IllegalArgumentException("must not be longer than " + FieldValue.MAX_TEXT + " bytes of text");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text(text, extension.equals("json") ? "json" : type);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be text in UTF-8, JSON or an image", e);
        }
    }

    private static Map<String, Object> file(Path path, String header, MediaDirectories directories) {
        String extension = extension(path);
        // A file extension is more reliable than a header that an earlier step may have left.
        String type = extension.isEmpty() ? header : "";
        String media = type.startsWith("image/") ? "images" : type.startsWith("video/") ? "video" : mediaField(extension);
        try {
            Media.LocalFile file = directories.body(path);
            if (media != null && Files.isRegularFile(path)) {
                return Map.of(media, media.equals("images") ? List.of(file) : file);
            }
            if (Files.isRegularFile(path) && Files.size(path) == 0) {
                return Map.of();
            }
            try (RegularFile open = LocalMedia.open(file)) {
                // One byte more than the limit shows that a text is too long, and is enough to recognize an image without an extension.
                byte[] head = open.stream().readNBytes(FieldValue.MAX_TEXT + 1);
                return isImage(head) ? Map.of("images", List.of(file)) : bytes(head, extension, type);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + path.getFileName() + " cannot be read"
                    + (e instanceof FileSystemException known && known.getReason() != null ? ": it " + known.getReason() : ""), e);
        }
    }

    /** Reads a stream, or a body that a type converter can turn into one. */
    private static Map<String, Object> stream(Object body, Exchange exchange, String extension, String header) {
        String type = extension.isEmpty() ? header : "";
        InputStream in = body instanceof InputStream given ? given
                : exchange == null || body == null ? null
                : exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
        if (in == null) {
            throw new IllegalArgumentException("must be text, a VideoRequest, a map, JSON, a file, bytes or a stream; a "
                    + (body == null ? "missing body" : body.getClass().getName()) + " is none of them");
        }
        try {
            byte[] bytes = in.readNBytes(MAX_MEDIA + 1);
            if (bytes.length > MAX_MEDIA) {
                throw new IllegalArgumentException("must not be longer than " + MAX_MEDIA + " bytes; use a file");
            }
            if (body instanceof StreamCache cache) {
                cache.reset();
            } else if (exchange != null && exchange.getMessage().getBody() == body) {
                // A stream can be read only once, but a redelivered message is read again.
                exchange.getMessage().setBody(bytes);
            }
            return bytes(bytes, extension, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    private static String contentType(Exchange exchange) {
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String mediaField(String extension) {
        return IMAGES.contains(extension) ? "images" : VIDEOS.contains(extension) ? "video" : null;
    }

    private static String extension(Object file) {
        String name = String.valueOf(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 || dot < name.lastIndexOf('/') ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean isImage(byte[] bytes) {
        String type = MediaType.of(bytes);
        return type != null && type.startsWith("image/");
    }
}
