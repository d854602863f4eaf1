// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.nio.charset.StandardCharsets;

/** Encodes an untrusted id as one segment of a path. */
public final class PathPart {

    private PathPart() {
    }

    /**
     * @param  text any text
     * @return      the text percent-encoded, so that it stays one segment: no slash, no query, no dot segment
     */
    public static String of(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        boolean onlyDots = text.chars().allMatch(c -> c == '.');
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '~'
                    || c == '.' && !onlyDots;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
