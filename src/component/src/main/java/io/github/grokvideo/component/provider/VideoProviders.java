// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import io.github.grokvideo.component.provider.aivideoapi.AiVideoApiProvider;
import io.github.grokvideo.component.provider.reapi.ReApiProvider;
import io.github.grokvideo.component.provider.toapis.ToApisProvider;
import io.github.grokvideo.component.provider.uniall.UniAllProvider;
import io.github.grokvideo.component.provider.xai.XaiProvider;

/** The gateways that come with the component. */
public final class VideoProviders {

    private static final Map<String, VideoProvider> BY_NAME = new LinkedHashMap<>();

    static {
        Stream.of(new XaiProvider(), new ToApisProvider(), new ReApiProvider(), new AiVideoApiProvider(), new UniAllProvider())
                .forEach(provider -> BY_NAME.put(provider.name(), provider));
    }

    private VideoProviders() {
    }

    /** @param name as users write it, for example {@code toapis} */
    public static Optional<VideoProvider> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    public static List<VideoProvider> all() {
        return List.copyOf(BY_NAME.values());
    }
}
