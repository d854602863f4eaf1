// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

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
     * Where the time of finished videos went.
     *
     * @param  query period and groups; what counts is when a video came. It is not separated by day
     * @return       one for each group that has videos, in the order of the groups' values; a store that does not know them has none
     */
    default List<TimesSum> times(SpendQuery query) {
        return List.of();
    }

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
     * Changes a limit, for all engines on the store, until it is changed again.
     *
     * @param budget one budget, of one tag if it is for each tag
     * @param limit  the new one, with ten decimals at most; null = as configured
     */
    void changeLimit(Budget budget, BigDecimal limit);

    /**
     * Counts the current use of budgets anew from the ledger: engines that do not have them may have written to it.
     *
     * @param budgets all budgets
     * @param now     the time
     */
    void recount(Budgets budgets, Instant now);

    /**
     * Removes old rows. Their sums are kept for budgets that never renew: as rows at the beginning of time, by account, tag and gateway.
     *
     * @param  before only rows that were written before this time, and budgets' periods that ended before
     * @return        how many rows of the ledger
     */
    int purge(Instant before);
}
