// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.component.engine.VideoFolder;
import org.junit.jupiter.api.Test;

class FoldersTest {

    private static final VideoFolder WORK = new VideoFolder(Path.of("/work"), true, null);

    private static VideoFolder folder(String name, String problem) {
        return new VideoFolder(Path.of("/videos/" + name), false, problem);
    }

    @Test
    void theWorkDirectoryAndAllDirectoriesTakeANodeAwayAndOneOfSeveralDoesNot() {
        assertThat(Folders.problem(List.of(WORK))).isNull();
        assertThat(Folders.problem(List.of(WORK, folder("a", null), folder("b", "it is full")))).isNull();
        assertThat(Folders.problem(List.of(WORK, folder("a", "it is full")))).isEqualTo("directory /videos/a: it is full");
        assertThat(Folders.problem(List.of(new VideoFolder(Path.of("/work"), true, "it is gone"), folder("a", null))))
                .isEqualTo("workDirectory /work: it is gone");
    }
}
