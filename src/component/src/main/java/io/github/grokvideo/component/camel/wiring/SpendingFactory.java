// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.camel.options.Amounts;
import io.github.grokvideo.component.camel.options.SpendingOptions;
import io.github.grokvideo.component.engine.Spending;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.Budgets;
import org.apache.camel.CamelContext;

/** Collects the budgets: the options of the component and of accounts, and beans of type {@link Budget}. */
final class SpendingFactory {

    /** The longest month, and a day for the time zones. */
    private static final Duration LEAST_KEPT = Duration.ofDays(32);

    private SpendingFactory() {
    }

    /**
     * @param ofAccounts the budgets of the accounts besides the component's own
     * @throws IllegalArgumentException if an option is wrong
     */
    static Spending create(CamelContext camelContext, SpendingOptions options, List<Budget> ofAccounts) {
        List<Budget> budgets = new ArrayList<>(Amounts.budgets("storeBudget", Budget.Scope.STORE, null, options.getStoreBudget()));
        budgets.addAll(Amounts.budgets("budget", Budget.Scope.ACCOUNT, "default", options.getBudget()));
        options.getTagBudgets().forEach((tag, text) ->
                budgets.addAll(Amounts.budgets("tagBudgets[" + tag + "]", Budget.Scope.TAG, tag, text)));
        budgets.addAll(ofAccounts);
        budgets.addAll(camelContext.getRegistry().findByType(Budget.class));
        if (options.getBudgetWarnAt() < 1 || options.getBudgetWarnAt() > 100) {
            throw new IllegalArgumentException("budgetWarnAt must be 1 to 100 percent: " + options.getBudgetWarnAt());
        }
        if (options.getKeepLedger().compareTo(LEAST_KEPT) < 0) {
            throw new IllegalArgumentException("keepLedger must be at least " + LEAST_KEPT.toDays() + " days: " + options.getKeepLedger());
        }
        return new Spending(new Budgets(budgets.stream().distinct().toList(), zone(options.getBudgetZone())), options.getBudgetWarnAt(),
                options.getKeepLedger());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("budgetZone is no time zone such as Europe/Berlin or UTC: " + name, unknown);
        }
    }
}
