package io.github.grokvideo.component.camel;

import java.util.Optional;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.provider.VideoProvider;
import org.apache.camel.CamelContext;

/** Builds what the component stands on from its options: the one place where the layers below are put together. */
class EngineFactory {

    private final CamelContext camelContext;
    private final GrokVideoComponent component;

    EngineFactory(CamelContext camelContext, GrokVideoComponent component) {
        this.camelContext = camelContext;
        this.component = component;
    }

    /** @return a running engine; one that is {@link AutoCloseable} is closed when the component stops */
    VideoEngine createEngine() {
        throw new IllegalStateException("No engine for " + component + " in " + camelContext.getName());
    }

    /** @return the built-in gateway of that name */
    Optional<VideoProvider> provider(String name) {
        throw new IllegalStateException("No gateways for " + component + " in " + camelContext.getName() + ": " + name);
    }
}
