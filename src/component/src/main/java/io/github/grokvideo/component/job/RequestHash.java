// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Hash that shows whether two requests are the same. Local media are compared by content, everything else by its text. */
public final class RequestHash {

    private static final int BUFFER = 64 * 1024;

    private RequestHash() {
    }

    /**
     * Reads local media files completely, at most {@link LocalMedia#LARGEST_VIDEO_BYTES} of each. Never blocks on a pipe or device.
     *
     * @param  request with local media or without
     * @return         SHA-256 in hex over the request's fields in a fixed order
     * @throws UncheckedIOException if a local file cannot be read
     */
    public static String of(VideoRequest request) {
        Map<String, Object> fields = new TreeMap<>(request.given());
        // A presigned URL differs each time it is made, for the same place.
        fields.computeIfPresent("uploadUrl", (name, url) -> SignedUrl.masked((String) url));
        if (request.model() != null) {
            fields.put("model", request.model());
        }
        if (request.mode() != null) {
            fields.put("mode", request.mode().value());
        }
        if (!request.additionalFields().isEmpty()) {
            fields.put("additionalFields", request.additionalFields());
        }
        StringBuilder canonical = new StringBuilder();
        append(canonical, fields);
        return HexFormat.of().formatHex(sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** JSON with sorted names. */
    private static void append(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, field) -> sorted.put(String.valueOf(name), field));
            char separator = '{';
            for (Map.Entry<String, Object> field : sorted.entrySet()) {
                text(out.append(separator), field.getKey());
                append(out.append(':'), field.getValue());
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        } else if (value instanceof Collection<?> many) {
            out.append('[');
            many.forEach(one -> {
                append(out, one);
                out.append(',');
            });
            out.append(']');
        } else if (value instanceof Keyframe frame) {
            append(out, Map.of("at", frame.at(), "image", frame.image()));
        } else if (value instanceof Media media) {
            text(out, content(media));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(out, value.toString());
        }
    }

    private static String content(Media media) {
        if (media instanceof Media.LocalFile file) {
            MessageDigest digest = sha256();
            try (RegularFile open = LocalMedia.open(file)) {
                InputStream in = open.stream();
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        }
        if (media instanceof Media.Bytes bytes) {
            return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes.content()));
        }
        // Not toString, which masks the difference between two signed URLs.
        return media instanceof Media.Url url ? "url:" + url.url() : media.toString();
    }

    private static void text(StringBuilder out, String value) {
        out.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
