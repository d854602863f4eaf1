// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import io.github.grokvideo.app.routes.RouteFile;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Camel Main with some files of routes. */
final class RouteRunner {

    /** What waits for a video is freed at once; what is left is a copy, or a pause before a retry. */
    private static final int SHUTDOWN_SECONDS = 5;

    private final Main main = new Main(GrokVideoApp.class);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    RouteRunner(List<RouteFile> routes, Map<String, String> properties, RouteWatcher watcher) {
        // The app has its own hook, which also waits for the simulator.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure().withRoutesIncludePattern(
                routes.stream().map(route -> "file:" + route.file()).collect(Collectors.joining(",")));
        main.configure().withShutdownTimeout(SHUTDOWN_SECONDS);
        properties.forEach(main::addInitialProperty);
        main.bind("routeWatcher", watcher);
    }

    /** @param work gets the context whose routes have just started. Before {@link #run}. */
    void whenStarted(Consumer<CamelContext> work) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                try {
                    work.accept(started.getCamelContext());
                } catch (RuntimeException e) {
                    // Camel Main would go on, half started.
                    failure.compareAndSet(null, e);
                    stop();
                }
            }
        });
    }

    /** Runs until {@link #stop}. */
    void run() throws Exception {
        main.run();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** May be called from any thread, also from a route's own. */
    void stop() {
        main.completed();
    }
}
