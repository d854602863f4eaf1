// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds parts of a ledger up to the sums of a query. Not thread-safe. */
public final class SpendSums {

    private record Key(List<String> values, String unit) {
    }

    private final SpendQuery query;
    private final Map<Key, SpendSum> sums = new LinkedHashMap<>();

    /** @param query period and groups */
    public SpendSums(SpendQuery query) {
        this.query = query;
    }

    /**
     * @param values the values of a part by what they are; those that the query does not ask for are ignored
     * @param at     the time that a part counts for
     * @param part   its amounts
     */
    public void add(Map<SpendQuery.By, String> values, Instant at, SpendSum part) {
        Map<SpendQuery.By, String> group = new LinkedHashMap<>();
        for (SpendQuery.By by : query.by()) {
            group.put(by, by == SpendQuery.By.DAY ? LocalDate.ofInstant(at, query.zone()).toString() : values.get(by));
        }
        SpendSum own = new SpendSum(group, part.unit(), part.jobs(), part.reserved(), part.estimated(), part.reported(),
                part.reportedEstimate());
        sums.merge(new Key(new ArrayList<>(group.values()), part.unit()), own, SpendSum::plus);
    }

    /** @return the sums that are not empty, in the order of the groups' values */
    public List<SpendSum> list() {
        Comparator<SpendSum> order = query.order(SpendSum::group,
                Comparator.comparing(SpendSum::unit, Comparator.nullsLast(Comparator.naturalOrder())));
        return sums.values().stream().filter(SpendSums::hasContent).sorted(order).toList();
    }

    private static boolean hasContent(SpendSum sum) {
        return sum.jobs() != 0 || sum.reserved().signum() != 0 || sum.estimated().signum() != 0 || sum.reported().signum() != 0;
    }
}
