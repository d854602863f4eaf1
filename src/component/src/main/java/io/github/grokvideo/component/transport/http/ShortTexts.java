// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/**
 * Collects a JSON response and drops the rest of long strings, since responses that repeat the request's images have many MiB. The result
 * is valid JSON if the response is.
 */
final class ShortTexts {

    /** Bytes of one string. All values that are used are shorter. */
    static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_ESCAPE = "\\u0000".length();

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int longest;
    private boolean inText;
    private boolean escaped;
    private boolean full;
    private int ofText;

    /** @param longest maximum bytes that are kept */
    ShortTexts(int longest) {
        this.longest = longest;
    }

    /** @return false = not all of it fits */
    boolean add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (isKept(bytes[i])) {
                if (kept.size() == longest) {
                    return false;
                }
                kept.write(bytes[i]);
            }
        }
        return true;
    }

    private boolean isKept(byte unit) {
        if (!inText) {
            inText = unit == '"';
            ofText = 0;
            full = false;
            return true;
        }
        if (!escaped && unit == '"') {
            inText = false;
            return true;
        }
        // An escape is kept whole or not at all.
        full |= ofText >= LONGEST_TEXT - (!escaped && unit == '\\' ? LONGEST_ESCAPE : 0);
        escaped = !escaped && unit == '\\';
        ofText++;
        return !full;
    }

    String toString(Charset charset) {
        return kept.toString(charset);
    }
}
