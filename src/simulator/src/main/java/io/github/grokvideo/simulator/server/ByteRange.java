// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file.
 *
 * @param first position of the first byte
 * @param last  position of the last byte; before the first if the range cannot be satisfied
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    boolean satisfiable() {
        return last >= first;
    }

    /** Reads a Range header; empty if there is none, or one that servers may ignore (several ranges, other units, nonsense). */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header.replace(" ", ""));
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long count = Long.parseLong(matcher.group(2));
            return Optional.of(count == 0 ? new ByteRange(0, -1) : new ByteRange(Math.max(0, size - count), size - 1));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        boolean nonsense = !matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first;
        return nonsense ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }
}
