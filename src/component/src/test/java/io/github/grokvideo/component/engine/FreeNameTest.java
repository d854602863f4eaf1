// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import io.github.grokvideo.component.engine.files.VideoFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeNameTest {

    @TempDir
    Path directory;

    @Test
    void isNotThatOfAFileADirectoryOrABrokenLink() throws Exception {
        assertThat(VideoFiles.free(directory, "job")).isEqualTo(directory.resolve("job.mp4"));
        Files.createFile(directory.resolve("job.mp4"));
        Files.createDirectory(directory.resolve("job-2.mp4"));
        Files.createSymbolicLink(directory.resolve("job-3.mp4"), directory.resolve("missing"));
        assertThat(VideoFiles.free(directory, "job")).isEqualTo(directory.resolve("job-4.mp4"));
    }
}
