// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A readiness check that makes no billable calls. None is a liveness check: a restart does not fix a refused key, a late job or an
 * unavailable database.
 */
abstract class PassiveCheck implements HealthCheck {

    private final String id;
    private volatile boolean enabled = true;

    PassiveCheck(String id) {
        this.id = id;
    }

    /** Sets the result up or down, with the reason. */
    abstract void look(HealthCheckResultBuilder result);

    @Override
    public final Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this)
                .detail(CHECK_ID, id).detail(CHECK_GROUP, getGroup()).detail(CHECK_ENABLED, enabled)
                .detail(CHECK_KIND, Kind.READINESS.name());
        if (!enabled) {
            return result.message("Disabled").unknown().build();
        }
        look(result.up());
        return result.build();
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getGroup() {
        return "grokvideo";
    }

    @Override
    public final boolean isEnabled() {
        return enabled;
    }

    @Override
    public final void setEnabled(boolean value) {
        enabled = value;
    }
}
