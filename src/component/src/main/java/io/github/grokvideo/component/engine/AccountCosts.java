// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.List;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.store.spend.Budget;

/**
 * What one job of an account is expected and allowed to cost.
 *
 * @param assumed where the gateway's price is unknown, or in another unit; null = it stays unknown
 * @param most    a job that is expected to cost more is refused; null = no limit
 * @param budgets what all its jobs may cost; the engine must know these budgets since its start
 */
public record AccountCosts(Cost assumed, Cost most, List<Budget> budgets) {

    /** Prices as the gateway documents them, no limit. */
    public static final AccountCosts NONE = new AccountCosts(null, null, List.of());

    public AccountCosts {
        budgets = List.copyOf(budgets);
    }

    /**
     * @param  estimate by the gateway's prices; null = unknown
     * @return          what a job is expected to cost; null = unknown
     */
    public Cost expected(Cost estimate) {
        boolean known = estimate != null && (assumed == null || assumed.unit().equals(estimate.unit()));
        Cost expected = known ? estimate : assumed == null ? estimate : assumed;
        return expected == null ? null : expected.asEstimate();
    }
}
