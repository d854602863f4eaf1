// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCopierTest {

    @TempDir
    Path dir;

    private Path prompts;
    private Path inbox;

    @BeforeEach
    void samples() throws IOException {
        prompts = Files.createDirectories(dir.resolve("prompts"));
        inbox = Files.createDirectories(dir.resolve("inbox"));
        for (String file : new String[] {
                "a.txt", "b.JSON", "README.md", ".hidden.txt", "media/fox.jpg",
                "images/boat.png", "images/boat.txt", "images/alone.png"}) {
            Files.createDirectories(prompts.resolve(file).getParent());
            Files.writeString(prompts.resolve(file), file);
        }
    }

    @Test
    void copiesPromptsAndWhatTheyReferTo() throws Exception {
        assertThat(new SampleCopier(prompts, inbox).copy(Set.of())).containsExactly("a.txt", "b.JSON", "images/boat.png");

        assertThat(files(inbox)).containsExactlyInAnyOrder(
                "a.txt", "b.JSON", "media/fox.jpg", "images/boat.png", "images/boat.txt", "images/alone.png");
        assertThat(inbox.resolve("media/fox.jpg")).hasContent("media/fox.jpg");
    }

    @Test
    void overwritesNothingAndStillWaitsForWhatIsThere() throws Exception {
        Files.writeString(inbox.resolve("a.txt"), "somebody else's");

        assertThat(new SampleCopier(prompts, inbox).copy(Set.of())).contains("a.txt");
        assertThat(inbox.resolve("a.txt")).hasContent("somebody else's");
    }

    @Test
    void leavesOutWhatIsMade() throws Exception {
        assertThat(new SampleCopier(prompts, inbox).copy(Set.of("a.txt"))).containsExactly("b.JSON", "images/boat.png");
        assertThat(inbox.resolve("a.txt")).doesNotExist();
    }

    @Test
    void noFolderMeansNoSamples() throws Exception {
        assertThat(new SampleCopier(dir.resolve("nowhere"), inbox).copy(Set.of())).isEmpty();
        assertThat(new SampleCopier(inbox, inbox).copy(Set.of())).isEmpty();
    }

    private static Stream<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList().stream();
        }
    }
}
