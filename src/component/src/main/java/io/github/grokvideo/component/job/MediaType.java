// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Detects a media file's type from its first bytes; names and declared types are not trusted. */
public final class MediaType {

    /** Bytes that are enough for every signature here. */
    public static final int HEAD_BYTES = 64;

    /** Brand prefixes of ISO files that are not MP4. */
    private static final Map<String, String> OTHER_BRANDS = Map.of(
            "hei", "a HEIC image", "hev", "a HEIC image", "mif1", "a HEIF image", "msf1", "a HEIF image", "avif", "an AVIF image",
            "avis", "an AVIF image", "crx", "a raw image of a camera", "M4A", "a sound file", "M4B", "a sound file");

    private static final String EBML = "\u001a\u0045\u00df\u00a3";

    private MediaType() {
    }

    /**
     * @param  head the first bytes of the file, {@link #HEAD_BYTES} if it has as many
     * @return      for example {@code image/png}; null = not a type that gateways accept
     */
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
        if (startsWith(head, 4, "ftyp") && otherBrand(head) == null) {
            return startsWith(head, 8, "qt") ? "video/quicktime" : "video/mp4";
        }
        if (startsWith(head, 0, EBML) && !isMatroska(head)) {
            return "video/webm";
        }
        return null;
    }

    /**
     * @param  head the first bytes of the file, {@link #HEAD_BYTES} if it has as many
     * @return      the format's name with an article, for messages; null = unknown
     */
    public static String nameOf(byte[] head) {
        String type = of(head);
        if (type != null) {
            return switch (type) {
                case "image/png" -> "a PNG image";
                case "image/jpeg" -> "a JPEG image";
                case "image/gif" -> "a GIF image";
                case "image/webp" -> "a WebP image";
                case "video/quicktime" -> "a MOV video";
                case "video/webm" -> "a WebM video";
                default -> "an MP4 video";
            };
        }
        if (startsWith(head, 4, "ftyp")) {
            return otherBrand(head);
        }
        if (startsWith(head, 0, EBML)) {
            return "a Matroska video";
        }
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "AVI")) {
            return "an AVI video";
        }
        if (startsWith(head, 0, "II*\0") || startsWith(head, 0, "MM\0*")) {
            return "a TIFF image";
        }
        if (startsWith(head, 0, "\0\0\0\u000cJXL ") || startsWith(head, 0, "\u00ff\n")) {
            return "a JPEG XL image";
        }
        if (startsWith(head, 0, "8BPS")) {
            return "a Photoshop image";
        }
        return startsWith(head, 0, "%PDF") ? "a PDF" : null;
    }

    private static String otherBrand(byte[] head) {
        return OTHER_BRANDS.entrySet().stream().filter(brand -> startsWith(head, 8, brand.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }

    private static boolean isMatroska(byte[] head) {
        return new String(head, 0, Math.min(head.length, HEAD_BYTES), StandardCharsets.ISO_8859_1).contains("matroska");
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
