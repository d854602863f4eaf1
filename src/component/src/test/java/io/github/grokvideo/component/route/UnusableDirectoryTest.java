// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** A directory that cannot be written: nothing is paid for, and what was paid before comes when it can. */
class UnusableDirectoryTest extends SimulatedGateway {

    private void generateInto(Path videos) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").errorHandler(noErrorHandler()).to("grokvideo:generate?directory=" + videos);
                from("direct:await").errorHandler(noErrorHandler()).to("grokvideo:await");
            }
        });
    }

    private Exchange generate() {
        return context.createFluentProducerTemplate().to("direct:generate").withBody("a cat")
                .withHeader("CamelGrokVideoJobKey", "k").send();
    }

    @Test
    void nothingIsSpentAndTheSameMessageMakesTheVideoOnceItCanBeKept() throws Exception {
        Path blocked = Files.writeString(directory.resolve("videos"), "a file where a directory should be");
        generateInto(blocked.resolve("today"));

        Exchange refused = generate();

        assertThat(refused.getException()).isInstanceOfSatisfying(StoreUnavailableException.class, error -> {
            assertThat(error.getCharged()).isEqualTo(Charged.NO);
            assertThat(error.isRetryable()).isTrue();
            assertThat(error).hasMessageContaining(blocked.toString());
        });
        assertThat(refused.getMessage().getHeader("CamelGrokVideoErrorType")).isEqualTo("STORE_UNAVAILABLE");
        assertThat(posts()).isZero();

        Files.delete(blocked);
        Exchange video = generate();

        assertThat(video.getException()).isNull();
        assertThat(video.getMessage().getBody(File.class).toPath()).hasParent(blocked.resolve("today"))
                .hasSize(simulator.jobs().get(0).fileSize());
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whatWasPaidBeforeIsToldAndComesOnceItCanBeKept() throws Exception {
        Path videos = directory.resolve("videos");
        generateInto(videos);
        // Tried out when the route started.
        assertThat(videos).isEmptyDirectory();
        Files.delete(videos);
        Files.writeString(videos, "a file where a directory should be");

        Exchange failed = generate();

        assertThat(failed.getException()).isInstanceOfSatisfying(DownloadFailedException.class, error -> {
            assertThat(error.isResumable()).isTrue();
            assertThat(error).hasMessageContaining(videos.toString());
        });
        String jobId = failed.getMessage().getHeader("CamelGrokVideoJobId", String.class);
        VideoJob job = component(context, provider()).getEngine().find(jobId).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.RENDERED);
        assertThat(job.file()).isNull();
        Exchange another = context.createFluentProducerTemplate().to("direct:generate").withBody("a dog").send();
        assertThat(another.getException()).isInstanceOf(StoreUnavailableException.class);

        Files.delete(videos);
        Exchange video = context.createFluentProducerTemplate().to("direct:await").withHeaders(Map.of("CamelGrokVideoJobId", jobId)).send();

        assertThat(video.getException()).isNull();
        assertThat(video.getMessage().getBody(File.class).toPath()).isEqualTo(videos.resolve(jobId + ".mp4"))
                .hasSize(simulator.jobs().get(0).fileSize());
        assertThat(names(videos)).containsExactly(jobId + ".mp4");
        assertThat(posts()).isEqualTo(1);
    }

    /** The file consumer brings the same prompt again and again, as a new exchange each time. */
    @Test
    void aRouteFromAFolderPaysOnceHoweverLongTheWorkDirectoryIsAway() throws Exception {
        Path blocked = Files.writeString(directory.resolve("work"), "a file where a directory should be");
        Path inbox = Files.createDirectory(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("cat.txt"), "a cat");
        Path outbox = directory.resolve("outbox");
        // A slow machine is not what this is about.
        GrokVideoComponent patient = component(context, provider());
        patient.setSubmitTimeout(Duration.ofSeconds(60));
        patient.getConfiguration().setWaitTimeout(Duration.ofSeconds(60));
        MockEndpoint failures = context.getEndpoint("mock:failures", MockEndpoint.class);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).to("mock:failures").handled(false);
                from("file:" + inbox + "?initialDelay=0&delay=100").convertBodyTo(String.class)
                        .setHeader("CamelGrokVideoJobKey", simple("${file:name}"))
                        .to("grokvideo:generate").to("file:" + outbox + "?fileName=cat.mp4");
            }
        });
        failures.expectedMinimumMessageCount(5);
        MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(simulator.requests().entries()).isEmpty();

        Files.delete(blocked);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(outbox.resolve("cat.mp4")).exists());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(inbox.resolve("cat.txt")).doesNotExist());
        assertThat(posts()).isEqualTo(1);
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
