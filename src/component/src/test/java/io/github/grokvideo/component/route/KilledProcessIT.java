// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) while its jobs wait loses none of them and pays for none twice. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledProcessIT {

    private static final int JOBS = 10;

    @TempDir
    Path directory;
    private GrokVideoSimulator simulator;
    private Process process;

    @BeforeEach
    void startSimulator() throws Exception {
        simulator = GrokVideoSimulator.builder().port(0).start();
        Files.createDirectories(directory.resolve("inbox"));
        Files.createDirectories(directory.resolve("outbox"));
        for (int number = 0; number < JOBS; number++) {
            // So that each kill finds jobs that wait, and the later ones some that are delivered.
            int seconds = 6 + 6 * (number % 3);
            Files.writeString(directory.resolve("inbox/cat-" + number + ".txt"), "cat " + number + " [[render=" + seconds + "s]]");
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        simulator.close();
    }

    @Test
    void everyVideoIsDeliveredAndPaidOnce() throws Exception {
        start();
        until(() -> tasksAsked() == JOBS);
        assertThat(outbox()).isLessThan(JOBS);
        kill();
        start();
        until(() -> outbox() >= 1);
        kill();
        start();
        until(() -> outbox() >= 5);
        kill();
        start();
        until(() -> outbox() == JOBS && prompts() == 0);

        assertThat(simulator.requests().count(RequestKind.SUBMIT)).as("POSTs").isEqualTo(JOBS);
        assertThat(simulator.ledger().charges()).extracting(LedgerEntry::prompt).hasSize(JOBS).doesNotHaveDuplicates();
        for (SimulatedJob job : simulator.jobs()) {
            String number = job.prompt().replaceFirst("cat (\\d+).*", "$1");
            assertThat(sha256(directory.resolve("outbox/cat-" + number + ".mp4"))).as(job.prompt()).isEqualTo(job.sha256());
        }
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + directory, "-Dgrokvideo.suite=killed-process", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KilledProcessMain.class.getName(), directory.toString(), simulator.baseUrl("xai"));
        builder.environment().put("GATEWAY_KEY", simulator.apiKey("xai"));
        process = builder.redirectErrorStream(true).redirectOutput(directory.resolve("process.log").toFile()).start();
    }

    private void kill() throws InterruptedException {
        assertThat(process.isAlive()).as("lives until it is killed").isTrue();
        process.destroyForcibly().waitFor();
    }

    private void until(Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(50)).pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue()).until(reached);
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("process.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A job that is asked about has its task id in the store. */
    private long tasksAsked() {
        return simulator.requests().entries(RequestKind.POLL).stream().map(LoggedRequest::path).distinct().count();
    }

    private long outbox() throws IOException {
        return count("outbox", ".mp4");
    }

    private long prompts() throws IOException {
        return count("inbox", ".txt");
    }

    private long count(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).count();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
