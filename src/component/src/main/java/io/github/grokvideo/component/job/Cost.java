// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A price or a balance.
 *
 * @param amount    how much, in {@code unit}
 * @param unit      {@code USD} or {@code credits}
 * @param estimated whether it was calculated from the model's prices; false = reported by the gateway
 */
public record Cost(BigDecimal amount, String unit, boolean estimated) {

    /** Unit of amounts in US dollars. */
    public static final String USD = "USD";
    /** Unit of amounts in the gateway's own credits. */
    public static final String CREDITS = "credits";

    /**
     * @param amount    how much; never null
     * @param unit      {@link #USD} or {@link #CREDITS}; never null
     * @param estimated whether it was calculated from the model's prices; false = reported by the gateway
     */
    public Cost {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(unit, "unit");
    }

    /**
     * A cost reported by the gateway.
     *
     * @param amount how much; never null
     * @param unit   {@link #USD} or {@link #CREDITS}; never null
     */
    public Cost(BigDecimal amount, String unit) {
        this(amount, unit, false);
    }

    /** @return the same amount, marked as an estimate */
    public Cost asEstimate() {
        return new Cost(amount, unit, true);
    }

    /**
     * @param  amount a decimal number
     * @return        an amount in US dollars, not estimated
     * @throws NumberFormatException if it is not a number
     */
    public static Cost usd(String amount) {
        return new Cost(new BigDecimal(amount), USD);
    }

    /**
     * @param  amount a decimal number
     * @return        an amount in credits, not estimated
     * @throws NumberFormatException if it is not a number
     */
    public static Cost credits(String amount) {
        return new Cost(new BigDecimal(amount), CREDITS);
    }

    /**
     * @param  amount any amount
     * @return        the same amount without zeros at its end and without an exponent
     */
    public static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * @param  amount any amount
     * @return        its text, without zeros at its end and without an exponent
     */
    public static String text(BigDecimal amount) {
        return plain(amount).toPlainString();
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + unit;
    }
}
