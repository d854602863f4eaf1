// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which sums of the ledger are asked for.
 *
 * @param from  first moment; what counts is when a submit was reserved
 * @param until first moment that no longer counts
 * @param by    what the sums are separated by; empty = the unit only
 * @param zone  of the days
 */
public record SpendQuery(Instant from, Instant until, List<By> by, ZoneId zone) {

    /** What sums can be separated by. */
    public enum By {
        /** Name of the account. */
        ACCOUNT,
        /** The job's tag. */
        TAG,
        /** Name of the gateway. */
        PROVIDER,
        /** The gateway's model id. */
        MODEL,
        /** The day, such as 2026-11-28. */
        DAY;

        /** @return as it is written in options and in results */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param from  never null
     * @param until never null
     * @param by    copied, each once
     * @param zone  never null
     */
    public SpendQuery {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(zone, "zone");
        by = by.stream().distinct().toList();
    }

    /**
     * The order of results.
     *
     * @param  <T>   a result
     * @param  group the values that a result is for; those without a value come last
     * @param  equal the order of results of the same group
     * @return       the order of the groups' values
     */
    public <T> Comparator<T> order(Function<T, Map<By, String>> group, Comparator<T> equal) {
        Comparator<T> order = equal;
        for (int i = by.size() - 1; i >= 0; i--) {
            By value = by.get(i);
            Comparator<T> own = Comparator.comparing(result -> group.apply(result).get(value),
                    Comparator.nullsLast(Comparator.naturalOrder()));
            order = own.thenComparing(order);
        }
        return order;
    }
}
