// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A price or a balance.
 *
 * @param amount    how much, in {@code unit}
 * @param unit      {@code USD} or {@code credits}
 * @param estimated whether it was worked out from the model's prices; false = the gateway said it
 */
public record Cost(BigDecimal amount, String unit, boolean estimated) {

    public static final String USD = "USD";
    public static final String CREDITS = "credits";

    public Cost {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(unit, "unit");
    }

    /** As the gateway said it. */
    public Cost(BigDecimal amount, String unit) {
        this(amount, unit, false);
    }

    /** @return the same amount, marked as an estimate */
    public Cost asEstimate() {
        return new Cost(amount, unit, true);
    }

    public static Cost usd(String amount) {
        return new Cost(new BigDecimal(amount), USD);
    }

    public static Cost credits(String amount) {
        return new Cost(new BigDecimal(amount), CREDITS);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + unit;
    }
}
