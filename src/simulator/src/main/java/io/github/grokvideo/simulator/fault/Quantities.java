// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses human-readable amounts. */
public final class Quantities {

    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");
    private static final Map<String, Long> BYTES = Map.of("", 1L, "b", 1L, "kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L,
            "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "", 1_000L, "s", 1_000L, "m", 60_000L, "min", 60_000L,
            "h", 3_600_000L, "d", 86_400_000L);

    private Quantities() {
    }

    /** {@code 600MB}, {@code 64KiB}, {@code 1000}: MB are powers of ten, MiB powers of two, a bare number is bytes. */
    public static long bytes(String text) {
        return amount(text, BYTES, "size such as 600MB");
    }

    /** {@code 500ms}, {@code 3s}, {@code 2m}, {@code 24h}, {@code 7d}, {@code PT3S}; a bare number is seconds. */
    public static Duration duration(String text) {
        return text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(amount(text, MILLIS, "time such as 3s or 500ms"));
    }

    private static long amount(String text, Map<String, Long> units, String expected) {
        Matcher matcher = AMOUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("'" + text + "' is not a " + expected);
        }
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(units.get(matcher.group(2)))).longValue();
    }
}
