// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.github.grokvideo.simulator.GrokVideoSimulator;

/** The gateway of the demo. It keeps its jobs, as a real one does, so that the next start finds them. */
final class DemoSimulator implements AutoCloseable {

    private static final String GATEWAY = "xai";
    private static final Duration RENDER_TIME = Duration.ofSeconds(6);

    private final GrokVideoSimulator simulator;

    private DemoSimulator(GrokVideoSimulator simulator) {
        this.simulator = simulator;
    }

    /**
     * @param  store the folder where it keeps them
     * @throws UsageException where that cannot be used
     */
    static DemoSimulator start(Path store) throws UsageException {
        try {
            return new DemoSimulator(GrokVideoSimulator.builder().renderTime(RENDER_TIME).store(store).start());
        } catch (UncheckedIOException e) {
            throw new UsageException("The simulator did not start: " + e.getMessage() + ": " + e.getCause().getMessage());
        }
    }

    /**
     * Lets jobs whose video is still to be fetched find it here: where the simulator's last port was taken meanwhile their URLs name the
     * wrong one. Before the engine starts.
     */
    void claimVideos(JobStoreFolder jobs) {
        try (JobStore store = JdbcJobStore.open(jobs.directory(), true)) {
            for (VideoJob job : store.list(job -> job.state() == JobState.RENDERED && job.url() != null, Integer.MAX_VALUE)) {
                store.update(job.id(), stored -> stored.with(changes -> changes.url(here(stored.url()))));
            }
        }
    }

    /** For accounts at its other gateways. */
    GrokVideoSimulator server() {
        return simulator;
    }

    /** @return what the component is to be configured with */
    Map<String, String> componentProperties() {
        return Map.of(
                "camel.component.grokvideo.provider", GATEWAY,
                "camel.component.grokvideo.apiKey", simulator.apiKey(GATEWAY),
                "camel.component.grokvideo.baseUrl", simulator.baseUrl(GATEWAY),
                // It costs nothing.
                "camel.component.grokvideo.consoleSubmit", "true",
                // The simulator's renders last seconds, not minutes: the bars would jump.
                "camel.component.grokvideo.pollInterval", "500ms",
                "camel.component.grokvideo.maxPollInterval", "500ms");
    }

    @Override
    public void close() {
        simulator.close();
    }

    private String here(String url) {
        return url.replaceFirst("^http://[^/]+", simulator.url());
    }
}
