package io.github.grokvideo.component.camel;

import java.util.Optional;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoEngine;

/** The one engine of a component: begun on first use, ended with the component, begun anew when the component starts again. */
final class EngineLife {

    private final Supplier<VideoEngine> factory;
    private VideoEngine engine;
    private boolean stopped;

    EngineLife(Supplier<VideoEngine> factory) {
        this.factory = factory;
    }

    synchronized VideoEngine engine() {
        if (stopped) {
            throw new IllegalStateException("The component grokvideo is stopped");
        }
        if (engine == null) {
            engine = factory.get();
        }
        return engine;
    }

    /** The engine if there is one: looking does not begin it. */
    synchronized Optional<VideoEngine> started() {
        return Optional.ofNullable(engine);
    }

    synchronized void start() {
        stopped = false;
    }

    void stop() throws Exception {
        VideoEngine stopping;
        synchronized (this) {
            stopping = engine;
            engine = null;
            stopped = true;
        }
        if (stopping != null) {
            stopping.refuse();
            stopping.detachAll();
            if (stopping instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
