// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.util.ArrayList;
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
        groups.computeIfAbsent(TimesSum.group(query, values), group -> new ArrayList<>()).add(times);
    }

    /** @return the medians of each group, in the order of the groups' values */
    public List<TimesSum> list() {
        return TimesSum.sorted(query, groups.entrySet().stream().map(group -> TimesSum.of(group.getKey(), group.getValue())));
    }
}
