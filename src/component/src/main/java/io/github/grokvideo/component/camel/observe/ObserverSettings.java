// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Duration;

/**
 * The component's options for observability.
 *
 * @param provider     the gateway that the component's own options name; null = none
 * @param showPrompts  whether consoles show prompts
 * @param openJobLimit how old an open job may be before the node is not healthy; longer than zero
 * @param pollLimit    how long status queries may go without an answer before the node is not healthy; longer than zero
 * @param keepUndelivered how long a video is kept that nobody takes
 */
public record ObserverSettings(String provider, boolean showPrompts, Duration openJobLimit, Duration pollLimit, Duration keepUndelivered) {

    public ObserverSettings {
        check("healthOpenJobLimit", openJobLimit);
        check("healthPollLimit", pollLimit);
    }

    private static void check(String option, Duration limit) {
        if (limit == null || limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(option + " must be longer than 0: " + limit);
        }
    }
}
