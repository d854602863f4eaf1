// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.TimesSum;

/** What jobs have cost, and the budgets. Thread-safe. */
public interface EngineSpending {

    /** @return sums of the ledger; it fails if the store does not answer or keeps no ledger */
    CompletableFuture<List<SpendSum>> sums(SpendQuery query);

    /** @return where the time of finished videos went; it fails if the store does not answer or keeps no ledger */
    CompletableFuture<List<TimesSum>> times(SpendQuery query);

    /** @return the time zone of the budgets */
    ZoneId zone();

    /** @return how much of the budgets is used, as read within the last seconds. Does not block */
    List<BudgetUse> budgets();

    /**
     * How much is used now of the budgets that limit a job. Reads the store; may block.
     *
     * @param  account name of the job's account
     * @param  tag     of the job; null = none
     * @return         by name; empty = no budget limits it
     */
    List<BudgetUse> uses(String account, String tag);

    /**
     * Changes the limit of a budget for all nodes. Reads and writes the store; may block.
     *
     * @param  budget name of the budget
     * @param  limit  the new limit, more than 0; null = as configured
     * @return        the budgets with the new limit
     * @throws IllegalArgumentException if there is no such budget, or the limit is not more than 0
     */
    List<BudgetUse> changeLimit(String budget, BigDecimal limit);
}
