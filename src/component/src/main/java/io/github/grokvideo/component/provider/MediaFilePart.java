// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;

/**
 * Creates the file part of an upload. Reads no file: the type comes from the extension until the transport reads the first bytes.
 */
public final class MediaFilePart {

    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "webp", "image/webp", "gif", "image/gif",
            "mp4", "video/mp4", "m4v", "video/mp4", "webm", "video/webm", "mov", "video/quicktime");
    private static final String OTHER = "application/octet-stream";

    private MediaFilePart() {
    }

    /**
     * @param  name  name of the form field
     * @param  media a {@link Media.LocalFile} or {@link Media.Bytes}
     * @return       the part, with a safe file name
     * @throws IllegalArgumentException if the media is not local
     */
    public static HttpCall.FilePart of(String name, Media media) {
        if (media instanceof Media.LocalFile file) {
            Path last = file.path().getFileName();
            // Only the file name is sent, without characters that could break a header.
            String shown = last == null ? "file" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
            String ending = shown.substring(shown.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return new HttpCall.FilePart(name, shown, TYPES.getOrDefault(ending, OTHER), media);
        }
        if (media instanceof Media.Bytes bytes) {
            String detected = MediaType.of(bytes.content());
            String type = detected != null ? detected
                    : bytes.contentType() == null || bytes.contentType().isBlank() ? OTHER : bytes.contentType();
            return new HttpCall.FilePart(name, "upload" + endingOf(type), type, media);
        }
        throw new IllegalArgumentException("Only local media can be uploaded, not " + media);
    }

    private static String endingOf(String type) {
        return TYPES.entrySet().stream().filter(entry -> type.startsWith(entry.getValue())).map(Map.Entry::getKey)
                // jpg and mp4 rather than jpeg and m4v
                .min(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()))
                .map(ending -> "." + ending).orElse("");
    }
}
