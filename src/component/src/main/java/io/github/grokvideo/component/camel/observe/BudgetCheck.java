// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.observe.jobs.BudgetMap;
import io.github.grokvideo.component.store.spend.BudgetUse;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Shows how much of each budget is used. Never down: a full budget is no reason to restart a program, or to keep work from it. */
final class BudgetCheck extends PassiveCheck {

    private final NodeView node;

    BudgetCheck(NodeView node) {
        super("grokvideo-budgets");
        this.node = node;
    }

    @Override
    void look(HealthCheckResultBuilder result) {
        List<BudgetUse> uses = node.engine().spending().budgets();
        for (BudgetUse use : uses) {
            Map<String, Object> shown = BudgetMap.of(use);
            result.detail(use.window().name(), shown.get("percent") + " % of " + shown.get("limit") + " " + shown.get("unit"));
        }
    }
}
