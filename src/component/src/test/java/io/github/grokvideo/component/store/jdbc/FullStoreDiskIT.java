// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.store.Jobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that fills up, and has room again. Needs the right to mount one. */
class FullStoreDiskIT {

    @TempDir
    Path directory;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0, "no right to mount a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }

    @Test
    void theStoreGoesOnWhenThereIsRoomAgain() throws Exception {
        List<String> stored = new ArrayList<>();
        try (JdbcJobStore store = JdbcJobStore.open(disk.resolve("jobs"), true)) {
            for (int i = 0; i < 20; i++) {
                store.insert(Jobs.full("before-" + i));
                stored.add("before-" + i);
            }
            for (int round = 0; round < 3; round++) {
                Path filler = disk.resolve("filler");
                fill(filler);
                assertThat(insertUntilRefused(store, "full-" + round, stored)).as("refused").isTrue();
                Files.delete(filler);

                store.insert(Jobs.full("after-" + round));
                stored.add("after-" + round);
                assertThat(store.findAll(stored)).as("round " + round).hasSameSizeAs(stored);
            }
        }
        try (JdbcJobStore store = JdbcJobStore.open(disk.resolve("jobs"), true)) {
            assertThat(store.findAll(stored)).hasSameSizeAs(stored);
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] piece = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private static boolean insertUntilRefused(JdbcJobStore store, String name, List<String> stored) {
        for (int i = 0; i < 1000; i++) {
            String id = name + "-" + i;
            try {
                store.insert(Jobs.full(id));
                stored.add(id);
            } catch (StoreUnavailableException full) {
                return true;
            }
        }
        return false;
    }
}
