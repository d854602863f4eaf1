// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The built-in gateways, in the order of {@code META-INF/services}. */
public final class VideoProviders {

    private static final Map<String, VideoProvider> BY_NAME = new LinkedHashMap<>();

    static {
        ServiceLoader.load(VideoProvider.class, VideoProviders.class.getClassLoader())
                .forEach(provider -> BY_NAME.putIfAbsent(provider.name(), provider));
    }

    private VideoProviders() {
    }

    /**
     * @param  name for example {@code toapis}
     * @return      the gateway; empty = none with that name
     */
    public static Optional<VideoProvider> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @return the names, as users write them */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** @return one shared, stateless instance per gateway */
    public static List<VideoProvider> all() {
        return List.copyOf(BY_NAME.values());
    }
}
