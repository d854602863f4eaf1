// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Instant;

/**
 * One period of a budget.
 *
 * @param budget the budget, of one tag if it is for each tag
 * @param from   first moment
 * @param until  first moment of the next period; null = it never renews
 */
public record BudgetWindow(Budget budget, Instant from, Instant until) {

    /** @return the budget's name */
    public String name() {
        return budget.name();
    }
}
