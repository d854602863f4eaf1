// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.Objects;
import io.github.grokvideo.component.store.spend.Budgets;

/**
 * What jobs may cost, and how long it is remembered what they have cost.
 *
 * @param budgets    limits; none = there are no limits
 * @param warnAt     percent of a budget at which it is reported, 1..100
 * @param keepLedger how long rows of the ledger are kept
 */
public record Spending(Budgets budgets, int warnAt, Duration keepLedger) {

    /** 13 months: a year can be compared with the one before, month by month. */
    public static final Duration KEEP_LEDGER = Duration.ofDays(396);
    /** Four fifths leave time to react. */
    public static final int WARN_AT = 80;
    /** No limits. */
    public static final Spending UNLIMITED = new Spending(Budgets.NONE, WARN_AT, KEEP_LEDGER);

    public Spending {
        Objects.requireNonNull(budgets, "budgets");
        Objects.requireNonNull(keepLedger, "keepLedger");
    }
}
