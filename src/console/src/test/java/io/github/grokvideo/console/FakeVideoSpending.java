// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Stands for the component: has three budgets and a made-up ledger, and notes which limits are changed. */
final class FakeVideoSpending implements VideoSpendingMBean, AutoCloseable {

    private record Use(String name, String unit, String configured, String reported, String estimated, String reserved, String renewsAt) {
    }

    private static final List<Use> USES = List.of(
            new Use("account:default/day", "USD", "20", "8", "4", "2", "2026-11-30T00:00:00Z"),
            new Use("store/total", "credits", "1000", "1100", "0", "0", null),
            new Use("tag:acme/spring/month", "USD", "0.5", "0", "0", "0.3", "2026-12-01T00:00:00Z"));

    private final Map<String, BigDecimal> limits = new ConcurrentHashMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final ObjectName name;
    private volatile boolean empty;
    private volatile String refusal;

    FakeVideoSpending(String context) throws JMException {
        name = new ObjectName("org.apache.camel:context=" + context + ",type=services,name=VideoSpending");
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(this, VideoSpendingMBean.class), name);
    }

    /** The limits changed so far, such as {@code store/month=20}. */
    List<String> changes() {
        return changes;
    }

    /** From now on there are no budgets, and no job costs anything. */
    void clear() {
        empty = true;
    }

    /** From now on every change is refused with that message. */
    void refuse(String message) {
        refusal = message;
    }

    @Override
    public String budgets() {
        return Browserless.json(empty ? List.of() : USES.stream().map(this::map).toList());
    }

    private Map<String, Object> map(Use use) {
        BigDecimal limit = limits.getOrDefault(use.name, new BigDecimal(use.configured));
        BigDecimal total = new BigDecimal(use.reported).add(new BigDecimal(use.estimated)).add(new BigDecimal(use.reserved));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("budget", use.name);
        map.put("unit", use.unit);
        map.put("limit", limit);
        map.put("configured", new BigDecimal(use.configured));
        map.put("spentReported", new BigDecimal(use.reported));
        map.put("spentEstimated", new BigDecimal(use.estimated));
        map.put("reserved", new BigDecimal(use.reserved));
        map.put("left", limit.subtract(total));
        map.put("percent", total.multiply(BigDecimal.valueOf(100)).divideToIntegralValue(limit).intValue());
        map.put("renewsAt", use.renewsAt);
        return map;
    }

    /** Other figures for each period, so that they can be told apart. */
    @Override
    public String spend(String period, String by) {
        int jobs = Map.of("today", 3, "yesterday", 5, "this-month", 1200, "last-month", 900).get(period);
        List<Map<String, Object>> rows = new ArrayList<>();
        if (!empty) {
            rows.add(row(by, by + "-one", "USD", jobs, "2", "4.1", "8.25", "0.75"));
            rows.add(row(by, by + "-two", "credits", 7, "0", "0", "40", "-2"));
            rows.add(row(by, by.equals("tag") ? null : by + "-three", null, 1, "0", "0", "0", "0"));
        }
        return Browserless.json(rows);
    }

    /** As many jobs and videos as there are hours, so that ranges can be told apart. */
    @Override
    public String activity(int hours, String by) {
        Map<String, Object> activity = new LinkedHashMap<>();
        activity.put("from", "2026-11-20T12:00:00Z");
        activity.put("until", "2026-11-30T02:00:00Z");
        // West of Greenwich the day is not over.
        activity.put("lastDay", "2026-11-29");
        activity.put("durable", true);
        activity.put("sums", empty ? List.of() : List.of(row(by, by + "-one", "USD", hours, "2", "4.1", "8.25", "0.75")));
        activity.put("days", empty ? List.of() : List.of(row("day", "2026-11-27", "USD", hours - 1, "0", "1", "2", "0"),
                row("day", "2026-11-29", "USD", 1, "0", "0.5", "3", "0")));
        activity.put("times", empty ? List.of() : List.of(times(by, by + "-one", hours, 2000), times(by, by + "-two", 1, null)));
        return Browserless.json(activity);
    }

    private static Map<String, Object> times(String by, String group, int videos, Integer download) {
        Map<String, Object> times = new LinkedHashMap<>();
        times.put(by, group);
        times.put("videos", videos);
        times.put("queueMillis", 900);
        times.put("renderMillis", download == null ? null : 65_000);
        times.put("lagMillis", download == null ? null : 4000);
        times.put("downloadMillis", download);
        times.put("totalMillis", 72_000);
        times.put("p95Millis", 150_000);
        return times;
    }

    private static Map<String, Object> row(String by, String group, String unit, int jobs, String reserved, String estimated,
            String reported, String difference) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(by, group);
        row.put("unit", unit);
        row.put("jobs", jobs);
        row.put("reserved", new BigDecimal(reserved));
        row.put("spentEstimated", new BigDecimal(estimated));
        row.put("spentReported", new BigDecimal(reported));
        row.put("reportedMinusEstimate", new BigDecimal(difference));
        return row;
    }

    @Override
    public String changeLimit(String budget, String limit) {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        changes.add(budget + "=" + limit);
        if (limit.isEmpty()) {
            limits.remove(budget);
        } else {
            limits.put(budget, new BigDecimal(limit));
        }
        return budgets();
    }

    @Override
    public void close() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }
}
