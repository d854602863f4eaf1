// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import io.github.grokvideo.simulator.SimulatorBuilder;
import org.apache.camel.util.StringHelper;

/** Creates a {@link GrokVideoExtension}. Null arguments are refused with NullPointerException. */
public final class GrokVideoExtensionBuilder {

    private final Map<String, String> options = new TreeMap<>();
    private String provider = "xai";
    private Duration renderTime = Duration.ofMillis(300);
    private Consumer<SimulatorBuilder> simulator = unchanged -> { };

    GrokVideoExtensionBuilder() {
    }

    /**
     * Sets the gateway that the component uses; default {@code xai}.
     *
     * @param value one of xai, toapis, reapi, aivideoapi, uniall, openai, openrouter, fal; another name fails when the simulator
     *              starts
     * @return this builder
     */
    public GrokVideoExtensionBuilder provider(String value) {
        provider = Objects.requireNonNull(value, "provider");
        return this;
    }

    /**
     * Sets the time from the acceptance of a job to its video; default 300 ms. A prompt can set its own: {@code [[render=3s]]}.
     *
     * @param value not negative
     * @return this builder
     */
    public GrokVideoExtensionBuilder renderTime(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("renderTime is negative: " + value);
        }
        renderTime = value;
        return this;
    }

    /**
     * Sets an option of the component, also one that the extension sets itself.
     *
     * @param name  of an endpoint or component option, such as {@code submitTimeout} or {@code submit-timeout}; an unknown one fails when
     *              a context is configured
     * @param value as in a properties file, such as {@code 2s}; converted to text
     * @return this builder
     */
    public GrokVideoExtensionBuilder option(String name, Object value) {
        options.put(StringHelper.camelCaseToDash(Objects.requireNonNull(name, "name")), Objects.requireNonNull(value, name).toString());
        return this;
    }

    /**
     * Changes further settings of the simulator, for example {@code simulator -> simulator.startingCredit(0)}. The last call counts.
     *
     * @param value called whenever the simulator starts
     * @return this builder
     */
    public GrokVideoExtensionBuilder simulator(Consumer<SimulatorBuilder> value) {
        simulator = Objects.requireNonNull(value, "simulator");
        return this;
    }

    /**
     * {@return the extension, for a field with {@code @RegisterExtension}; its simulator is not started yet}
     */
    public GrokVideoExtension build() {
        return new GrokVideoExtension(new ExtensionSettings(provider, renderTime, options, simulator));
    }
}
