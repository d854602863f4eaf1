// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import io.github.grokvideo.simulator.SimulatorBuilder;

/**
 * The settings of an extension. Immutable.
 *
 * @param provider   name of a gateway
 * @param renderTime from the acceptance of a job to its video
 * @param options    further options of the component by their names in properties files, such as {@code submit-timeout}
 * @param simulator  further settings of the simulator
 */
record ExtensionSettings(String provider, Duration renderTime, Map<String, String> options, Consumer<SimulatorBuilder> simulator) {

    ExtensionSettings {
        options = Map.copyOf(options);
    }
}
