// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the MeterRegistry in use. Loaded only if Micrometer is on the class path. */
final class MetricsFinder {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsFinder.class);
    /** The name under which camel-micrometer binds its registry. */
    private static final String CAMELS = "metricsRegistry";

    private MetricsFinder() {
    }

    /** @return empty = the context has no MeterRegistry, or several and none with Camel's name */
    static Optional<Metrics> find(CamelContext camelContext, OpenJobs jobsInHand) {
        Map<String, MeterRegistry> all = camelContext.getRegistry().findByTypeWithName(MeterRegistry.class);
        MeterRegistry one = all.containsKey(CAMELS) ? all.get(CAMELS) : all.size() == 1 ? all.values().iterator().next() : null;
        if (one == null && !all.isEmpty()) {
            LOG.warn("No metrics: there are several MeterRegistry beans {}, and none is named {}", new TreeSet<>(all.keySet()), CAMELS);
        }
        return Optional.ofNullable(one).map(registry -> new JobMetrics(registry, jobsInHand));
    }
}
