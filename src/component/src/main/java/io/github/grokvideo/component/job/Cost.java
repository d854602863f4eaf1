package io.github.grokvideo.component.job;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A price or a balance.
 *
 * @param amount how much, in {@code unit}
 * @param unit   {@code USD} or {@code credits}
 */
public record Cost(BigDecimal amount, String unit) {

    public static final String USD = "USD";
    public static final String CREDITS = "credits";

    public Cost {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(unit, "unit");
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
