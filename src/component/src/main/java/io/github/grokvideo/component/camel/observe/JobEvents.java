// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.List;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.JobObserver;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the context's event notifiers of each new state. */
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
        List<EventNotifier> notifiers = camelContext.getManagementStrategy().getStartedEventNotifiers();
        if (notifiers == null || notifiers.isEmpty()) {
            return;
        }
        GrokVideoJobEvent event = new GrokVideoJobEvent(
                camelContext, change.after(), change.before() == null ? null : change.before().state(), change.at().toEpochMilli());
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
