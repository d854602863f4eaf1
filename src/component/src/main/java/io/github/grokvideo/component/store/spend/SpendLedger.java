// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the jobs of a store have cost, and how much of its budgets is used. Rows are written by
 * {@link io.github.grokvideo.component.store.JobStore#update(String, java.util.function.UnaryOperator, Budgets)} together with the job.
 * Thread-safe. Methods may block, and throw {@link io.github.grokvideo.component.error.StoreUnavailableException} if the store does not
 * answer.
 */
public interface SpendLedger {

    /**
     * Sums of the ledger.
     *
     * @param  query period and groups
     * @return       one for each group and unit that has jobs or amounts, in the order of the groups' values
     */
    List<SpendSum> sums(SpendQuery query);

    /**
     * How much of budgets is used.
     *
     * @param  windows budgets and periods
     * @return         their use, in the same order
     */
    List<BudgetUse> uses(List<BudgetWindow> windows);

    /**
     * The budgets that have been used in periods that are not over, each with its own tag where it is for each tag.
     *
     * @param  budgets all budgets
     * @param  now     the time
     * @return         by name; those that were not used yet are missing if they are for each tag
     */
    List<BudgetUse> current(Budgets budgets, Instant now);

    /**
     * The limits that operators have changed.
     *
     * @return by the budget's name
     */
    Map<String, BigDecimal> changedLimits();

    /**
     * Changes a limit, for all engines on the store, until it is changed again.
     *
     * @param budget name of the budget
     * @param limit  the new one; null = as configured
     */
    void changeLimit(String budget, BigDecimal limit);

    /**
     * Removes old rows.
     *
     * @param  before only rows that were written before this time, and budgets' periods that ended before
     * @return        how many rows of the ledger
     */
    int purge(Instant before);
}
