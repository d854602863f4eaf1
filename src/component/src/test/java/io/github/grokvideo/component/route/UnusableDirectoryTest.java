package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.DownloadFailedException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A directory that cannot be written when the video has been paid: said at once, and the video comes when it can. */
class UnusableDirectoryTest extends SimulatedGateway {

    @Test
    void theErrorNamesTheDirectoryAndTheVideoComesOnceItCanBeWritten() throws Exception {
        Path blocked = Files.writeString(directory.resolve("videos"), "a file where a directory should be");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").errorHandler(noErrorHandler()).to("grokvideo:generate?directory=" + blocked.resolve("today"));
                from("direct:await").errorHandler(noErrorHandler()).to("grokvideo:await");
            }
        });

        Exchange failed = context.createFluentProducerTemplate().to("direct:generate").withBody("a cat").withHeader("CamelGrokVideoJobKey", "k").send();

        assertThat(failed.getException()).isInstanceOfSatisfying(DownloadFailedException.class, error -> {
            assertThat(error.isResumable()).isTrue();
            assertThat(error).hasMessageContaining(blocked.toString());
        });
        String jobId = failed.getMessage().getHeader("CamelGrokVideoJobId", String.class);
        VideoJob job = component(context, provider()).getEngine().find(jobId).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.RENDERED);
        assertThat(job.file()).isNull();
        assertThat(names()).containsExactly("videos");

        Files.delete(blocked);
        Exchange video = context.createFluentProducerTemplate().to("direct:await").withHeaders(Map.of("CamelGrokVideoJobId", jobId)).send();

        assertThat(video.getException()).isNull();
        assertThat(video.getMessage().getBody(File.class).toPath()).isEqualTo(blocked.resolve("today/" + jobId + ".mp4"))
                .hasSize(simulator.jobs().get(0).fileSize());
        assertThat(names()).containsExactly("videos", "videos/today", "videos/today/" + jobId + ".mp4");
        assertThat(posts()).isEqualTo(1);
    }

    private Stream<String> names() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(file -> directory.relativize(file).toString()).filter(name -> !name.isEmpty() && !name.startsWith("work")).sorted()
                    .toList().stream();
        }
    }
}
