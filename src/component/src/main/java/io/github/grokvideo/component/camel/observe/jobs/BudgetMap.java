// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.store.spend.BudgetUse;

/** A budget and its use as a map, for JSON. */
public final class BudgetMap {

    private BudgetMap() {
    }

    /** @return with the names that are used in JSON */
    public static Map<String, Object> of(BudgetUse use) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("budget", use.window().name());
        map.put("unit", use.window().budget().limit().unit());
        map.put("limit", Cost.plain(use.limit()));
        map.put("configured", Cost.plain(use.window().budget().limit().amount()));
        map.put("spentReported", Cost.plain(use.reported()));
        map.put("spentEstimated", Cost.plain(use.estimated()));
        map.put("reserved", Cost.plain(use.reserved()));
        map.put("left", Cost.plain(use.left()));
        map.put("percent", use.total().multiply(BigDecimal.valueOf(100)).divide(use.limit(), 0, RoundingMode.FLOOR).intValue());
        map.put("renewsAt", use.window().until() == null ? null : use.window().until().toString());
        return map;
    }
}
