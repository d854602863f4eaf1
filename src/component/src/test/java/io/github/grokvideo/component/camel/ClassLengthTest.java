// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that grows past 300 lines hides a second one. What the build generates, in {@code src/generated}, is as long as it is. */
class ClassLengthTest {

    private static final int LONGEST = 300;

    @Test
    void noClassIsTooLong() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }

        assertThat(sources).hasSizeGreaterThan(100).allSatisfy(source -> assertThat(Files.readAllLines(source))
                .as("lines of " + source + ": find the second idea in it and move it to a class of its own")
                .hasSizeLessThan(LONGEST));
    }
}
