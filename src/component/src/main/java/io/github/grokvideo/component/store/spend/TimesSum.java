// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the time of the videos of a group went: medians in milliseconds. The medians of the parts need not add up to that of the whole.
 *
 * @param group    the values it is for, in the order of the query; a value may be null
 * @param videos   how many
 * @param queue    median of {@link VideoTimes#queue()}
 * @param render   median of {@link VideoTimes#render()} of the videos whose lag is known; null = of none it is
 * @param lag      median of {@link VideoTimes#lag()}; null = of no video it is known
 * @param download median of {@link VideoTimes#download()}; null = of all videos only the URL was wanted
 * @param total    median of the whole wait
 * @param slowest  95 % of the videos took at most this long
 */
public record TimesSum(
        Map<SpendQuery.By, String> group, long videos, long queue, Long render, Long lag, Long download, long total, long slowest) {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    /**
     * @param group    copied
     * @param videos   more than 0
     * @param queue    0 or more
     * @param render   null = unknown
     * @param lag      null = unknown
     * @param download null = unknown
     * @param total    0 or more
     * @param slowest  0 or more
     */
    public TimesSum {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /**
     * @param  group  the values that the videos have in common
     * @param  videos at least one
     * @return        their medians, interpolated as databases do
     */
    public static TimesSum of(Map<SpendQuery.By, String> group, List<VideoTimes> videos) {
        return new TimesSum(group, videos.size(), percentile(videos, VideoTimes::queue, HALF),
                percentile(videos, video -> video.lag() == null ? null : video.render(), HALF), percentile(videos, VideoTimes::lag, HALF),
                percentile(videos, VideoTimes::download, HALF), percentile(videos, VideoTimes::total, HALF),
                percentile(videos, VideoTimes::total, MOST));
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
     * @param  sums  one of each group
     * @return       them in the order of the groups' values
     */
    public static List<TimesSum> sorted(SpendQuery query, Stream<TimesSum> sums) {
        return sums.sorted(query.order(TimesSum::group, Comparator.comparing(TimesSum::videos))).toList();
    }

    private static Long percentile(List<VideoTimes> videos, Function<VideoTimes, Long> part, double fraction) {
        List<Long> sorted = videos.stream().map(part).filter(Objects::nonNull).sorted().toList();
        if (sorted.isEmpty()) {
            return null;
        }
        double place = fraction * (sorted.size() - 1);
        long below = sorted.get((int) Math.floor(place));
        long above = sorted.get((int) Math.ceil(place));
        return Math.round(below + (above - below) * (place - Math.floor(place)));
    }

    /** @return the medians with the names that are used in JSON: the groups, videos, and the parts in milliseconds */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        group.forEach((by, value) -> map.put(by.text(), value));
        map.put("videos", videos);
        map.put("queueMillis", queue);
        map.put("renderMillis", render);
        map.put("lagMillis", lag);
        map.put("downloadMillis", download);
        map.put("totalMillis", total);
        map.put("p95Millis", slowest);
        return map;
    }
}
