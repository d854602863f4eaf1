// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The job key of a message that brings none of its own. The request is a part of it: it never belongs to another request.
 *
 * @param message the message it stands for
 * @param base    what all calls of one place in the route have in common that this message makes with the same request
 * @param turn    how many of these have ended well before this one
 */
public record AutoJobKey(MessageIdentities.Identity message, String base, int turn) {

    /** @param parts what the base is made of, in a fixed order; a null counts as an empty text */
    public static AutoJobKey of(MessageIdentities.Identity message, List<String> parts, int turn) {
        return new AutoJobKey(message, digest(parts), turn);
    }

    /** A readable beginning and 64 hexadecimal digits: short enough for every column. */
    public String key() {
        return "auto:" + message.kind() + ":" + (turn == 0 ? base : digest(List.of(base, Integer.toString(turn))));
    }

    public boolean isOfFile() {
        return message.kind().equals(FileIdentity.KIND);
    }

    /** The message in words, as a part of a sentence. */
    public String shown() {
        return (isOfFile() ? "file " : message.kind().equals("message") ? "message " : message.kind() + " message ") + message.shown();
    }

    /** Each part with its length, so that no two lists look the same. */
    private static String digest(List<String> parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
