package io.github.grokvideo.app.observe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.console.VideoFileSource;
import org.apache.camel.CamelContext;

/** Finds the file of a job among the jobs of a Camel context; none before that runs. Thread-safe. */
public final class KeptVideos implements VideoFileSource {

    private volatile Supplier<CamelContext> context = () -> null;

    /** @param runningContext gives null until there is one */
    public void of(Supplier<CamelContext> runningContext) {
        this.context = runningContext;
    }

    @Override
    public Optional<Path> file(String jobId) {
        CamelContext running = context.get();
        if (running == null || !running.isStarted()) {
            return Optional.empty();
        }
        return components(running).flatMap(component -> component.getEngine().find(jobId).stream())
                .map(VideoJob::file).filter(file -> file != null && Files.isRegularFile(file)).findFirst();
    }

    private static Stream<GrokVideoComponent> components(CamelContext context) {
        return context.getComponentNames().stream().map(context::hasComponent)
                .filter(GrokVideoComponent.class::isInstance).map(GrokVideoComponent.class::cast);
    }
}
