// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.console.auth.Role;
import io.hawt.system.ConfigManager;

/**
 * Hawtio's settings. They are fixed, since system properties, which Hawtio would read, may be meant for another Hawtio in this JVM, and
 * {@code hawtio.authenticationEnabled=false} must not apply here.
 */
public final class HawtioSettings extends ConfigManager {

    private static final Map<String, String> SETTINGS = Map.of(
            "authenticationEnabled", "true",
            // Replaced by LoginThrottle.
            "authenticationThrottled", "false",
            "realm", "grokvideo-console",
            "roles", Role.VIEWER.roleName() + "," + Role.MANAGER.roleName(),
            "authenticationContainerDiscoveryClasses", "");

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(SETTINGS.get(name));
    }

    @Override
    public boolean getBoolean(String name, boolean defaultValue) {
        return get(name).map(Boolean::parseBoolean).orElse(defaultValue);
    }
}
