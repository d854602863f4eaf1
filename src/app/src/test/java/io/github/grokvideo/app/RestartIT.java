// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app ends in the middle, and the same command is given again. */
class RestartIT {

    private static final String[] VIDEOS = {"snow-fox.mp4", "rainy-city.mp4", "lighthouse.mp4", "fox-and-lantern.mp4", "kite-at-night.mp4",
            "kite-flies-on.mp4", "paper-boat.mp4", "starry-night.mp4"};
    private static final Pattern ACCEPTED = Pattern.compile("(?m)^(\\S+) +waiting");

    @TempDir
    Path dir;

    private Path outbox;
    private Path prompts;

    @BeforeEach
    void folders() throws IOException {
        outbox = dir.resolve("outbox");
        prompts = Files.createDirectories(dir.resolve("prompts"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNextStartTakesTheJobsUpAndPaysForNoneTwice(boolean killed) throws Exception {
        try (AppProcess app = app()) {
            awaitThat(app, () -> accepted(app.out()) == VIDEOS.length);
            end(app, killed);
            assertThat(videos()).hasSizeLessThan(VIDEOS.length);
        }

        try (AppProcess app = app("--once")) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();
            assertThat(app.out()).doesNotContain("WARN", "ERROR", "Exception", "failed");
        }
        assertThat(videos()).containsExactlyInAnyOrder(VIDEOS);
        assertThat(charged()).hasSize(VIDEOS.length).doesNotHaveDuplicates();

        try (AppProcess app = app("--once")) {
            assertThat(app.exitCode()).isZero();
            assertThat(app.out()).contains(VIDEOS.length + " samples left out: the video is already in ");
        }
        assertThat(videos()).containsExactlyInAnyOrder(VIDEOS);
        assertThat(charged()).hasSize(VIDEOS.length);
    }

    /** How many prompts have a job whose task id is stored. */
    private static long accepted(String out) {
        return ACCEPTED.matcher(out).results().map(match -> match.group(1)).distinct().count();
    }

    private static void end(AppProcess app, boolean killed) throws Exception {
        if (killed) {
            app.kill();
        } else {
            app.interrupt();
            assertThat(app.exitCode()).isEqualTo(128 + 15);
            assertThat(app.out()).contains("will be taken up by the next start, without paying twice.");
        }
    }

    @Test
    void aVideoThatWasBeingFetchedIsFoundWhereverTheSimulatorListensNow() throws Exception {
        Files.writeString(prompts.resolve("fox.txt"), "A fox [[render=1s]] [[fault:download-stall]]");
        try (AppProcess app = app("--prompts=" + prompts)) {
            awaitThat(app, () -> app.out().contains("downloading") && Files.readString(journal()).contains("\"change\""));
            app.kill();
        }

        try (ServerSocket taken = new ServerSocket(port(), 1, InetAddress.getLoopbackAddress());
             AppProcess app = app("--once", "--prompts=" + prompts)) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();
            assertThat(port()).isNotEqualTo(taken.getLocalPort());
        }
        assertThat(videos()).containsExactly("fox.mp4");
        assertThat(charged()).hasSize(1);
    }

    @Test
    void aDataFolderThatIsInUseEndsTheSecondStartWithOneLine() throws Exception {
        try (InstanceLock lock = InstanceLock.of(List.of(dir.resolve("data")));
             AppProcess app = app()) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);

            assertThat(app.err().lines()).singleElement().asString()
                    .contains("Another instance is already at work in " + dir.resolve("data").toRealPath(), "GROKVIDEO_DATA=DIR");
            assertThat(app.out()).isEmpty();
        }
    }

    @Test
    void aStoreThatCannotBeReadEndsTheStartWithOneLine() throws Exception {
        Files.createDirectories(journal().getParent());
        Files.writeString(journal(), "nonsense\n");

        try (AppProcess app = app()) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);

            assertThat(app.err().lines()).singleElement().asString().contains(journal() + ", line 1", "delete the folder");
        }
    }

    private AppProcess app(String... more) throws IOException {
        List<String> arguments = Stream.concat(
                Stream.of("--inbox=" + dir.resolve("inbox"), "--outbox=" + outbox), Stream.of(more)).toList();
        return new AppProcess(dir, Map.of(), arguments.toArray(String[]::new));
    }

    private static void awaitThat(AppProcess app, Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(app.isAlive()).as(app.out() + app.err()).isTrue()).until(reached);
    }

    private Path journal() {
        return dir.resolve("data/simulator/journal.jsonl");
    }

    private int port() throws IOException {
        return new ObjectMapper().readTree(dir.resolve("data/simulator/identity.json").toFile()).path("port").asInt();
    }

    /** The prompt of every job that the demo's simulator has ever made. */
    private List<String> charged() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().store(dir.resolve("data/simulator")).start()) {
            return simulator.ledger().charges().stream().map(LedgerEntry::prompt).toList();
        }
    }

    private List<String> videos() throws IOException {
        try (Stream<Path> files = Files.list(outbox)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).toList();
        }
    }
}
