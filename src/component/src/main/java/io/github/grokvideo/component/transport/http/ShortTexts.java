// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/**
 * Keeps a JSON answer as it comes in, with the middle of no long text: answers that repeat the images of the request are many MiB, and what
 * counts in them is not. What is kept is JSON where the answer is.
 */
final class ShortTexts {

    /** Bytes of one text. No value that is read is as long. */
    static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_ESCAPE = "\\u0000".length();

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int longest;
    private boolean inText;
    private boolean escaped;
    private boolean full;
    private int ofText;

    /** @param longest bytes that are kept */
    ShortTexts(int longest) {
        this.longest = longest;
    }

    /** @return false = there is no room for all of it */
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
