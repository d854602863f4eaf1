// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import io.github.grokvideo.app.UsageException;
import org.apache.camel.CamelContext;

/** The console, metrics and health of a run. All of it on this machine's loopback address only. */
public final class Observation implements AutoCloseable {

    private static final String USERS = "grokvideo.console.users";
    private static final String URL = "grokvideo.console.url";
    private static final String HOSTS = "grokvideo.http.hosts";
    /** What the URI of an endpoint may hold besides what Camel knows for a secret. */
    private static final String PROMPTS = "prompt,negativePrompt";

    private final Optional<JobConsole> console;
    private final Optional<Integer> metricsPort;
    /** Names under which HTTP is answered besides this machine's, with commas between them; null = none. */
    private final String hosts;

    private Observation(Optional<JobConsole> console, Optional<Integer> metricsPort, String hosts) {
        this.console = console;
        this.metricsPort = metricsPort;
        this.hosts = hosts;
    }

    /**
     * @param  once     whether the app ends by itself
     * @param  settings gives a value or null
     * @throws UsageException naming the option that cannot be followed
     */
    public static Observation prepare(ObserveChoice choice, boolean once, UnaryOperator<String> settings) throws UsageException {
        Optional<Integer> metricsPort = choice.observePort() == null ? Optional.empty()
                : Optional.of(LoopbackPort.free(choice.observePort(), "--observe-port"));
        return new Observation(choice.hasConsole(once)
                ? Optional.of(JobConsole.prepare(choice.consolePort() == null ? 0 : choice.consolePort(), settings.apply(USERS),
                        settings.apply(URL)))
                : Optional.empty(), metricsPort, settings.apply(HOSTS));
    }

    /** @return what Camel Main is to be configured with */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        // Only the console shows it, and it makes the start slower.
        properties.put("camel.main.jmxEnabled", Boolean.toString(console.isPresent()));
        properties.put("camel.main.additionalSensitiveKeywords", PROMPTS);
        metricsPort.ifPresent(port -> properties.putAll(Map.of(
                "camel.metrics.enabled", "true",
                "camel.management.enabled", "true",
                "camel.management.host", LoopbackPort.HOST,
                "camel.management.port", port.toString(),
                "camel.management.metricsEnabled", "true",
                "camel.management.healthCheckEnabled", "true")));
        return properties;
    }

    /**
     * Begins when the routes run.
     *
     * @param screen gets the addresses, from any thread
     */
    public void begin(CamelContext context, Consumer<String> screen) {
        ObserveHostCheck.addTo(context, hosts);
        metricsPort.ifPresent(port -> {
            String base = "http://" + LoopbackPort.HOST + ":" + port + "/observe/";
            screen.accept("Metrics: " + base + "metrics\nHealth:  " + base + "health");
        });
        console.ifPresent(one -> one.begin(context, screen));
    }

    @Override
    public void close() {
        console.ifPresent(JobConsole::close);
    }
}
