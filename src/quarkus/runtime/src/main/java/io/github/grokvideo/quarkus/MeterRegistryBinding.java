// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Binds the MeterRegistry that an application of Quarkus injects to the name by which Camel and the component look it up. As a bean of
 * Quarkus it has no name, and there are several: one for each monitoring system besides the one that has them all.
 */
final class MeterRegistryBinding implements CamelContextCustomizer {

    private static final String CAMELS = "metricsRegistry";

    @Override
    public void configure(CamelContext camelContext) {
        if (camelContext.getRegistry().lookupByName(CAMELS) == null) {
            camelContext.getRegistry().bind(CAMELS, MeterRegistry.class, Arc.container().instance(MeterRegistry.class).get());
        }
    }
}
