// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {

    @TempDir
    Path dir;

    @Test
    void aSecondInstanceIsKeptOffEitherFolder() throws Exception {
        try (InstanceLock lock = InstanceLock.of(List.of(dir.resolve("in"), dir.resolve("out")))) {
            assertThat(dir.resolve("in")).isDirectory();
            for (String taken : List.of("in", "out")) {
                assertThatThrownBy(() -> InstanceLock.of(List.of(dir.resolve(taken), dir.resolve("other"))))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining(dir.resolve(taken).toRealPath().toString())
                        .hasMessageNotContaining("\n");
            }
            assertThatCode(() -> InstanceLock.of(List.of(dir.resolve("other"))).close()).doesNotThrowAnyException();
        }
        assertThatCode(() -> InstanceLock.of(List.of(dir.resolve("in"), dir.resolve("out"))).close()).doesNotThrowAnyException();
    }

    @Test
    void theFileOfADeadProcessDoesNotBlock() throws Exception {
        Files.createFile(dir.resolve(InstanceLock.FILE));

        assertThatCode(() -> InstanceLock.of(List.of(dir)).close()).doesNotThrowAnyException();
    }

    @Test
    void oneFolderForBothIsFine() {
        assertThatCode(() -> InstanceLock.of(List.of(dir, dir.resolve("x/.."))).close()).doesNotThrowAnyException();
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> InstanceLock.of(List.of(file))).isInstanceOf(UsageException.class).hasMessageContaining("file");
    }
}
