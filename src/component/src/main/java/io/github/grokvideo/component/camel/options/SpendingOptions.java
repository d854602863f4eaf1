// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.engine.Spending;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Metadata;

/** The component options that limit what jobs may cost. They are read when the engine starts. */
public abstract class SpendingOptions extends ConsoleOptions {

    @Metadata(label = "spending",
              description = "What the jobs of the account default may cost: amounts for each job, hour, day or month, or in all, separated "
                            + "by commas, for example 2 USD/job, 20 USD/day, 1000 USD. Other accounts have an option budget of their own.")
    private String budget;
    @Metadata(label = "spending",
              description = "What all jobs of the job store may cost, as in budget.")
    private String storeBudget;
    @Metadata(label = "spending",
              description = "What the jobs with a tag may cost, as in budget, by tag: tagBudgets[acme]=5 USD/day. * stands for each tag "
                            + "without an amount of its own.")
    private Map<String, String> tagBudgets = new LinkedHashMap<>();
    @Metadata(label = "spending", defaultValue = "UTC",
              description = "The time zone of the hours, days and months of budgets, for example Europe/Berlin.")
    private String budgetZone = "UTC";
    @Metadata(label = "spending", defaultValue = "80",
              description = "Percent of a budget from which on it is reported: in the log once in each period, and by the health check "
                            + "grokvideo-budgets. 1 to 100.")
    private int budgetWarnAt = Spending.WARN_AT;
    @Metadata(label = "spending", defaultValue = "396d",
              description = "How long rows of the ledger are kept. Default 13 months. At least 32 days, since a month's budget is counted "
                            + "from them.")
    private Duration keepLedger = Spending.KEEP_LEDGER;

    protected SpendingOptions() {
    }

    protected SpendingOptions(CamelContext context) {
        super(context);
    }

    public String getBudget() {
        return budget;
    }

    public void setBudget(String budget) {
        this.budget = budget;
    }

    public String getStoreBudget() {
        return storeBudget;
    }

    public void setStoreBudget(String storeBudget) {
        this.storeBudget = storeBudget;
    }

    public Map<String, String> getTagBudgets() {
        return tagBudgets;
    }

    public void setTagBudgets(Map<String, String> tagBudgets) {
        this.tagBudgets = tagBudgets;
    }

    public String getBudgetZone() {
        return budgetZone;
    }

    public void setBudgetZone(String budgetZone) {
        this.budgetZone = budgetZone;
    }

    public int getBudgetWarnAt() {
        return budgetWarnAt;
    }

    public void setBudgetWarnAt(int budgetWarnAt) {
        this.budgetWarnAt = budgetWarnAt;
    }

    public Duration getKeepLedger() {
        return keepLedger;
    }

    public void setKeepLedger(Duration keepLedger) {
        this.keepLedger = keepLedger;
    }
}
