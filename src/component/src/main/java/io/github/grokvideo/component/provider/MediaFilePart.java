package io.github.grokvideo.component.provider;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import io.github.grokvideo.component.job.Media;

/** A local file or bytes as the file part of an upload. Reads no file: a path's ending tells the type. */
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
            String type = bytes.contentType() == null || bytes.contentType().isBlank() ? typeOf(bytes.content()) : bytes.contentType();
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

    private static String typeOf(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("GIF8")) {
            return "image/gif";
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        if (head.startsWith("ftyp", 4)) {
            return head.startsWith("qt", 8) ? "video/quicktime" : "video/mp4";
        }
        return head.startsWith("\u001aE\u00df\u00a3") ? "video/webm" : OTHER;
    }
}
