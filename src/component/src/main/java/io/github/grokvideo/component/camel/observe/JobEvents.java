// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.List;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;
import io.github.grokvideo.component.store.spend.BudgetUse;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.EventNotifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the context's event notifiers of each new state, and of budgets that are used up. */
final class JobEvents implements JobObserver {

    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

    private final CamelContext camelContext;

    JobEvents(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public void onChange(JobChange change) {
        if (!change.isStateChange()) {
            return;
        }
        notifyAll(new GrokVideoJobEvent(
                camelContext, change.after(), change.before() == null ? null : change.before().state(), change.at().toEpochMilli()));
    }

    @Override
    public void onBudgetUsed(BudgetUse use, int percent) {
        notifyAll(new GrokVideoBudgetEvent(camelContext, use, percent, System.currentTimeMillis()));
    }

    private void notifyAll(CamelEvent event) {
        List<EventNotifier> notifiers = camelContext.getManagementStrategy().getStartedEventNotifiers();
        if (notifiers == null) {
            return;
        }
        for (EventNotifier notifier : notifiers) {
            try {
                if (!notifier.isDisabled() && notifier.isEnabled(event)) {
                    notifier.notify(event);
                }
            } catch (Exception e) {
                LOG.warn("The event notifier {} failed on {}: {}", notifier, event, e.toString());
            }
        }
    }
}
