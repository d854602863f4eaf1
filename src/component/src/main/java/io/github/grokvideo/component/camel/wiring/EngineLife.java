// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoEngine;

/** The one engine of a component: started on first use, closed with the component, created again when the component restarts. */
public final class EngineLife {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<VideoEngine> factory;
    private VideoEngine engine;
    private boolean stopped;

    public EngineLife(Supplier<VideoEngine> factory) {
        this.factory = factory;
    }

    public VideoEngine engine() {
        lock.lock();
        try {
            if (stopped) {
                throw new IllegalStateException("The component grokvideo is stopped");
            }
            if (engine == null) {
                engine = factory.get();
            }
            return engine;
        } finally {
            lock.unlock();
        }
    }

    /** The engine if there is one; does not start it. */
    public Optional<VideoEngine> started() {
        lock.lock();
        try {
            return Optional.ofNullable(engine);
        } finally {
            lock.unlock();
        }
    }

    public void start() {
        lock.lock();
        try {
            stopped = false;
        } finally {
            lock.unlock();
        }
    }

    public void stop() throws Exception {
        VideoEngine stopping;
        lock.lock();
        try {
            stopping = engine;
            engine = null;
            stopped = true;
        } finally {
            lock.unlock();
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
