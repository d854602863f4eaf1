// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.FileExist;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Videos with names of users, when processes end and names are taken between two steps. */
class NamedFileTest extends EngineTestBase {

    private static final Duration RENDERED = Duration.ofSeconds(12);
    private Path theirs;

    @BeforeEach
    void makeDirectory() {
        theirs = directory.resolve("theirs");
    }

    private VideoOrder order(FileExist exist) {
        VideoOrder plain = order("a fox");
        return VideoOrder.builder(plain.jobId(), plain.account(), plain.request()).onFailedKey(plain.onFailedKey())
                .submitUnknown(plain.submitUnknown()).directory(theirs).name(VideoName.of("fox", exist)).waiter(waiter).build();
    }

    private Stream<String> files() {
        try (Stream<Path> files = Files.list(theirs)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process, on the same store; the one before ended without having stored that the video is here. */
    private VideoJob endedBeforeItWasStored(String jobId) {
        store.update(jobId, job -> job.with(changes -> changes.state(JobState.RENDERED).file(null).downloadedAt(null).size(null)));
        engine = newEngine();
        engine.start();
        engine.register(gateway.account());
        await(jobId, Duration.ofHours(1));
        timer.advance(RENDERED);
        return job(jobId);
    }

    @Test
    void theNameIsStoredBeforeTheDownload() {
        gateway.downloadScript.add("hold");
        submit(order(FileExist.Rename));
        timer.advance(RENDERED);

        assertThat(job("job-1").state()).isEqualTo(JobState.RENDERED);
        assertThat(job("job-1").name().taken()).isEqualTo("fox.mp4");
    }

    @Test
    void twoThatAreFetchedAtOnceGetANameEach() {
        gateway.downloadScript.add("hold");
        submit(order(FileExist.Rename));
        submit(order(FileExist.Rename));
        timer.advance(RENDERED.multipliedBy(2));

        assertThat(jobs()).extracting(job -> job.name().taken()).containsExactlyInAnyOrder("fox.mp4", "fox-2.mp4");
        assertThat(files()).filteredOn(name -> name.startsWith("fox")).as("the first one is still on its way").containsExactly("fox-2.mp4");
    }

    @Test
    void aNameThatSomebodyElseTakesMeanwhileIsLeftToThem() throws IOException {
        gateway.downloadScript.add("hold");
        submit(order(FileExist.Rename));
        timer.advance(RENDERED);
        Files.writeString(theirs.resolve("fox.mp4"), "theirs");
        gateway.finishDownload();

        assertThat(job("job-1").file()).isEqualTo(theirs.resolve("fox-2.mp4")).hasContent("video of job-1");
        assertThat(theirs.resolve("fox.mp4")).hasContent("theirs");
        assertThat(files()).containsExactly("fox-2.mp4", "fox.mp4");
    }

    @Test
    void aVideoThatHasItsNameAlreadyKeepsItThroughARestart() throws IOException {
        Files.createDirectories(theirs);
        Files.writeString(theirs.resolve("fox.mp4"), "theirs");
        submit(order(FileExist.Rename));
        timer.advance(RENDERED);
        assertThat(job("job-1").file()).isEqualTo(theirs.resolve("fox-2.mp4"));

        VideoJob after = endedBeforeItWasStored("job-1");

        assertThat(after.state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(after.file()).isEqualTo(theirs.resolve("fox-2.mp4")).hasContent("video of job-1");
        assertThat(files()).containsExactly("fox-2.mp4", "fox.mp4");
    }

    @Test
    void afterARestartNobodyElsesFileIsTakenForIt() throws IOException {
        submit(order(FileExist.Rename));
        timer.advance(RENDERED);
        Files.writeString(theirs.resolve("fox.mp4"), "another's");

        VideoJob after = endedBeforeItWasStored("job-1");

        assertThat(after.file()).isEqualTo(theirs.resolve("fox-2.mp4")).hasContent("video of job-1");
        assertThat(theirs.resolve("fox.mp4")).hasContent("another's");
    }

    @Test
    void aFileThatWasReplacedIsNotHandedOutForTheVideo() throws IOException {
        submit(order(FileExist.Rename));
        timer.advance(RENDERED);
        Files.writeString(theirs.resolve("fox.mp4"), "another's");

        CompletableFuture<VideoJob> again = await("job-1", Duration.ofHours(1));
        timer.advance(RENDERED);

        assertThat(again).isCompletedWithValueMatching(job -> job.file().endsWith("fox-2.mp4"));
        assertThat(engine.handOut("job-1").file()).hasContent("video of job-1");
    }

    @Test
    void nothingIsSentWhereTheNameIsTakenAndMustNotBe() throws IOException {
        Files.createDirectories(theirs);
        Files.writeString(theirs.resolve("fox.mp4"), "theirs");

        assertThat(error(submit(order(FileExist.Fail)))).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("fileName=fox.mp4");
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aNameThatIsTakenTooLateKeepsThePaidVideoAtTheGatewayUntilItIsFree() throws IOException {
        gateway.downloadScript.add("hold");
        submit(order(FileExist.Fail));
        timer.advance(RENDERED);
        CompletableFuture<VideoJob> first = await("job-1", Duration.ofHours(1));
        Files.writeString(theirs.resolve("fox.mp4"), "theirs");
        gateway.finishDownload();

        assertThat(error(first)).isInstanceOf(DownloadFailedException.class).hasMessageContaining("fox.mp4");
        timer.advance(Duration.ofMinutes(1));
        assertThat(gateway.downloads).as("no download before the name is free").hasSize(1);
        assertThat(files()).containsExactly("fox.mp4");

        Files.delete(theirs.resolve("fox.mp4"));
        timer.advance(Duration.ofMinutes(5));
        assertThat(job("job-1").file()).isEqualTo(theirs.resolve("fox.mp4")).hasContent("video of job-1");
    }

    @Test
    void anOldFileIsReplacedWhereThatIsAskedFor() throws IOException {
        Files.createDirectories(theirs);
        Files.writeString(theirs.resolve("fox.mp4"), "an old one");
        submit(order(FileExist.Override));
        timer.advance(RENDERED);

        assertThat(job("job-1").file()).isEqualTo(theirs.resolve("fox.mp4")).hasContent("video of job-1");
        assertThat(files()).containsExactly("fox.mp4");
    }
}
