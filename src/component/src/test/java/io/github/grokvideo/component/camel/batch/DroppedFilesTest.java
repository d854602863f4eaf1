// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedFilesTest {

    @TempDir
    Path dir;

    private final DroppedFiles files = new DroppedFiles();
    private Path inbox;

    @BeforeEach
    void folder() throws Exception {
        inbox = Files.createDirectories(dir.resolve("in box"));
    }

    private File drop(String name, String content) throws Exception {
        Path file = Files.writeString(inbox.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(5)));
        return file.toFile();
    }

    @Test
    void aLinkOutOfTheFolderIsNotInIt() throws Exception {
        File own = drop("own.csv", "prompt");
        Files.writeString(dir.resolve("other.csv"), "prompt");

        assertThat(files.isInFolder(own)).isTrue();
        assertThat(files.isInFolder(Files.createSymbolicLink(inbox.resolve("own link.csv"), own.toPath()).toFile())).isTrue();
        assertThat(files.isInFolder(Files.createSymbolicLink(inbox.resolve("link.csv"), dir.resolve("other.csv")).toFile())).isFalse();
        assertThat(files.isInFolder(Files.createSymbolicLink(inbox.resolve("broken.csv"), dir.resolve("none.csv")).toFile())).isFalse();
        assertThat(files.isInFolder(drop("empty.csv", ""))).isFalse();
        assertThat(files.isInFolder(Files.createDirectories(inbox.resolve("folder.csv")).toFile())).isFalse();
        assertThat(files.isInFolder(inbox.resolve("none.csv").toFile())).isFalse();
    }

    @Test
    void aFolderMayBeReachedThroughALink() throws Exception {
        drop("own.csv", "prompt");
        Path link = Files.createSymbolicLink(dir.resolve("link"), inbox);

        assertThat(files.isInFolder(link.resolve("own.csv").toFile())).isTrue();
    }

    @Test
    void theJsonComesBeforeTheText() throws Exception {
        File image = drop("boat, v1.2.PNG", "image");

        assertThat(files.promptOf(image)).isNull();
        drop("boat, v1.2.txt", "It sails");
        assertThat(files.promptOf(image)).hasName("boat, v1.2.txt");
        drop("boat, v1.2.json", "");
        assertThat(files.promptOf(image)).hasName("boat, v1.2.txt");
        drop("boat, v1.2.json", "{}");
        assertThat(files.promptOf(image)).hasName("boat, v1.2.json");
    }

    @Test
    void aPromptThatIsStillBeingWrittenIsNotUsed() throws Exception {
        File image = drop("boat.png", "image");
        Files.setLastModifiedTime(drop("boat.txt", "It s").toPath(), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(files.promptOf(image)).isNull();
    }

    @Test
    void anImageThatIsALinkOutOfTheFolderHasNoPrompt() throws Exception {
        drop("boat.txt", "It sails");
        Path other = Files.writeString(dir.resolve("other.png"), "image");

        assertThat(files.promptOf(Files.createSymbolicLink(inbox.resolve("boat.png"), other).toFile())).isNull();
    }

    @Test
    void aFileIsMovedIntoAFolderAndOverwritesNothing() throws Exception {
        files.setFolder(inbox.toString());
        File file = drop("fox, v1.txt", "A fox");

        files.move("fox, v1.txt", ".done/now/fox, v1.txt");

        assertThat(inbox.resolve(".done/now/fox, v1.txt")).hasContent("A fox");
        files.move("fox, v1.txt", ".done/later/fox, v1.txt");
        assertThat(inbox.resolve(".done/later")).doesNotExist();
        drop("fox, v1.txt", "Another fox");
        assertThatThrownBy(() -> files.move("fox, v1.txt", ".done/now/fox, v1.txt")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(inbox.resolve(".done/now/fox, v1.txt")).hasContent("A fox");
        assertThat(file).hasContent("Another fox");
    }

    @Test
    void aFolderIsMovedWithWhatIsInIt() throws Exception {
        files.setFolder(inbox.toString());
        Files.createDirectories(inbox.resolve(".making"));
        drop(".making/scene.mp4", "A scene");

        files.move(".making", "now/story");

        assertThat(inbox.resolve("now/story/scene.mp4")).hasContent("A scene");
        assertThat(inbox.resolve(".making")).doesNotExist();
    }

    @Test
    void aLinkIsMovedAndNotWhatItLeadsTo() throws Exception {
        files.setFolder(inbox.toString());
        Path other = Files.writeString(dir.resolve("other.txt"), "A secret");
        Files.createSymbolicLink(inbox.resolve("link.txt"), other);

        files.move("link.txt", ".failed/now/link.txt");

        assertThat(inbox.resolve(".failed/now/link.txt")).isSymbolicLink();
        assertThat(other).hasContent("A secret");
    }
}
