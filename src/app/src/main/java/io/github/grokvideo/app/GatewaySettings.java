// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;

/**
 * The real gateway somebody has configured.
 *
 * @param provider its name
 * @param apiKey   never printed
 * @param baseUrl  null = the provider's own
 * @param model    null = the provider's default
 */
public record GatewaySettings(String provider, String apiKey, String baseUrl, String model) {

    /** The gateways that come with the component. */
    public static final List<String> PROVIDERS = VideoProviders.names();

    /**
     * Reads settings by the names {@code grokvideo.x} and {@code camel.component.grokvideo.x}.
     *
     * @param  properties gives a value or null
     * @return            empty where nothing is configured
     * @throws UsageException where only half of it is
     */
    public static Optional<GatewaySettings> of(UnaryOperator<String> properties) throws UsageException {
        String provider = value(properties, "provider");
        String apiKey = value(properties, "apiKey");
        String baseUrl = value(properties, "baseUrl");
        String model = value(properties, "model");
        if (provider == null && apiKey == null && baseUrl == null && model == null) {
            return Optional.empty();
        }
        if (provider == null) {
            String set = apiKey != null ? "GROKVIDEO_API_KEY" : baseUrl != null ? "GROKVIDEO_BASE_URL" : "GROKVIDEO_MODEL";
            throw new UsageException(set
                    + " is set, but not whose it is: set GROKVIDEO_PROVIDER to one of " + String.join(", ", PROVIDERS));
        }
        if (!provider.startsWith("#") && !PROVIDERS.contains(provider)) {
            throw new UsageException("GROKVIDEO_PROVIDER is '" + PlainText.cut(PlainText.of(provider), 40)
                    + "', which is none of " + String.join(", ", PROVIDERS));
        }
        if (apiKey == null) {
            throw new UsageException("GROKVIDEO_PROVIDER is " + provider + ", but GROKVIDEO_API_KEY is not set");
        }
        boolean known = VideoProviders.named(provider).map(VideoProvider::defaultBaseUrl).map(Optional::isPresent).orElse(true);
        if (baseUrl == null && !known) {
            throw new UsageException(provider + " has no public address: set GROKVIDEO_BASE_URL to yours");
        }
        return Optional.of(new GatewaySettings(provider, apiKey, baseUrl, model));
    }

    /** The usual places: system properties, then the environment, then {@code application.properties}. */
    public static UnaryOperator<String> from(Map<?, ?> system, Map<String, String> environment, Map<?, ?> application) {
        return name -> {
            Object found = system.get(name);
            if (found == null) {
                found = environment.get(name.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(java.util.Locale.ROOT));
            }
            return found != null ? found.toString() : application.get(name) == null ? null : application.get(name).toString();
        };
    }

    /** @return what the component is to be configured with */
    public Map<String, String> componentProperties() {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "provider", provider);
        put(all, "apiKey", apiKey);
        put(all, "baseUrl", baseUrl);
        put(all, "model", model);
        return all;
    }

    @Override
    public String toString() {
        return provider + (model == null ? "" : ", model " + PlainText.of(model));
    }

    private static void put(Map<String, String> all, String option, String value) {
        if (value != null) {
            all.put("camel.component.grokvideo." + option, value);
        }
    }

    private static String value(UnaryOperator<String> properties, String option) {
        for (String prefix : List.of("grokvideo.", "camel.component.grokvideo.")) {
            String found = properties.apply(prefix + option);
            if (found != null && !found.isBlank()) {
                return found.strip();
            }
        }
        return null;
    }
}
