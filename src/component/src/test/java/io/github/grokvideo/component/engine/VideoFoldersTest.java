// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.grokvideo.component.engine.core.VideoFolders;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DownloadFailedException;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is spent while the video could not be kept. */
class VideoFoldersTest extends EngineTestBase {

    private static final long MIB = 1L << 20;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(VideoFolders.class);
    private final AbstractAppender appender = new AbstractAppender("folders", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
                told.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
            }
        }
    };
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(20 * MIB).build());
    private Path work;
    private long maxFileSize = 2L << 30;
    private long minFreeSpace = 8 * MIB;

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        Configurator.setLevel(logger.getName(), Level.INFO);
    }

    @AfterEach
    void close() throws IOException {
        logger.removeAppender(appender);
        disk.close();
    }

    @Override
    DefaultVideoEngine newEngine(JobTimer timer, Executor work, Executor callbacks) {
        if (this.work == null) {
            this.work = directory.resolve("work");
        }
        EngineSettings settings = EngineSettings.builder(this.work).submitTimeout(Duration.ofSeconds(60))
                .submitRetryTimeout(Duration.ofSeconds(60)).pollTimeout(Duration.ofSeconds(30))
                .downloadTimeout(Duration.ofMinutes(30)).downloadIdleTimeout(Duration.ofSeconds(30)).maxFileSize(maxFileSize)
                .ioThreads(4).keepUndelivered(Duration.ofDays(7)).keepKeys(Duration.ofDays(30)).keepJobs(EngineSettings.DAY)
                .orphanAfter(EngineSettings.DAY).storePrompts(true).minFreeSpace(minFreeSpace)
                .jobNotFoundAfter(Duration.ofMinutes(10)).maxRetryAfter(Duration.ofMinutes(10)).build();
        return new DefaultVideoEngine(
                settings, store, gateway, gateway, timer, work, callbacks, new Random(1), () -> { });
    }

    private void engineIn(Path workDirectory) {
        engine.close();
        work = workDirectory;
        engine = newEngine();
        engine.start();
    }

    private void assertNothingSpent(CompletableFuture<VideoJob> refused, String... text) {
        GrokVideoException error = error(refused);
        assertThat(error).isInstanceOf(StoreUnavailableException.class).hasMessageContainingAll(text)
                .hasMessageContaining("Nothing was sent");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
        assertThat(error.isRetryable()).isTrue();
    }

    private static VideoOrder in(Path folder, boolean urlOnly, VideoOrder order) {
        return VideoOrder.builder(order.jobId(), order.account(), order.request()).jobKey(order.jobKey())
                .onFailedKey(order.onFailedKey()).submitUnknown(order.submitUnknown()).directory(folder).urlOnly(urlOnly)
                .waiter(order.waiter()).build();
    }

    @Test
    void aWorkDirectoryThatCannotBeIsToldOnceAndNothingIsSubmittedUntilItCan() throws IOException {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file");
        engineIn(blocked.resolve("work"));
        assertThat(told).singleElement().asString().startsWith("WARN").contains(blocked.toString());

        for (int i = 0; i < 5; i++) {
            assertNothingSpent(submit(order("a cat")), blocked.resolve("work").toString(), "it cannot be written");
        }
        assertThat(gateway.calls).isEmpty();
        assertThat(jobs()).as("a row each would be a line in the log each").isEmpty();
        assertThat(told).hasSize(1);

        Files.delete(blocked);
        assertThat(submit(order("a cat"))).isCompleted();
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-6").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(told).hasSize(2).last().asString().startsWith("INFO");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void triesADirectoryOutWithoutLeavingAnythingBehind() throws IOException {
        submit(order("a cat"));
        assertThat(work).isDirectory();
        try (var files = Files.list(work)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFailureAtTheDirectoryStopsFurtherSubmitsAlsoOfJobsThatWaitedForRoom() throws IOException {
        VideoAccount one = gateway.account("one", 1);
        submit(order("job-1", "a cat", null, one));
        CompletableFuture<VideoJob> first = await("job-1", Duration.ofHours(1));
        CompletableFuture<VideoJob> waiting = submit(order("job-2", "a dog", "key", one));
        assertThat(waiting).isNotDone();
        gateway.downloadScript.addAll(List.of(TestGateway.broken(Kind.LOCAL_FILE), TestGateway.broken(Kind.LOCAL_FILE)));
        Files.delete(work);
        Files.writeString(work, "a file");

        timer.advance(Duration.ofSeconds(12));

        assertThat(error(first)).isInstanceOf(DownloadFailedException.class);
        assertNothingSpent(waiting, work.toString());
        assertThat(job("job-2").state()).isEqualTo(JobState.REJECTED);
        assertThat(job("job-2").jobKey()).isNull();
        assertNothingSpent(submit(order("job-3", "a fox", null)), work.toString());
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(told).hasSize(1);

        Files.delete(work);
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(submit(order("job-4", "a dog", "key", one))).isCompleted();
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void whatIsThereAlreadyIsAttachedToWhateverTheDirectory() throws IOException {
        VideoOrder order = order("job-1", "a cat", "key");
        submit(order);
        timer.advance(Duration.ofMinutes(1));
        engineIn(Files.writeString(directory.resolve("blocked"), "a file"));

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void theDirectoryOfTheCallCounts() throws IOException {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file");

        assertNothingSpent(submit(in(blocked, false, order("a cat"))), blocked.toString());
        assertThat(submit(order("a dog"))).isCompleted();
        assertThat(submit(in(blocked, true, order("a fox")))).as("whoever wants a URL needs no directory").isCompleted();

        engineIn(blocked);
        assertThat(submit(in(directory.resolve("other"), false, order("a hen")))).isCompleted();
        assertThat(engine.folders()).extracting(VideoFolder::work, VideoFolder::isUsable).containsExactly(
                org.assertj.core.groups.Tuple.tuple(true, false), org.assertj.core.groups.Tuple.tuple(false, true));
    }

    @Test
    void aWrongRequestIsSaidFirst() throws IOException {
        engineIn(Files.writeString(directory.resolve("blocked"), "a file"));
        gateway.refusesAll = true;
        assertThat(error(submit(order("a cat"))).getError().type()).isEqualTo(ErrorType.INVALID_REQUEST);
    }

    @Test
    void aDiskThatIsAlmostFullStopsSubmits() throws IOException {
        engineIn(disk.getPath("/videos"));
        assertThat(submit(order("a cat"))).isCompleted();
        Path others = Files.write(disk.getPath("/others"), new byte[(int) (13 * MIB)]);

        for (int i = 0; i < 3; i++) {
            assertNothingSpent(submit(order("a dog")), "/videos", "MiB of free space, and 8 MiB are needed (minFreeSpace)");
        }
        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(told).singleElement().asString().contains("minFreeSpace");

        Files.delete(others);
        assertThat(submit(order("a fox"))).isCompleted();
        assertThat(told).hasSize(2);
    }

    @Test
    void aSmallDiskIsOfUseForSmallVideosAndForWhoDoesNotMind() throws IOException {
        Files.write(disk.getPath("/others"), new byte[(int) (13 * MIB)]);
        maxFileSize = MIB;
        engineIn(disk.getPath("/videos"));
        assertThat(submit(order("a cat"))).isCompleted();

        maxFileSize = 2L << 30;
        minFreeSpace = 0;
        engineIn(disk.getPath("/videos"));
        assertThat(submit(order("a dog"))).isCompleted();
    }

    @Test
    void aDirectoryThatIsGoneIsMadeAgain() throws IOException {
        submit(order("a cat"));
        Files.delete(work);
        assertThat(submit(order("a dog"))).isCompleted();
        assertThat(work).isDirectory();
    }
}
