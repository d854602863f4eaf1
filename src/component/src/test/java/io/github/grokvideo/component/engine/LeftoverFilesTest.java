// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import io.github.grokvideo.component.engine.files.HandOutDirectory;
import org.junit.jupiter.api.Test;

/** What processes that ended in the middle have left in the work directory. */
class LeftoverFilesTest extends EngineTestBase {

    private static final Duration ROUND = Duration.ofMinutes(10);

    /** A file last written so long ago. */
    private Path file(String name, Duration age) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        return aged(file, age);
    }

    private Path aged(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(timer.now().minus(age)));
    }

    private void downloaded() {
        submit(order("a cat"));
        timer.advance(Duration.ofSeconds(12));
        assertThat(job("job-1").file()).exists();
    }

    @Test
    void whatAJobDoesNotNeedIsDeletedWhenItIsOldEnough() throws Exception {
        downloaded();
        aged(job("job-1").file(), Duration.ofHours(3));
        Path partial = file(gateway.downloads.get(0).partial().getFileName().toString(), Duration.ofHours(2));
        Path otherNodes = file(".job-1.0123abcd.part", Duration.ofHours(2));
        Path otherVersions = file(".job-1.part", Duration.ofHours(2));
        Path second = file("job-1-2.mp4", Duration.ofHours(2));
        Path fresh = file("job-1-3.mp4", Duration.ZERO);

        timer.advance(ROUND);

        assertThat(List.of(partial, otherNodes, otherVersions)).allSatisfy(left -> assertThat(left).doesNotExist());
        assertThat(second).doesNotExist();
        assertThat(fresh).exists();
        assertThat(job("job-1").file()).exists();
    }

    @Test
    void whatIsBeingFetchedAndWhatOthersMayNeedStays() throws Exception {
        submit(order("a cat"));
        Path partial = file(".job-1.0123abcd.part", Duration.ofHours(2));
        Path foreign = file("another-stores-job.mp4", Duration.ofDays(30));
        Path notes = file("notes.txt", Duration.ofDays(30));

        engine = newEngine();
        engine.start();

        assertThat(partial).exists();
        assertThat(foreign).exists();
        assertThat(notes).exists();
    }

    @Test
    void aDeliveredFileWhoseDeletionWasMissedIsDeleted() throws Exception {
        downloaded();
        Path file = job("job-1").file();
        engine.settle(engine.handOut("job-1"), true);
        assertThat(file).doesNotExist();
        file(file.getFileName().toString(), Duration.ofHours(3));

        timer.advance(ROUND);
        assertThat(file).exists();
        timer.advance(Duration.ofHours(1));
        assertThat(file).doesNotExist();
    }

    @Test
    void whatAnEndedProcessHadHandedOutIsDeletedAndWhatALivingEngineHasHandedOutIsNot() throws Exception {
        downloaded();
        HandedOutVideo out = engine.handOut("job-1");
        Path left = file("handed-out/ended/job-9-1.mp4", Duration.ofDays(1));
        Path lock = file("handed-out/ended.lock", Duration.ofDays(1));
        aged(left.getParent(), Duration.ofHours(2));
        aged(out.file().getParent(), Duration.ofHours(2));

        timer.advance(ROUND);

        assertThat(left.getParent()).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(out.file()).exists();
    }

    @Test
    void anEngineThatIsAloneClearsWhatItsPredecessorHadHandedOutAtOnce() throws Exception {
        Path left = file("handed-out/ended/job-9-1.mp4", Duration.ZERO);
        file("handed-out/ended.lock", Duration.ZERO);
        HandOutDirectory own = new HandOutDirectory(directory);

        own.clearOthers(timer.now().minus(Duration.ofHours(1)));
        assertThat(left).exists();
        own.clearOthers(Instant.MAX);
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void aFolderThatIsLockedIsLeftAlone() throws Exception {
        HandOutDirectory living = new HandOutDirectory(directory);
        Path file = Files.writeString(living.get().resolve("job-1-1.mp4"), "a video");

        new HandOutDirectory(directory).clearOthers(Instant.MAX);
        assertThat(file).exists();

        living.close();
        assertThat(file).as("is in a user's hands").exists();
        new HandOutDirectory(directory).clearOthers(Instant.MAX);
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("handed-out")).isEmptyDirectory();
    }
}
