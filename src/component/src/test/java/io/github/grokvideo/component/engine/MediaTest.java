// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.SubmitRejectedException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import org.junit.jupiter.api.Test;

/** How images reach the gateway, and that nothing is spent where they cannot. */
class MediaTest extends EngineTestBase {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and pixels".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void aSmallFileGoesInline() throws IOException {
        gateway.mediaForms = Set.of(MediaForm.DATA_URI, MediaForm.UPLOAD);
        Path file = Files.write(directory.resolve("cat.bin"), PNG);

        assertThat(submit(with(new Media.LocalFile(file), null))).isCompleted();

        assertThat(sentImage()).startsWith("data:image/png;base64,iVBORw0K");
    }

    @Test
    void aLargeFileIsUploadedWhereThereIsAnUploadCall() throws IOException {
        gateway.mediaForms = Set.of(MediaForm.DATA_URI, MediaForm.UPLOAD);
        byte[] large = Arrays.copyOf(PNG, (4 << 20) + 1);
        gateway.uploadScript.addAll(List.of(TestGateway.status(503), TestGateway.status(200, "http://uploads.test/cat")));

        assertThat(submit(with(new Media.Bytes(large, null), null))).isCompleted();

        assertThat(sentImage()).isEqualTo("http://uploads.test/cat");
        assertThat(job("job-1").request().images()).as("large media are not stored").isEmpty();
    }

    @Test
    void anUploadThatIsRefusedSpendsNothing() {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD);
        gateway.uploadScript.add(TestGateway.status(400));

        CompletableFuture<VideoJob> answer = submit(with(new Media.Bytes(PNG, null), null));

        assertThat(error(answer)).isInstanceOf(SubmitRejectedException.class).hasMessageContaining("upload refused");
        assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aFileThatIsNeitherImageNorVideoSpendsNothing() {
        gateway.mediaForms = Set.of(MediaForm.DATA_URI);

        CompletableFuture<VideoJob> answer = submit(with(new Media.Bytes("text".getBytes(StandardCharsets.US_ASCII), null), null));

        assertThat(error(answer)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("images");
        assertThat(gateway.posts()).isZero();
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aFileThatChangesBeforeItIsSentIsOtherWork() throws IOException {
        Path file = Files.write(directory.resolve("cat.png"), PNG);
        Function<Media, CompletableFuture<String>> overwrites = media -> {
            try {
                Files.write(file, Arrays.copyOf(PNG, PNG.length + 1));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return CompletableFuture.completedFuture("https://published.test/cat.png");
        };

        CompletableFuture<VideoJob> answer = submit(with(new Media.LocalFile(file), overwrites));

        assertThat(error(answer)).isInstanceOf(SubmitRejectedException.class).hasMessageContaining("has changed since the message arrived");
        assertThat(error(answer).isRetryable()).isTrue();
        assertThat(gateway.posts()).isZero();
        assertThat(submit(with("job-2", new Media.LocalFile(file),
                media -> CompletableFuture.completedFuture("https://published.test/cat.png"))))
                .isCompleted();
    }

    @Test
    void aFileThatIsNotThereIsSaidBeforeAnythingIsStored() {
        gateway.mediaForms = Set.of(MediaForm.DATA_URI);
        CompletableFuture<VideoJob> answer = engine.validate(with(new Media.LocalFile(directory.resolve("none.png")), null))
                .thenApply(resolved -> {
                    throw InvalidRequestException.of("test", null, resolved.violations());
                });

        assertThat(error(answer)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("images");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aGatewayThatTakesUrlsOnlyNeedsAPublisher() {
        CompletableFuture<VideoJob> answer = submit(with(new Media.Bytes(PNG, null), null));

        assertThat(error(answer)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("mediaPublisher");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aPublishersUrlIsSent() {
        submit(with(new Media.Bytes(PNG, null), media -> CompletableFuture.completedFuture("https://published.test/cat.png")));

        assertThat(sentImage()).isEqualTo("https://published.test/cat.png");
    }

    @Test
    void aPublisherThatFailsThrowsOrSaysNothingSpendsNothingAndCanBeTriedAgain() {
        List<Function<Media, CompletableFuture<String>>> publishers = List.of(
                media -> CompletableFuture.failedFuture(new IllegalStateException("test")),
                media -> {
                    throw new IllegalStateException("test");
                },
                media -> null,
                media -> CompletableFuture.completedFuture(null),
                media -> CompletableFuture.completedFuture("not a URL"));
        for (int i = 0; i < publishers.size(); i++) {
            VideoOrder order = VideoOrder.builder("job-" + i, gateway.account("narrow", 1), request(new Media.Bytes(PNG, null)))
                    .jobKey("key").mediaPublisher(publishers.get(i)).waiter(waiter).build();
            CompletableFuture<VideoJob> answer = submit(order);

            assertThat(error(answer)).isInstanceOf(SubmitRejectedException.class);
            assertThat(error(answer).isRetryable()).isTrue();
            assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        }
        assertThat(gateway.posts()).isZero();
        assertThat(submit(order("next", "a cat", null, gateway.account("narrow", 1)))).isCompleted();
    }

    @Test
    void slowPublishersHoldAFewThreadsOnly() {
        List<CompletableFuture<String>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            submit(with("job-" + i, new Media.Bytes(PNG, null), media -> {
                open.add(new CompletableFuture<>());
                return open.get(open.size() - 1);
            }));
        }

        assertThat(open).hasSize(2);
        for (int i = 0; i < 10; i++) {
            open.get(i).complete("https://published.test/" + i);
        }
        timer.runDue();
        assertThat(gateway.posts()).isEqualTo(10);
    }

    @Test
    void publishersThatHangFailTheirCallsAndNoOthers() {
        List<CompletableFuture<String>> open = new ArrayList<>();
        Function<Media, CompletableFuture<String>> hangs = media -> {
            open.add(new CompletableFuture<>());
            return open.get(open.size() - 1);
        };
        List<CompletableFuture<VideoJob>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(submit(with("job-" + i, new Media.Bytes(PNG, null), hangs)));
        }
        CompletableFuture<VideoJob> another = submit(with("another", new Media.Bytes(PNG, null),
                media -> CompletableFuture.completedFuture("https://published.test/another")));
        timer.advance(Duration.ofSeconds(59));
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        timer.advance(Duration.ofSeconds(1));

        assertThat(answers.subList(0, 2)).allSatisfy(answer -> {
            assertThat(error(answer)).isInstanceOf(SubmitRejectedException.class).hasMessageContaining("did not answer within 1m");
            assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        });
        assertThat(open).hasSize(4);
        open.get(2).complete("https://published.test/2");
        assertThat(answers.get(2)).isCompleted();
        timer.advance(Duration.ofMinutes(4));
        // Each of them may still hold a thread.
        assertThat(open).hasSize(10);
        assertThat(error(answers.get(11))).hasMessageContaining("Check its route");
        assertThat(another).isCompleted();

        open.subList(0, 9).forEach(late -> late.complete("https://published.test/late"));
        submit(with("again", new Media.Bytes(PNG, null), hangs));
        assertThat(open).hasSize(11);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void anEarlierJobIsNamedByItsTaskWhereTheGatewayWantsThat() {
        gateway.mediaForms = Set.of(MediaForm.TASK);
        submit(order("earlier", "a cat", null));

        submit(with(new Media.EarlierJob("earlier"), null));

        assertThat(sentImage()).isEqualTo("task:task-1");
    }

    @Test
    void anEarlierJobStandsForItsVideo() {
        submit(order("earlier", "a cat", null));
        timer.advance(Duration.ofSeconds(12));

        submit(with(new Media.EarlierJob("earlier"), null));

        assertThat(sentImage()).startsWith("http://files.test/");
    }

    @Test
    void anEarlierJobWithoutAVideoOrUnknownHereIsSaidBeforeAnythingIsSent() {
        submit(order("earlier", "a cat", null));

        assertThat(error(submit(with(new Media.EarlierJob("earlier"), null)))).hasMessageContaining("has no video");
        assertThat(error(submit(with(new Media.EarlierJob("nobody"), null)))).hasMessageContaining("no such job");
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(jobs()).hasSize(1);
    }

    private String sentImage() {
        HttpCall last = gateway.calls.stream().filter(call -> call.path().equals("/submit")).reduce((a, b) -> b).orElseThrow();
        return ((HttpCall.Json) last.body()).content().get("images").get(0).asText();
    }

    private VideoOrder with(Media image, Function<Media, CompletableFuture<String>> publisher) {
        return with("job-1", image, publisher);
    }

    private VideoOrder with(String jobId, Media image, Function<Media, CompletableFuture<String>> publisher) {
        return VideoOrder.builder(jobId, gateway.account(), request(image)).mediaPublisher(publisher).waiter(waiter).build();
    }

    private static VideoRequest request(Media image) {
        return VideoRequest.ofPrompt("a cat").toBuilder().image(image).build();
    }
}
