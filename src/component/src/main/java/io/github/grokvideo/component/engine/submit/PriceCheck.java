// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;

/** What a request is expected to cost, and whether it may cost that. Without I/O. */
public final class PriceCheck {

    private final Budgets budgets;

    public PriceCheck(Budgets budgets) {
        this.budgets = budgets;
    }

    /** @return with the expected cost, and with violations if that is too much, or if it is unknown and a limit needs it */
    public ResolvedRequest checked(VideoOrder order, ResolvedRequest resolved) {
        Cost expected = order.account().costs().expected(resolved.estimate());
        List<Violation> violations = new ArrayList<>(resolved.violations());
        // A request that breaks a rule of its model has no price yet.
        if (violations.isEmpty()) {
            List<Limit> limits = limits(order);
            limits.stream().filter(limit -> !limit.isIn(expected)).findFirst().ifPresent(limit -> violations.add(limit.unknown(expected)));
            limits.stream().filter(limit -> limit.isExceededBy(expected)).forEach(limit -> violations.add(limit.exceeded(expected)));
        }
        return new ResolvedRequest(resolved.request(), violations, resolved.warnings(), expected);
    }

    private List<Limit> limits(VideoOrder order) {
        List<Limit> limits = new ArrayList<>();
        Cost most = order.maxJobCost() == null ? order.account().costs().most() : order.maxJobCost();
        if (most != null) {
            limits.add(new Limit("maxJobCost", most, true));
        }
        budgets.of(order.account().name(), order.labels().tag()).forEach(
                budget -> limits.add(new Limit(budget.name(), budget.limit(), budget.isOfJob())));
        return limits;
    }

    /** @param ofJob whether it limits the job by itself; otherwise it is checked when the job is sent */
    private record Limit(String name, Cost most, boolean ofJob) {

        private boolean isIn(Cost cost) {
            return cost != null && cost.unit().equals(most.unit());
        }

        private boolean isExceededBy(Cost cost) {
            return ofJob && isIn(cost) && cost.amount().compareTo(most.amount()) > 0;
        }

        private Violation exceeded(Cost cost) {
            return new Violation(name, most.toString(), "the job may cost about " + Cost.text(cost.amount()) + " " + cost.unit()
                    + ": ask for less, or allow more");
        }

        private Violation unknown(Cost cost) {
            return new Violation("assumedCost", null, "must say what such a job may cost, in " + most.unit() + ", since the limit " + name
                    + " is in that unit and the price " + (cost == null ? "is unknown" : "is in " + cost.unit()));
        }
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
            boolean sameUnit = expected != null && expected.unit().equals(use.window().budget().limit().unit());
            if (sameUnit && use.left().compareTo(expected.amount()) < 0) {
                warnings.add(new Violation("budget", use.window().name(), "has " + Cost.text(use.left().max(BigDecimal.ZERO)) + " "
                        + use.window().budget().limit().unit() + " left" + (use.window().until() == null ? ""
                        : " until " + use.window().until()) + ": the job does not fit now"));
            }
        }
        return new ResolvedRequest(resolved.request(), resolved.violations(), warnings, expected);
    }
}
