// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.SimulatorBuilder;

/**
 * A running simulator, and the options of a component that uses it.
 *
 * @param options by their names in properties files, without prefix; unmodifiable
 */
record SimulatedGateway(GrokVideoSimulator simulator, WorkDirectory directory, Map<String, String> options) implements AutoCloseable {

    /**
     * Starts a simulator; UncheckedIOException if the port or the temporary directory cannot be used, NoSuchElementException if there is
     * no such gateway.
     *
     * @param earlier of one that was closed, which programs may still be configured with; null = none
     */
    static SimulatedGateway start(ExtensionSettings settings, Place earlier) {
        GrokVideoSimulator simulator = simulator(settings, earlier);
        try {
            Map<String, String> options = options(settings, simulator);
            WorkDirectory directory = earlier == null ? WorkDirectory.create() : earlier.directory.again();
            options.putIfAbsent("work-directory", directory.path().toString());
            return new SimulatedGateway(simulator, directory, Collections.unmodifiableMap(options));
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private static GrokVideoSimulator simulator(ExtensionSettings settings, Place earlier) {
        if (earlier != null) {
            try {
                return builder(settings).port(earlier.port()).start();
            } catch (UncheckedIOException takenMeanwhile) {
                // Any other port, then.
            }
        }
        return builder(settings).start();
    }

    private static SimulatorBuilder builder(ExtensionSettings settings) {
        SimulatorBuilder builder = GrokVideoSimulator.builder().port(0).renderTime(settings.renderTime());
        settings.simulator().accept(builder);
        return builder;
    }

    /** Downloads need no allowPrivateAddresses: the videos have the origin of the base URL. */
    private static Map<String, String> options(ExtensionSettings settings, GrokVideoSimulator simulator) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("provider", settings.provider());
        options.put("base-url", simulator.baseUrl(settings.provider()));
        options.put("api-key", simulator.apiKey(settings.provider()));
        options.put("poll-interval", "50ms");
        options.put("max-poll-interval", "200ms");
        // The documented limits of the gateways would make tests wait.
        options.put("submits-per-second", "0");
        options.put("job-store", "memory");
        options.putAll(settings.options());
        return options;
    }

    /** Where it is, for the next one. */
    Place place() {
        return new Place(simulator.port(), directory);
    }

    @Override
    public void close() {
        try {
            simulator.close();
        } finally {
            directory.delete();
        }
    }

    /** Port of a simulator and directory of the component. */
    record Place(int port, WorkDirectory directory) {
    }
}
