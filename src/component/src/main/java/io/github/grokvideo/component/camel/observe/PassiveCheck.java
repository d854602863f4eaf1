// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A readiness check that asks nobody who could charge for it. None of ours is a liveness check: a refused key, a job that is late and a
 * database that is away are not cured by a restart.
 */
abstract class PassiveCheck implements HealthCheck {

    private final String id;
    private volatile boolean enabled = true;

    PassiveCheck(String id) {
        this.id = id;
    }

    /** Sets up or down, and why. */
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
