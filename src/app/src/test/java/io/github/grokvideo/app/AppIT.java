// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user does with the app. */
class AppIT {

    @TempDir
    Path dir;

    private Path inbox;
    private Path outbox;
    private Path prompts;

    @BeforeEach
    void folders() throws IOException {
        inbox = dir.resolve("in box");
        outbox = dir.resolve("outbox");
        prompts = Files.createDirectories(dir.resolve("prompts"));
    }

    @Test
    void theDemoMakesAVideoOfEverySample() throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(), "--once", "--inbox=" + inbox, "--outbox=" + outbox)) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();

            assertThat(names(outbox)).containsExactlyInAnyOrder("snow-fox.mp4", "rainy-city.mp4", "lighthouse.mp4",
                    "fox-and-lantern.mp4", "kite-at-night.mp4", "kite-flies-on.mp4", "paper-boat.mp4", "starry-night.mp4");
            assertThat(app.out()).contains("on the simulator: no key, no cost")
                    .containsPattern("file +provider +model +seconds +size +cost +time taken")
                    .containsPattern("rainy-city.mp4 +xai +grok-imagine-video +6 +.* USD +\\d+\\.\\d s")
                    .doesNotContain("WARN", "ERROR", "Exception", "failed", "\u001B", "Console:");
            assertThat(app.err()).isEmpty();
            assertThat(names(inbox)).containsExactlyInAnyOrder("images", "media");
            assertThat(putAway(inbox.resolve(".done"))).hasSize(7).contains("snow-fox.txt");
            assertThat(putAway(inbox.resolve("images/.done"))).containsExactlyInAnyOrder("paper-boat.jpg", "paper-boat.txt");
            assertThat(inbox.resolve(".failed")).doesNotExist();
            assertThat(permissions(dir.resolve("data"))).isEqualTo("rwx------");
            assertThat(permissions(dir.resolve("data/work"))).isEqualTo("rwx------");
            assertThat(permissions(dir.resolve("app.log"))).isEqualTo("rw-------");
            assertThat(permissions(inbox.resolve(InstanceLock.FILE))).isEqualTo("rw-------");
            assertThat(permissions(outbox.resolve("snow-fox.mp4"))).as("the user's")
                    .isEqualTo(permissions(Files.createFile(dir.resolve("usual"))));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatFailsForGoodIsPutAwayWithItsReason() throws Exception {
        Files.writeString(prompts.resolve("bad.txt"), "A cat [[render=1s]] [[fault:job-moderated]]");
        Files.writeString(prompts.resolve("typo.json"), "{\"prompt\": \"A cat\", \"duratoin\": 4}");
        Files.writeString(prompts.resolve("good.txt"), "A dog [[render=1s]]");

        try (AppProcess app = new AppProcess(
                dir, Map.of(), "--once", "--inbox=" + inbox, "--outbox=" + outbox, "--prompts=" + prompts)) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isEqualTo(GrokVideoApp.FAILED);

            assertThat(app.out()).contains("bad.txt: MODERATED: ", "typo.json: INVALID_REQUEST: ").doesNotContain("\tat ");
            assertThat(app.err()).isEmpty();
            assertThat(names(outbox)).containsExactly("good.mp4");
            assertThat(putAway(inbox.resolve(".failed"))).containsExactlyInAnyOrder("bad.txt", ".error.json", "typo.json", ".error.json");
            JsonNode error = report("bad.txt");
            assertThat(error.path("type").asText()).isEqualTo("MODERATED");
            assertThat(error.path("charged").asText()).isEqualTo("yes");
            assertThat(error.path("provider").asText()).isEqualTo("xai");
            assertThat(error.path("jobId").asText()).isNotEmpty();
            assertThat(error.path("taskId").asText()).isNotEmpty();
            assertThat(error.path("message").asText()).isNotEmpty();
            JsonNode typo = report("typo.json");
            assertThat(typo.path("message").asText()).contains("did you mean duration?");
        }
    }

    @Test
    void aFileDroppedWhileItWatchesBecomesAVideo() throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(), "--inbox=" + inbox, "--outbox=" + outbox, "--prompts=" + prompts)) {
            awaitOutput(app, "Watching ");
            Path aside = Files.writeString(inbox.resolve(".fox.part"), "A fox [[render=1s]]");
            Files.move(aside, inbox.resolve("fox.txt"), StandardCopyOption.ATOMIC_MOVE);

            awaitOutput(app, "fox.mp4");
            assertThat(names(outbox)).containsExactly("fox.mp4");
            app.interrupt();
            assertThat(app.exitCode()).isEqualTo(128 + 15);
            assertThat(app.out()).endsWith("Stopped.\n");
            assertThat(app.err()).isEmpty();
        }
    }

    @Test
    void aStopWhileAJobWaitsTakesSecondsAndLosesNoPrompt() throws Exception {
        Files.writeString(prompts.resolve("slow.txt"), "A snail [[render=10m]]");

        try (AppProcess app = new AppProcess(dir, Map.of(), "--inbox=" + inbox, "--outbox=" + outbox, "--prompts=" + prompts)) {
            awaitOutput(app, "waiting");
            long stopped = System.nanoTime();
            app.interrupt();
            app.exitCode();

            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(5));
            assertThat(app.out()).contains("Stopped. 1 prompt of ")
                    .endsWith(" will be taken up by the next start, without paying twice.\n");
            assertThat(inbox.resolve("slow.txt")).exists();
            assertThat(inbox.resolve(".failed")).doesNotExist();
        }
    }

    @Test
    void anotherRouteRunsWithItsSamplesAndTheServersItNeeds() throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(), "--routes=image-drop-to-video,failover", "--with=s3",
                "--inbox=" + inbox, "--outbox=" + outbox)) {
            Path bucket = dir.resolve("data/s3/videos/videos");
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.isDirectory(bucket) && names(bucket).size() == 1
                    && Files.isDirectory(outbox.resolve("failover")) && names(outbox.resolve("failover")).size() == 2);

            assertThat(app.out()).contains("S3 at http://127.0.0.1:", "Running image-drop-to-video, failover.");
            app.interrupt();
            assertThat(app.exitCode()).isEqualTo(128 + 15);
            assertThat(app.out()).endsWith("Stopped.\n");
            assertThat(app.err()).isEmpty();
        }
    }

    @Test
    void aSecondInstanceEndsWithOneLine() throws Exception {
        try (InstanceLock lock = InstanceLock.of(List.of(inbox));
             AppProcess app = new AppProcess(dir, Map.of(), "--inbox=" + inbox, "--outbox=" + outbox)) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);

            assertThat(app.err().lines()).singleElement().asString().contains("Another instance", inbox.toRealPath().toString());
            assertThat(app.out()).isEmpty();
            assertThat(names(inbox)).isEmpty();
        }
    }

    @Test
    void withAGatewayTheSameCommandUsesIt() throws Exception {
        Files.writeString(prompts.resolve("fox.txt"), "A fox [[render=1s]]");
        Files.writeString(prompts.resolve("made.txt"), "An old one");
        Files.createDirectories(outbox);
        Files.writeString(outbox.resolve("made.mp4"), "made before");

        try (GrokVideoSimulator gateway = GrokVideoSimulator.builder().port(0).start()) {
            Map<String, String> environment = Map.of("GROKVIDEO_PROVIDER", "toapis",
                    "GROKVIDEO_API_KEY", gateway.apiKey("toapis"), "GROKVIDEO_BASE_URL", gateway.baseUrl("toapis"));
            try (AppProcess app = new AppProcess(
                    dir, environment, "--once", "--inbox=" + inbox, "--outbox=" + outbox, "--prompts=" + prompts)) {
                assertThat(app.exitCode()).as(app.out() + app.err()).isZero();

                assertThat(gateway.ledger().jobs("toapis")).isEqualTo(1);
                assertThat(app.out()).contains("through toapis. Every prompt is paid for.", "1 sample left out", "fox.mp4")
                        .doesNotContain(gateway.apiKey("toapis"));
                assertThat(Files.readString(dir.resolve("app.log"))).doesNotContain(gateway.apiKey("toapis"));
                assertThat(outbox.resolve("made.mp4")).hasContent("made before");
                assertThat(names(dir.resolve("data/jobs/toapis"))).contains("jobs.mv.db");
            }
        }
    }

    /** What each of them cannot do is left out before anything is sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "xai        | 8 | -",
            "toapis     | 5 | kite-at-night.json: mode=edit: is not a mode of grok-imagine-1.0-video",
            "reapi      | 3 | lighthouse.json: images=examples/prompts/media/lighthouse.jpg: reapi takes public URLs only",
            "aivideoapi | 3 | fox-and-lantern.json: mode=reference-to-video: is not a mode of grok-imagine-text-to-video",
            "uniall     | 3 | kite-flies-on.json: video=examples/prompts/media/kite.mp4: uniall takes public URLs only"})
    void theSamplesSuitTheGateway(String gateway, int videos, String leftOut) throws Exception {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(500)).start()) {
            Map<String, String> environment = Map.of("GROKVIDEO_PROVIDER", gateway,
                    "GROKVIDEO_API_KEY", simulator.apiKey(gateway), "GROKVIDEO_BASE_URL", simulator.baseUrl(gateway));
            try (AppProcess app = new AppProcess(dir, environment, "--once", "--inbox=" + inbox, "--outbox=" + outbox)) {
                assertThat(app.exitCode()).as(app.out() + app.err()).isZero();

                assertThat(names(outbox)).hasSize(videos).contains("snow-fox.mp4", "starry-night.mp4", "rainy-city.mp4");
                assertThat(simulator.ledger().jobs(gateway)).isEqualTo(videos);
                assertThat(simulator.requests().count(RequestKind.SUBMIT)).as("none was refused by the gateway").isEqualTo(videos);
                assertThat(inbox.resolve(".failed")).doesNotExist();
                assertThat(app.err()).isEmpty();
                if (leftOut.equals("-")) {
                    assertThat(app.out()).doesNotContain("left out");
                } else {
                    assertThat(app.out()).contains(8 - videos + " samples left out, which " + gateway, leftOut);
                    assertThat(app.out().lines().filter(line -> line.startsWith("  ") && line.contains(".json: ")))
                            .as("one reason each").noneMatch(line -> line.contains("; "));
                }
                assertThat(app.out().contains(" est. ")).as("only xAI and ToAPIs tell a cost or none is known")
                        .isEqualTo(gateway.equals("reapi") || gateway.equals("aivideoapi"));
            }
        }
    }

    @Test
    void promptsOfOneNameAreAllDone() throws Exception {
        Files.writeString(prompts.resolve("fox.txt"), "A fox [[render=1s]]");
        Files.writeString(prompts.resolve("fox.json"), "{\"prompt\": \"A fox [[render=1s]]\"}");

        try (AppProcess app = new AppProcess(
                dir, Map.of(), "--once", "--inbox=" + inbox, "--outbox=" + outbox, "--prompts=" + prompts)) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();

            assertThat(names(outbox)).containsExactlyInAnyOrder("fox.mp4", "fox-2.mp4");
            assertThat(app.out()).doesNotContain("failed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--twice | GROKVIDEO_X        | Unknown argument --twice",
            "--routes=none | GROKVIDEO_X | --routes knows no route 'none': there are completed-to-email, csv-batch, failover",
            "--routes=image-drop-to-video | GROKVIDEO_X | The route image-drop-to-video needs s3: start one with --with=s3",
            "--once  | GROKVIDEO_PROVIDER | GROKVIDEO_PROVIDER is 'none', which is none of xai, toapis",
            "--once  | GROKVIDEO_API_KEY  | GROKVIDEO_API_KEY is set, but not whose it is"})
    void aMistakeIsSaidInOneLine(String argument, String variable, String message) throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(variable, "none"), argument, "--inbox=" + inbox)) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);
            assertThat(app.err().lines()).singleElement().asString().startsWith(message);
            assertThat(inbox).doesNotExist();
        }
    }

    @Test
    void helpExplains() throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(), "--help")) {
            assertThat(app.exitCode()).isZero();
            assertThat(app.out()).isEqualTo(AppCommandLine.help());
        }
    }

    private static void awaitOutput(AppProcess app, String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> app.out().contains(text) || !app.isAlive());
    }

    /** The names of the files below a folder, without the times of which folders and reports have their names. */
    private static List<String> putAway(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .map(name -> name.replaceFirst("^[0-9]{8}-[^.]*", "")).toList();
        }
    }

    /** What is said of a prompt that failed: beside the folder that the prompt is in. */
    private JsonNode report(String prompt) throws IOException {
        try (Stream<Path> files = Files.walk(inbox.resolve(".failed"))) {
            Path folder = files.filter(file -> file.endsWith(prompt)).findFirst().orElseThrow().getParent();
            return new ObjectMapper().readTree(folder.resolveSibling(folder.getFileName() + ".error.json").toFile());
        }
    }

    /** What is neither hidden nor a lock. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).toList();
        }
    }
}
