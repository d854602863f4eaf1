// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.store.spend.Budget;

/** Reads amounts and budgets from options: {@code 0.40 USD}, {@code 20 USD/day, 1000 credits}. */
public final class Amounts {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,10})?)\\s*(USD|credits)", Pattern.CASE_INSENSITIVE);

    private Amounts() {
    }

    /**
     * @param  option name of the option, for errors
     * @param  text   null or blank = none
     * @return        null = none
     * @throws IllegalArgumentException if it is no amount
     */
    public static Cost cost(String option, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            throw new IllegalArgumentException(option + " must be an amount in USD or credits, such as 0.40 USD: " + text.strip());
        }
        return new Cost(new BigDecimal(amount.group(1)), amount.group(2).equalsIgnoreCase(Cost.USD) ? Cost.USD : Cost.CREDITS);
    }

    /**
     * @param  option name of the option, for errors
     * @param  of     the account or tag; null for the store
     * @param  text   null or blank = none
     * @return        the budgets
     * @throws IllegalArgumentException if the text has something else
     */
    public static List<Budget> budgets(String option, Budget.Scope scope, String of, String text) {
        List<Budget> budgets = new ArrayList<>();
        for (String one : text == null || text.isBlank() ? new String[0] : text.split(",")) {
            int slash = one.indexOf('/');
            Cost limit = cost(option, slash < 0 ? one : one.substring(0, slash));
            if (limit == null || limit.amount().signum() <= 0) {
                throw new IllegalArgumentException(option + " must be amounts of more than 0, separated by commas, such as"
                        + " 20 USD/day, 1000 USD: " + text.strip());
            }
            budgets.add(new Budget(scope, of, slash < 0 ? Budget.Period.TOTAL : period(option, one.substring(slash + 1)), limit));
        }
        return budgets;
    }

    private static Budget.Period period(String option, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "job" -> Budget.Period.JOB;
            case "hour" -> Budget.Period.HOUR;
            case "day" -> Budget.Period.DAY;
            case "month" -> Budget.Period.MONTH;
            default -> throw new IllegalArgumentException(
                    option + " must be for each job, hour, day or month, or in all without /: " + text.strip());
        };
    }
}
