// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The job key of a message that has none of its own. It covers the request, so that it never applies to another request.
 *
 * @param message identity of the message
 * @param base    digest of what all calls of this message with the same request at the same place have in common
 * @param turn    how many calls with this base have succeeded before this one
 */
public record AutoJobKey(MessageIdentities.Identity message, String base, int turn) {

    /**
     * Creates a key.
     *
     * @param  message identity of the message
     * @param  parts   what the base is made from, in a fixed order; null counts as empty
     * @param  turn    how many calls with this base have succeeded before this one
     * @return         the key
     */
    public static AutoJobKey of(MessageIdentities.Identity message, List<String> parts, int turn) {
        return new AutoJobKey(message, digest(parts), turn);
    }

    /** @return a readable prefix and 64 hexadecimal digits, short enough for every database column */
    public String key() {
        return "auto:" + message.kind() + ":" + (turn == 0 ? base : digest(List.of(base, Integer.toString(turn))));
    }

    /** @return whether the message is a file */
    public boolean isOfFile() {
        return message.kind().equals(FileIdentity.KIND);
    }

    /** @return the message in words, as a part of a sentence */
    public String shown() {
        return (isOfFile() ? "file " : message.kind().equals("message") ? "message " : message.kind() + " message ") + message.shown();
    }

    /** Prefixes each part with its length, so that different lists never hash the same input. */
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
