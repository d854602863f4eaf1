// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;

/** Checks that local images and videos may be sent: regular files of the right type that are not too large. */
public final class LocalMedia {

    /** Largest image that is read, in bytes: more than any gateway accepts. */
    public static final long LARGEST_IMAGE_BYTES = 32L << 20;
    /** Largest video that is read, in bytes: more than any gateway accepts. */
    public static final long LARGEST_VIDEO_BYTES = 512L << 20;

    /** Base64 characters, a multiple of 4, that hold {@link MediaType#HEAD_BYTES}. */
    private static final int HEAD_CHARACTERS = (MediaType.HEAD_BYTES + 2) / 3 * 4;

    private LocalMedia() {
    }

    /**
     * Reads the first bytes of each local file. Never blocks on a pipe or device.
     *
     * @param  request with local media or without
     * @return         every local medium that cannot be used; empty = none
     */
    public static List<Violation> check(VideoRequest request) {
        List<Violation> violations = new ArrayList<>();
        request.media().forEach((field, media) -> media.forEach(one -> check(field, one).ifPresent(violations::add)));
        return violations;
    }

    /**
     * @param  field with media, such as {@code images} or {@code video}
     * @param  media image or video of that field
     * @return       why it cannot be used; empty = it is valid, or not local
     */
    public static Optional<Violation> check(String field, Media media) {
        if (media instanceof Media.LocalFile file) {
            return ofFile(field, file);
        }
        if (media instanceof Media.Bytes bytes) {
            return bytes.content().length > largest(field) ? violation(field, media, "has more than " + largest(field) + " bytes")
                    : ofHead(field, media, bytes.content());
        }
        // A data URI of unknown type is left to the gateway.
        return media instanceof Media.Url url && url.isInline() ? ofHead(field, media, head(url.url()))
                .filter(wrong -> MediaType.nameOf(head(url.url())) != null) : Optional.empty();
    }

    /**
     * Checks the local media of a request and then reads them completely. Blocks on disk I/O.
     *
     * @param  request  with local media or without
     * @param  provider name of the gateway, for the exception; null = not known
     * @return          the {@link RequestHash}
     * @throws InvalidRequestException naming each medium that cannot be used
     */
    public static String hash(VideoRequest request, String provider) {
        List<Violation> violations = check(request);
        if (violations.isEmpty()) {
            try {
                return RequestHash.of(request);
            } catch (UncheckedIOException e) {
                violations = List.of(new Violation("media", null, "a local file cannot be read: " + reason(e.getCause())));
            }
        }
        throw InvalidRequestException.of(provider, request.model(), violations);
    }

    /**
     * @param  file image or video
     * @return      the open file, to be closed
     * @throws IOException if it cannot be read, or is too large for any field
     */
    public static RegularFile open(Media.LocalFile file) throws IOException {
        return RegularFile.open(file.path(), file.root(), LARGEST_VIDEO_BYTES);
    }

    private static Optional<Violation> ofFile(String field, Media.LocalFile file) {
        try (RegularFile open = RegularFile.open(file.path(), file.root(), largest(field))) {
            return ofHead(field, file, open.stream().readNBytes(MediaType.HEAD_BYTES));
        } catch (IOException e) {
            return violation(field, file, "cannot be read: " + reason(e));
        }
    }

    /** Without the path, which the message already names. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException known && known.getReason() != null ? "it " + known.getReason()
                : e.getClass().getSimpleName();
    }

    private static Optional<Violation> ofHead(String field, Media media, byte[] head) {
        String type = MediaType.of(head);
        boolean image = !field.equals(VideoRequest.VIDEO);
        if (type != null && type.startsWith(image ? "image/" : "video/")) {
            return Optional.empty();
        }
        String name = MediaType.nameOf(head);
        return violation(field, media, (name == null ? "is no image or video that is known here" : "is " + name) + "; "
                + (image ? "images must be JPEG, PNG, WebP or GIF" : "video must be MP4, MOV or WebM"));
    }

    private static byte[] head(String dataUri) {
        int comma = dataUri.indexOf(',');
        if (comma < 0 || !dataUri.substring(0, comma).stripTrailing().toLowerCase(java.util.Locale.ROOT).endsWith(";base64")) {
            return new byte[0];
        }
        String data = dataUri.substring(comma + 1, Math.min(dataUri.length(), comma + 1 + HEAD_CHARACTERS));
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static long largest(String field) {
        return field.equals(VideoRequest.VIDEO) ? LARGEST_VIDEO_BYTES : LARGEST_IMAGE_BYTES;
    }

    private static Optional<Violation> violation(String field, Media media, String text) {
        return Optional.of(new Violation(field, media.toString(), text));
    }
}
