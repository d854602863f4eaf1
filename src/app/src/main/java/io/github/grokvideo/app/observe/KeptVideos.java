// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.console.VideoFileSource;
import org.apache.camel.CamelContext;

/** Finds the file of a job among the jobs of a Camel context. Thread-safe. */
final class KeptVideos implements VideoFileSource {

    private final CamelContext context;

    KeptVideos(CamelContext context) {
        this.context = context;
    }

    @Override
    public Optional<Path> file(String jobId) {
        // A component asked later would begin a new engine.
        if (!context.isStarted()) {
            return Optional.empty();
        }
        return components().flatMap(component -> component.getEngine().find(jobId).stream())
                .filter(VideoJob::hasFile).map(VideoJob::file).findFirst();
    }

    private Stream<GrokVideoComponent> components() {
        return context.getComponentNames().stream().map(context::hasComponent)
                .filter(GrokVideoComponent.class::isInstance).map(GrokVideoComponent.class::cast);
    }
}
