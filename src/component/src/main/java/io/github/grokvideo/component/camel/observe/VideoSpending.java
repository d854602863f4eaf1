// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.grokvideo.component.camel.request.SpendQueryReader;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.SpendSum;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** What jobs cost, for operators over JMX: simple types and JSON only. Operations block, and throw with a plain message. */
@ManagedResource(description = "What Grok Imagine video jobs cost: budgets, and sums of the ledger")
public final class VideoSpending extends ServiceSupport implements StaticService {

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
