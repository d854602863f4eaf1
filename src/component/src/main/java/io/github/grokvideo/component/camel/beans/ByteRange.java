// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file, both ends included. Pure.
 *
 * @param first 0 or more
 * @param last  {@code first} or more, less than the file's size
 */
record ByteRange(long first, long last) {

    // 18 digits cannot overflow a long.
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Whether a Range header contains exactly one range; any other is ignored, as RFC 9110 allows. */
    static boolean isSingle(String header) {
        Matcher range = SINGLE.matcher(header == null ? "" : header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return false;
        }
        return range.group(1).isEmpty() || range.group(2).isEmpty() || Long.parseLong(range.group(1)) <= Long.parseLong(range.group(2));
    }

    /** The bytes that a single range selects; empty if not satisfiable (416). */
    static Optional<ByteRange> of(String header, long size) {
        Matcher range = SINGLE.matcher(header);
        if (!range.matches()) {
            throw new IllegalArgumentException("Not a single range");
        }
        if (range.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(range.group(2)), size);
            return length == 0 ? Optional.empty() : Optional.of(new ByteRange(size - length, size - 1));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
        return first >= size ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    long length() {
        return last - first + 1;
    }
}
