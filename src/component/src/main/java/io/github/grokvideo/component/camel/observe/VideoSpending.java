// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.grokvideo.component.camel.observe.jobs.BudgetMap;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.camel.request.SpendQueryReader;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendQuery.By;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.TimesSum;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** What jobs cost, for operators over JMX: simple types and JSON only. Operations block, and throw with a plain message. */
@ManagedResource(description = "What Grok Imagine video jobs cost: budgets, and sums of the ledger")
public final class VideoSpending extends ServiceSupport implements StaticService {

    /** As long as the ledger is usually kept, with some room. */
    private static final int MAX_HOURS = 400 * 24;
    private static final List<By> GROUPS = List.of(By.ACCOUNT, By.TAG, By.MODEL);

    private final VideoEngine engine;
    private final Clock clock;

    VideoSpending(VideoEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @ManagedOperation(description = "The budgets as JSON: limit, spent as reported and as estimated, reserved, left, percent, renewsAt; as"
            + " read within the last seconds")
    public String budgets() {
        return json(engine.spending().budgets());
    }

    @ManagedOperation(description = "Sums of the ledger as JSON. 1 period: today, yesterday, this-month, last-month, a day such as"
            + " 2026-11-28 or a month such as 2026-11; empty = this month. 2 by: account, tag, provider, model, day, separated by commas;"
            + " empty = account,model")
    public String spend(String period, String by) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "period", period);
        put(fields, "by", by);
        return JmxCall.plainly(() -> write(JmxCall.await("The report", engine.spending().sums(
                SpendQueryReader.of(fields, engine.spending().zone(), clock.instant()))).stream().map(SpendSum::toMap).toList()));
    }

    @ManagedOperation(description = "What was spent and where the time of videos went, up to now, as JSON: sums of the ledger, sums of each"
            + " day, and medians of the times. 1 hours: how far back, 1 to 9600. 2 by: account, tag or model")
    public String activity(int hours, String by) {
        if (hours < 1 || hours > MAX_HOURS) {
            throw new IllegalArgumentException("hours must be 1 to " + MAX_HOURS + ": " + hours);
        }
        By group = GROUPS.stream().filter(one -> one.text().equals(by)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("by must be account, tag or model: " + by));
        return JmxCall.plainly(() -> write(activity(hours, group)));
    }

    private Map<String, Object> activity(int hours, By group) {
        Instant until = clock.instant();
        Instant from = until.minus(Duration.ofHours(hours));
        CompletableFuture<List<SpendSum>> sums = engine.spending().sums(query(from, until, group));
        CompletableFuture<List<SpendSum>> days = engine.spending().sums(query(from, until, By.DAY));
        CompletableFuture<List<TimesSum>> times = engine.spending().times(query(from, until, group));
        Map<String, Object> activity = new LinkedHashMap<>();
        activity.put("from", from.toString());
        activity.put("until", until.toString());
        activity.put("lastDay", LocalDate.ofInstant(until, engine.spending().zone()).toString());
        activity.put("durable", engine.store().isDurable());
        activity.put("sums", JmxCall.await("The report", sums).stream().map(SpendSum::toMap).toList());
        activity.put("days", JmxCall.await("The report", days).stream().map(SpendSum::toMap).toList());
        activity.put("times", JmxCall.await("The report", times).stream().map(TimesSum::toMap).toList());
        return activity;
    }

    private SpendQuery query(Instant from, Instant until, By by) {
        return new SpendQuery(from, until, List.of(by), engine.spending().zone());
    }

    @ManagedOperation(description = "Changes the limit of a budget, on all nodes and through restarts, until it is changed again. 1 budget:"
            + " its name, for example store/month. 2 limit: the new amount in its unit; empty = as configured")
    public String changeLimit(String budget, String limit) {
        return JmxCall.plainly(() -> json(engine.spending().changeLimit(budget, amount(limit))));
    }

    private static BigDecimal amount(String text) {
        try {
            return text == null || text.isBlank() ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("limit must be an amount such as 20 or 0.50: " + text.strip());
        }
    }

    private static void put(Map<String, Object> fields, String name, String value) {
        if (value != null && !value.isBlank()) {
            fields.put(name, value);
        }
    }

    private static String json(List<BudgetUse> uses) {
        return write(uses.stream().map(BudgetMap::of).toList());
    }

    private static String write(Object value) {
        try {
            return JobView.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e.getOriginalMessage());
        }
    }
}
