// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of {@link CrashPointMain}. */
final class CrashPointProcess {

    private final CrashLife life;
    private final Path folder;
    private final CrashPointMain.Outside outside;

    CrashPointProcess(CrashLife life, Path folder, CrashPointMain.Outside outside) {
        this.life = life;
        this.folder = folder;
        this.outside = outside;
    }

    /** @return what it passes that nothing happens to, in order */
    List<String> points() throws Exception {
        Path passed = folder.resolve(CrashPointMain.PASSED);
        Process process = start(null);
        try {
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                    .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
                    .until(() -> Files.exists(passed) && life.isWhole(Files.readAllLines(passed)));
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<String> points = Files.readAllLines(passed);
        int end = 1;
        while (!life.isWhole(points.subList(0, end))) {
            end++;
        }
        return points.subList(0, end);
    }

    /** @return whether it has ended at the point */
    boolean endsAt(String point) throws Exception {
        Process process = start(point);
        try {
            return process.waitFor(40, TimeUnit.SECONDS) && process.exitValue() == CrashPointMain.HALTED;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String point) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder,
                "-Dgrokvideo.suite=crash-points-" + Thread.currentThread().getName(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashPointMain.class.getName(), folder.toString(), life.name(), outside.baseUrl(), outside.places()));
        if (point != null) {
            command.add(point);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GATEWAY_KEY", outside.key());
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("process.log").toFile()).start();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("process.log"));
    }
}
