// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    @TempDir
    Path dir;

    @Test
    void aLockHasOneHolderInThisProcess() throws IOException {
        Path file = dir.resolve("lock");
        try (ProcessLock lock = ProcessLock.tryAcquire(file).orElseThrow()) {
            assertThat(ProcessLock.tryAcquire(dir.resolve("x/../lock"))).isEmpty();
            assertThat(ProcessLock.isHeldHere(file)).isTrue();
            assertThat(ProcessLock.holder(file)).isEqualTo("process " + ProcessHandle.current().pid());
        }
        assertThat(ProcessLock.isHeldHere(file)).isFalse();
        ProcessLock.tryAcquire(file).orElseThrow().close();
    }

    @Test
    void anotherProcessIsNamedAndItsLockGoesWithIt() throws Exception {
        Path file = dir.resolve("lock");
        Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "-cp", System.getProperty("java.class.path"), Holder.class.getName(), file.toString()).start();
        try {
            assertThat(other.getInputStream().read()).as("the other process has the lock").isEqualTo('+');

            assertThat(ProcessLock.tryAcquire(file)).isEmpty();
            assertThat(ProcessLock.isHeldHere(file)).isFalse();
            assertThat(ProcessLock.holder(file)).isEqualTo("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        ProcessLock.tryAcquire(file).orElseThrow().close();
    }

    /** Takes the lock, and keeps it until it is killed. */
    static final class Holder {

        public static void main(String[] args) throws IOException {
            try (ProcessLock lock = ProcessLock.tryAcquire(Path.of(args[0])).orElseThrow()) {
                System.out.print(ProcessLock.isHeldHere(Path.of(args[0])) ? '+' : '-');
                System.out.flush();
                while (System.in.read() >= 0) {
                    continue;
                }
            }
        }
    }
}
