// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.engine.AccountCosts;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;

/** What a request is expected to cost, and whether it may cost that. Pure. */
public final class PriceCheck {

    private final Budgets budgets;

    public PriceCheck(Budgets budgets) {
        this.budgets = budgets;
    }

    /** @return with the expected cost, and with a violation if that is too much, or if it is unknown and a limit needs it */
    public ResolvedRequest checked(VideoOrder order, ResolvedRequest resolved) {
        AccountCosts costs = order.account().costs();
        Cost expected = costs.expected(resolved.estimate());
        List<Violation> violations = new ArrayList<>(resolved.violations());
        // A request that breaks a rule of its model has no price yet.
        if (violations.isEmpty()) {
            Cost most = costs.most();
            if (most != null && isIn(most.unit(), expected) && expected.amount().compareTo(most.amount()) > 0) {
                violations.add(new Violation("maxJobCost", most.toString(), "the job may cost about " + plain(expected.amount()) + " "
                        + expected.unit() + ": ask for less, or allow more"));
            } else if (most != null && !isIn(most.unit(), expected)) {
                violations.add(unknown("maxJobCost", most.unit(), expected));
            }
            budgets.of(order.account().name(), order.labels().tag()).stream().map(Budget::limit)
                    .filter(limit -> !isIn(limit.unit(), expected)).findFirst()
                    .ifPresent(limit -> violations.add(unknown("the budget", limit.unit(), expected)));
        }
        return new ResolvedRequest(resolved.request(), violations, resolved.warnings(), expected);
    }

    private static boolean isIn(String unit, Cost cost) {
        return cost != null && cost.unit().equals(unit);
    }

    private static Violation unknown(String limit, String unit, Cost expected) {
        return new Violation("assumedCost", null, "must say what such a job may cost, in " + unit + ", since " + limit
                + " is in that unit and the price " + (expected == null ? "is unknown" : "is in " + expected.unit()));
    }

    /** @return the budgets that limit an order that is submitted now */
    public List<BudgetWindow> windows(VideoOrder order, Instant now) {
        return budgets.windows(order.account().name(), order.labels().tag(), now);
    }

    /** @return with a warning for each budget that has no room now */
    public static ResolvedRequest withRoom(ResolvedRequest resolved, List<BudgetUse> uses) {
        Cost expected = resolved.estimate();
        List<Violation> warnings = new ArrayList<>(resolved.warnings());
        for (BudgetUse use : uses) {
            if (expected != null && use.left().compareTo(expected.amount()) < 0) {
                warnings.add(new Violation("budget", use.window().name(), "has " + plain(use.left().max(BigDecimal.ZERO)) + " "
                        + use.window().budget().limit().unit() + " left" + (use.window().until() == null ? ""
                        : " until " + use.window().until()) + ": the job does not fit now"));
            }
        }
        return new ResolvedRequest(resolved.request(), resolved.violations(), warnings, expected);
    }

    private static String plain(BigDecimal amount) {
        return Cost.plain(amount).toPlainString();
    }
}
