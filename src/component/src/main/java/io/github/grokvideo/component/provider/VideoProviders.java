package io.github.grokvideo.component.provider;

import java.util.Optional;

/** The built-in gateways by name. */
public final class VideoProviders {

    private VideoProviders() {
    }

    public static Optional<VideoProvider> find(String name) {
        return Optional.empty();
    }
}
