// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus;

import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The component's health checks as one check of Quarkus, for applications without Camel's own health extension. Only readiness: a restart
 * repairs none of what they find.
 */
@Readiness
@ApplicationScoped
public class GrokVideoReadiness implements HealthCheck {

    private static final String NAME = "Grok Video health check";
    private static final String GROUP = "grokvideo";

    private final CamelContext camelContext;

    /** @param camelContext the application's */
    public GrokVideoReadiness(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** {@return down if one of the checks is; each with its state, and what is wrong. Up before the component is used} */
    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        for (org.apache.camel.health.HealthCheck check : checks()) {
            org.apache.camel.health.HealthCheck.Result result = check.call(Map.of());
            String state = result.getState().name();
            response.withData(check.getId(), result.getMessage().map(message -> state + ": " + message).orElse(state));
            if (result.getState() == org.apache.camel.health.HealthCheck.State.DOWN) {
                response.down();
            }
        }
        return response.build();
    }

    private List<org.apache.camel.health.HealthCheck> checks() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camelContext);
        return registry == null || !registry.isEnabled() ? List.of()
                : registry.stream().filter(check -> GROUP.equals(check.getGroup()) && check.isReadiness()).toList();
    }
}
