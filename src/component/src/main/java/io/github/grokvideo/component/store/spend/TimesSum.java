// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the time of the videos of a group went: medians in milliseconds. The medians of the parts need not add up to that of the whole.
 *
 * @param group    the values it is for, in the order of the query; a value may be null
 * @param videos   how many
 * @param queue    median of {@link VideoTimes#queue()}
 * @param render   median of {@link VideoTimes#render()}
 * @param lag      median of {@link VideoTimes#lag()}
 * @param download median of {@link VideoTimes#download()}; null = of all videos only the URL was wanted
 * @param total    median of the whole wait
 * @param slowest  95 % of the videos took at most this long
 */
public record TimesSum(
        Map<SpendQuery.By, String> group, long videos, long queue, long render, long lag, Long download, long total, long slowest) {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    /**
     * @param group    copied
     * @param videos   more than 0
     * @param queue    0 or more
     * @param render   0 or more
     * @param lag      0 or more
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
        List<Long> downloads = videos.stream().map(VideoTimes::download).filter(Objects::nonNull).toList();
        return new TimesSum(group, videos.size(), percentile(videos.stream().map(VideoTimes::queue).toList(), HALF),
                percentile(videos.stream().map(VideoTimes::render).toList(), HALF),
                percentile(videos.stream().map(VideoTimes::lag).toList(), HALF), downloads.isEmpty() ? null : percentile(downloads, HALF),
                percentile(videos.stream().map(VideoTimes::total).toList(), HALF),
                percentile(videos.stream().map(VideoTimes::total).toList(), MOST));
    }

    private static long percentile(List<Long> values, double fraction) {
        List<Long> sorted = values.stream().sorted().toList();
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
