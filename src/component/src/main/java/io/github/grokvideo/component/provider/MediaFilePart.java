// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;

/** A local file or bytes as the file part of an upload. Reads no file: a path's ending tells the type, until the
 * transport reads its first bytes. */
public final class MediaFilePart {

    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "webp", "image/webp", "gif", "image/gif",
            "mp4", "video/mp4", "m4v", "video/mp4", "webm", "video/webm", "mov", "video/quicktime");
    private static final String OTHER = "application/octet-stream";

    private MediaFilePart() {
    }

    /**
     * @param name  of the form field
     * @param media a {@link Media.LocalFile} or {@link Media.Bytes}
     */
    public static HttpCall.FilePart of(String name, Media media) {
        if (media instanceof Media.LocalFile file) {
            Path last = file.path().getFileName();
            // Gateways see no more of this machine than they must, and no character that could end a header.
            String shown = last == null ? "file" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
            String ending = shown.substring(shown.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return new HttpCall.FilePart(name, shown, TYPES.getOrDefault(ending, OTHER), media);
        }
        if (media instanceof Media.Bytes bytes) {
            String told = MediaType.of(bytes.content());
            String type = told != null ? told : bytes.contentType() == null || bytes.contentType().isBlank() ? OTHER : bytes.contentType();
            return new HttpCall.FilePart(name, "upload" + endingOf(type), type, media);
        }
        throw new IllegalArgumentException("Only local media are uploaded, not " + media);
    }

    private static String endingOf(String type) {
        return TYPES.entrySet().stream().filter(entry -> type.startsWith(entry.getValue())).map(Map.Entry::getKey)
                // jpg and mp4 rather than jpeg and m4v
                .min(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()))
                .map(ending -> "." + ending).orElse("");
    }
}
