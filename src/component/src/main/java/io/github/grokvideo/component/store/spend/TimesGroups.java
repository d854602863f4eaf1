// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the times of videos by the groups of a query. Not thread-safe. */
public final class TimesGroups {

    private final SpendQuery query;
    private final Map<Map<SpendQuery.By, String>, List<VideoTimes>> groups = new LinkedHashMap<>();

    /** @param query the groups */
    public TimesGroups(SpendQuery query) {
        this.query = query;
    }

    /**
     * @param values the values of a video by what they are; those that the query does not ask for are ignored
     * @param times  where its time went
     */
    public void add(Map<SpendQuery.By, String> values, VideoTimes times) {
        groups.computeIfAbsent(group(query, values), group -> new ArrayList<>()).add(times);
    }

    /** @return the medians of each group, in the order of the groups' values */
    public List<TimesSum> list() {
        return groups.entrySet().stream().map(group -> TimesSum.of(group.getKey(), group.getValue())).sorted(order(query)).toList();
    }

    /**
     * @param  query  the groups
     * @param  values the values of videos by what they are
     * @return        those that the query asks for, in its order, without the day
     */
    public static Map<SpendQuery.By, String> group(SpendQuery query, Map<SpendQuery.By, String> values) {
        Map<SpendQuery.By, String> group = new LinkedHashMap<>();
        query.by().stream().filter(by -> by != SpendQuery.By.DAY).forEach(by -> group.put(by, values.get(by)));
        return group;
    }

    /**
     * @param  query the groups
     * @return       the order of their values; those without a value come last
     */
    public static Comparator<TimesSum> order(SpendQuery query) {
        Comparator<TimesSum> order = Comparator.comparing(TimesSum::videos);
        for (int i = query.by().size() - 1; i >= 0; i--) {
            SpendQuery.By by = query.by().get(i);
            order = Comparator.<TimesSum, String>comparing(sum -> sum.group().get(by), Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(order);
        }
        return order;
    }
}
