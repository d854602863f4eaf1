// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import io.github.grokvideo.component.store.spend.BudgetUse;
import org.apache.camel.CamelContext;

/**
 * A budget is used up to the option {@code budgetWarnAt}, or is full: once for each in every period and on every node. Any
 * {@link org.apache.camel.spi.EventNotifier} gets it, on an engine thread that must not be blocked.
 */
public final class GrokVideoBudgetEvent extends GrokVideoEvent {

    private static final long serialVersionUID = 1L;

    private final transient BudgetUse use;
    private final int percent;

    GrokVideoBudgetEvent(CamelContext source, BudgetUse use, int percent, long timestamp) {
        super(source, timestamp);
        this.use = use;
        this.percent = percent;
    }

    /** @return the budget and how much of it is used; null after the event was deserialized */
    public BudgetUse getUse() {
        return use;
    }

    /** @return percent of the limit, rounded down; may be more than 100 */
    public int getPercent() {
        return percent;
    }

    @Override
    public String toString() {
        return percent + " % of the budget " + (use == null ? "" : use.window().name() + " ") + "are used";
    }
}
