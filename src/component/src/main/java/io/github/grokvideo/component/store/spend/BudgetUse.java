// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;

/**
 * How much of a budget is used in one of its periods.
 *
 * @param window    the budget and the period
 * @param limit     the limit in force: as configured, or as an operator has changed it
 * @param reserved  for submits whose cost is not known yet
 * @param estimated spent, as far as the gateways have not reported it
 * @param reported  spent, as reported by the gateways
 */
public record BudgetUse(BudgetWindow window, BigDecimal limit, BigDecimal reserved, BigDecimal estimated, BigDecimal reported) {

    /** @return what counts against the limit */
    public BigDecimal total() {
        return reserved.add(estimated).add(reported);
    }

    /** @return what is left; negative if more was spent than expected */
    public BigDecimal left() {
        return limit.subtract(total());
    }
}
