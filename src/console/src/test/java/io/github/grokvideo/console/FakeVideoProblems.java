// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Stands for the component: something of each kind has gone wrong, until it is solved. */
final class FakeVideoProblems implements VideoProblemsMBean, AutoCloseable {

    private static final Map<String, String> IDS = Map.of("unknown", "job-000009", "undelivered", "job-000015", "held", "job-000031",
            "untaken", "job-000005");

    private final FakeVideoJobs jobs;
    private final ObjectName name;
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();

    FakeVideoProblems(String context, FakeVideoJobs jobs) throws JMException {
        this.jobs = jobs;
        kinds.addAll(List.of("unknown", "undelivered", "held", "untaken", "accounts", "budgets"));
        name = new ObjectName("org.apache.camel:context=" + context + ",type=services,name=VideoProblems");
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(this, VideoProblemsMBean.class), name);
    }

    /** From now on there is nothing of that kind. */
    void solve(String kind) {
        kinds.remove(kind);
    }

    @Override
    public String counts() {
        return Browserless.json(counted());
    }

    private Map<String, Object> counted() {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (String kind : List.of("unknown", "undelivered", "held", "untaken", "accounts", "budgets")) {
            counts.put(kind, !kinds.contains(kind) ? 0 : kind.equals("unknown") ? 3125 : 1);
        }
        return counts;
    }

    @Override
    public String problems(int limit) {
        Map<String, Object> problems = new LinkedHashMap<>();
        problems.put("counts", counted());
        IDS.forEach((kind, id) -> problems.put(kind, kinds.contains(kind) ? List.of(row(kind, id)) : List.of()));
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("account", "team");
        account.put("provider", "xai");
        account.put("refusedSince", Instant.now().minus(Duration.ofMinutes(7)).toString());
        account.put("lastRefusal", Instant.now().toString());
        account.put("error", "HTTP 401");
        account.put("waitingJob", "job-000002");
        problems.put("accounts", kinds.contains("accounts") ? List.of(account) : List.of());
        Map<String, Object> budget = new LinkedHashMap<>();
        budget.put("budget", "store/total");
        budget.put("unit", "credits");
        for (Map.Entry<String, Integer> amount : Map.of("limit", 1000, "configured", 1000, "spentReported", 1100, "spentEstimated", 0,
                "reserved", 0, "left", -100, "percent", 110).entrySet()) {
            budget.put(amount.getKey(), amount.getValue());
        }
        budget.put("renewsAt", null);
        problems.put("budgets", kinds.contains("budgets") ? List.of(budget) : List.of());
        return Browserless.json(problems);
    }

    private Map<String, Object> row(String kind, String id) {
        Map<String, Object> row = FakeVideoJobs.row(jobs.stored(id));
        row.put("expiresAt", kind.equals("undelivered") || kind.equals("held") ? Instant.now().plus(Duration.ofDays(6)).toString() : null);
        return row;
    }

    @Override
    public void close() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }
}
