package io.github.grokvideo.component.job;

import java.nio.charset.StandardCharsets;

/** What a media file is, told from its first bytes: names and declared types are not trusted. */
public final class MediaType {

    /** Enough for every signature below. */
    public static final int HEAD_BYTES = 16;

    private MediaType() {
    }

    /** @return for example {@code image/png}; null = none that a gateway takes */
    public static String of(byte[] head) {
        if (startsWith(head, 0, "\u0089PNG")) {
            return "image/png";
        }
        if (startsWith(head, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (startsWith(head, 0, "GIF8")) {
            return "image/gif";
        }
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBP")) {
            return "image/webp";
        }
        if (startsWith(head, 4, "ftyp")) {
            return startsWith(head, 8, "qt") ? "video/quicktime" : "video/mp4";
        }
        if (startsWith(head, 0, "\u001a\u0045\u00df\u00a3")) {
            return "video/webm";
        }
        return null;
    }

    private static boolean startsWith(byte[] head, int offset, String signature) {
        byte[] bytes = signature.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < offset + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[offset + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
