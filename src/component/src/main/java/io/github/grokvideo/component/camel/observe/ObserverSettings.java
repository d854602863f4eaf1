package io.github.grokvideo.component.camel.observe;

import java.time.Duration;

/**
 * What the component's options say about observing it.
 *
 * @param provider     the gateway that the component's own options name; null = none
 * @param showPrompts  whether consoles show prompts
 * @param openJobLimit how old an open job may be before the node is not healthy; longer than zero
 */
public record ObserverSettings(String provider, boolean showPrompts, Duration openJobLimit) {

    public ObserverSettings {
        if (openJobLimit == null || openJobLimit.isZero() || openJobLimit.isNegative()) {
            throw new IllegalArgumentException("healthOpenJobLimit must be longer than 0: " + openJobLimit);
        }
    }
}
