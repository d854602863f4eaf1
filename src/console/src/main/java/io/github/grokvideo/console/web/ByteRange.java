// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file, both ends included.
 *
 * @param first 0 or more
 * @param last  {@code first} or more, less than the file's size; {@code first - 1} for an empty file
 */
record ByteRange(long first, long last) {

    // 18 digits cannot overflow a long.
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange all(long size) {
        return new ByteRange(0, size - 1);
    }

    /** Whether a Range header contains exactly one range; any other is ignored, as RFC 9110 allows. */
    static boolean isSingle(String header) {
        if (header == null) {
            return false;
        }
        Matcher range = SINGLE.matcher(header);
        return range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty()) && !isBackwards(range);
    }

    /** The bytes that a single-range header selects; empty if not satisfiable (416). */
    static Optional<ByteRange> of(String header, long size) {
        Matcher range = SINGLE.matcher(header);
        if (!range.matches()) {
            throw new IllegalArgumentException("Not a single range: " + header);
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

    private static boolean isBackwards(Matcher range) {
        return !range.group(1).isEmpty() && !range.group(2).isEmpty() && Long.parseLong(range.group(1)) > Long.parseLong(range.group(2));
    }
}
