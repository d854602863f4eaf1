// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route files as a user copies them: nothing of the app is there. */
class RoutesIT {

    private static final String TIME = "[0-9]{8}-[0-9]{6}-[0-9A-F]+-[0-9A-F]+";
    private static final String REPORT = ".error.json";
    private static final Path SAMPLE_IMAGE = AppProcess.ROOT.resolve("examples/prompts/media/lighthouse.jpg");

    @TempDir
    Path dir;

    private final Main main = new Main();
    private GrokVideoSimulator simulator;
    private Path inbox;
    private Path outbox;

    @BeforeEach
    void startSimulator() throws IOException {
        simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(500)).start();
        inbox = Files.createDirectories(dir.resolve("in (box), it's"));
        outbox = Files.createDirectories(dir.resolve("out & box"));
    }

    @AfterEach
    void stop() {
        main.stop();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai", "toapis", "reapi", "aivideoapi", "uniall"})
    void aPromptBecomesAVideoThroughEveryGateway(String gateway) throws Exception {
        start("file-to-file", gateway);
        String prompt = "snow fox, v1.2.txt";
        drop(prompt, "A fox runs through snow");

        awaitFiles(outbox, "snow fox, v1.2.mp4");
        assertThat(isMp4(outbox.resolve("snow fox, v1.2.mp4"))).isTrue();
        awaitPutAway(inbox.resolve(".done"), prompt);
        assertThat(simulator.ledger().jobs(gateway)).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(
                () -> assertThat(files(dir.resolve("work"))).as("nothing is left behind").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai", "toapis"})
    void anImageWithItsPromptBecomesAVideo(String gateway) throws Exception {
        start("image-to-video", gateway);
        Path images = Files.createDirectories(inbox.resolve("images"));
        Files.copy(SAMPLE_IMAGE, images.resolve("alone.jpg"));
        Files.copy(SAMPLE_IMAGE, images.resolve("light, house.jpg"));
        drop("images/light, house.txt", "The beam turns");
        Files.copy(SAMPLE_IMAGE, images.resolve("tower.jpg"));
        drop("images/tower.json", "{\"prompt\": \"The tower leans\"}");

        awaitFiles(outbox, "light, house.mp4", "tower.mp4");
        awaitPutAway(images.resolve(".done"), "light, house.jpg", "light, house.txt", "tower.jpg", "tower.json");
        assertThat(simulator.jobs()).extracting(job -> job.prompt())
                .containsExactlyInAnyOrder("The beam turns", "The tower leans");
        assertThat(simulator.jobs()).extracting(job -> job.mode()).allMatch(mode -> mode.contains("image"));
        assertThat(images.resolve("alone.jpg")).exists();
    }

    @Test
    void theImagesOfAPromptAreBesideIt() throws Exception {
        start("file-to-file", "xai");
        Files.createDirectories(inbox.resolve("media"));
        Files.copy(SAMPLE_IMAGE, inbox.resolve("media/a.jpg"));
        drop("fox.json", "{\"prompt\": \"A fox\", \"images\": [\"media/a.jpg\"], \"duration\": 5}");

        awaitFiles(outbox, "fox.mp4");
        assertThat(Mp4Length.seconds(outbox.resolve("fox.mp4"))).hasValue(5);
    }

    @Test
    void aPromptReadsNothingOutsideTheInbox() throws Exception {
        Path secret = Files.writeString(dir.resolve("secret.txt"), "hunter2");
        Path image = Files.copy(SAMPLE_IMAGE, dir.resolve("secret.jpg"));
        Files.createSymbolicLink(inbox.resolve("link.txt"), secret);
        Files.createSymbolicLink(inbox.resolve("link.jpg"), image);
        drop("outside.json", "{\"prompt\": \"A fox\", \"images\": [\"../secret.jpg\"]}");
        drop("linked.json", "{\"prompt\": \"A fox\", \"images\": [\"link.jpg\"]}");
        drop("none.json", "{\"prompt\": \"A fox\", \"images\": [\"none.jpg\"]}");
        drop("root.json", "{\"prompt\": \"A fox\", \"images\": [\"/dev/zero\"]}");
        start("file-to-file", "xai");

        awaitPutAway(inbox.resolve(".failed"), "link.txt", "outside.json", "linked.json", "none.json", "root.json", REPORT, REPORT, REPORT,
                REPORT, REPORT);
        assertThat(report(inbox, "link.txt")).contains("link out of its folder").doesNotContain("hunter2");
        assertThat(report(inbox, "outside.json")).contains("there is no such file in the mediaDirectories");
        assertThat(simulator.ledger().jobs()).isZero();
        assertThat(image).exists();
        assertThat(secret).hasContent("hunter2");
    }

    @Test
    void anImageOrAPromptThatIsALinkOutOfTheFolderIsNotSent() throws Exception {
        Path images = Files.createDirectories(inbox.resolve("images"));
        Files.createSymbolicLink(images.resolve("evil.jpg"), Files.copy(SAMPLE_IMAGE, dir.resolve("secret.jpg")));
        drop("images/evil.txt", "It moves");
        Files.copy(SAMPLE_IMAGE, images.resolve("good.jpg"));
        Files.createSymbolicLink(images.resolve("good.txt"), Files.writeString(dir.resolve("secret.txt"), "hunter2"));
        Files.copy(SAMPLE_IMAGE, images.resolve("tower.jpg"));
        drop("images/tower.txt", "The tower leans");
        start("image-to-video", "xai");

        awaitFiles(outbox, "tower.mp4");
        awaitPutAway(images.resolve(".failed"), "good.jpg", "good.txt", REPORT);
        assertThat(report(images, "good.txt")).contains("link out of its folder").doesNotContain("hunter2");
        assertThat(images.resolve("evil.jpg")).exists();
        assertThat(simulator.jobs()).extracting(job -> job.prompt()).containsExactly("The tower leans");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.writeString(outbox.resolve("fox.mp4"), "old");
        start("file-to-file", "toapis");
        for (String text : List.of("A fox", "Another fox")) {
            drop("fox.txt", text);
            drop("bad.txt", text + " [[fault:job-failed]]");
            await().atMost(Duration.ofSeconds(40)).until(() -> files(inbox).isEmpty());
        }

        awaitFiles(outbox, "fox.mp4", "fox-2.mp4", "fox-3.mp4");
        assertThat(outbox.resolve("fox.mp4")).hasContent("old");
        awaitPutAway(inbox.resolve(".done"), "fox.txt", "fox.txt");
        awaitPutAway(inbox.resolve(".failed"), "bad.txt", "bad.txt", REPORT, REPORT);
        assertThat(contents(inbox.resolve(".done"), "fox.txt")).containsExactlyInAnyOrder("A fox", "Another fox");
        assertThat(contents(inbox.resolve(".failed"), "bad.txt")).containsExactlyInAnyOrder(
                "A fox [[fault:job-failed]]", "Another fox [[fault:job-failed]]");
    }

    /** All failed in the same second, and one of them has a name like that of a report. */
    @Test
    void everyPromptHasAReportOfItsOwn() throws Exception {
        for (String name : List.of("a.json", "b.json", "error.json", "x.error.json")) {
            drop(name, "{\"prompt\": \"A cat\", \"images\": [\"" + name + ".jpg\"]}");
        }
        start("file-to-file", "xai");

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(putAway(inbox.resolve(".failed"))).hasSize(8));
        for (String name : List.of("a.json", "b.json", "error.json", "x.error.json")) {
            assertThat(report(inbox, name)).contains(name + ".jpg");
        }
    }

    @Test
    void promptsOfOneNameDoNotGetInEachOthersWay() throws Exception {
        start("file-to-file", "toapis");
        for (String ending : List.of("txt", "json", "TXT", "JSON")) {
            drop("fox." + ending, ending.equalsIgnoreCase("txt") ? "A fox " + ending : "{\"prompt\": \"A fox " + ending + "\"}");
        }

        awaitFiles(outbox, "fox.mp4", "fox-2.mp4", "fox-3.mp4", "fox-4.mp4");
        awaitPutAway(inbox.resolve(".done"), "fox.txt", "fox.json", "fox.TXT", "fox.JSON");
        for (Path video : List.of(outbox.resolve("fox.mp4"), outbox.resolve("fox-4.mp4"))) {
            assertThat(isMp4(video)).isTrue();
        }
        assertThat(simulator.ledger().jobs()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file-to-file", "image-to-video"})
    void aReportIsThereBeforeItsPromptIsMoved(String route) throws Exception {
        Path folder = route.equals("file-to-file") ? inbox : Files.createDirectories(inbox.resolve("images"));
        List<String> dropped = route.equals("file-to-file") ? List.of("bad.txt") : List.of("bad.jpg", "bad.txt");
        List<String> asTheReportIsThere = new CopyOnWriteArrayList<>();
        main.bind("reports", new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) throws IOException {
                if (event instanceof CamelEvent.ExchangeSentEvent sent && sent.getEndpoint() instanceof FileEndpoint) {
                    assertThat(putAway(folder.resolve(".failed"))).containsExactly(REPORT);
                    asTheReportIsThere.addAll(files(folder));
                }
            }
        });
        start(route, "toapis");
        if (route.equals("image-to-video")) {
            Files.copy(SAMPLE_IMAGE, folder.resolve("bad.jpg"));
        }
        drop(inbox.relativize(folder.resolve("bad.txt")).toString(), "A cat [[fault:job-failed]]");

        await().atMost(Duration.ofSeconds(40)).until(() -> files(folder).isEmpty());
        assertThat(asTheReportIsThere).containsExactlyInAnyOrderElementsOf(dropped);
        assertThat(putAway(folder.resolve(".failed"))).hasSize(dropped.size() + 1).containsAll(dropped).contains(REPORT);
    }

    /** A process that ended between the two: its report stays, and the prompt is moved after the next start. */
    @Test
    void aReportWithoutItsPromptIsKept() throws Exception {
        Path earlier = inbox.resolve(".failed/20200101-000000-0123456789ABCDE-0000000000000001.error.json");
        Files.createDirectories(earlier.getParent());
        Files.writeString(earlier, "of the process that ended");
        start("file-to-file", "toapis");
        drop("bad.txt", "A cat [[fault:job-failed]]");

        awaitPutAway(inbox.resolve(".failed"), "bad.txt", REPORT, REPORT);
        assertThat(report(inbox, "bad.txt")).contains("JOB_FAILED");
        assertThat(earlier).hasContent("of the process that ended");
    }

    @Test
    void aWaitThatEndsTooEarlyAttachesAgainAndIsPaidOnce() throws Exception {
        main.addInitialProperty("camel.component.grokvideo.configuration.waitTimeout", "300ms");
        start("file-to-file", "xai");
        drop("slow.txt", "A snail [[render=2s]]");

        await().atMost(Duration.ofSeconds(20)).until(() -> simulator.ledger().jobs() == 1);
        assertThat(inbox.resolve("slow.txt")).exists();
        awaitFiles(outbox, "slow.mp4");
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
        assertThat(inbox.resolve(".failed")).doesNotExist();
    }

    @Test
    void manyPromptsWaitAtTheSameTime() throws Exception {
        start("file-to-file", "toapis");
        IntStream.range(0, 12).forEach(i -> drop(i + ".txt", "Prompt " + i + " [[render=4s]]"));

        await().atMost(Duration.ofSeconds(30)).until(() -> simulator.ledger().jobs() == 12);
        assertThat(files(outbox)).as("all are at the gateway before the first is done").isEmpty();
        awaitFiles(outbox, IntStream.range(0, 12).mapToObj(i -> i + ".mp4").toArray(String[]::new));
    }

    @Test
    void aPromptThatIsStillBeingWrittenIsNotPaidFor() throws Exception {
        start("file-to-file", "xai");
        Path prompt = inbox.resolve("long.txt");
        Files.writeString(prompt, "one");
        for (String word : List.of(" two", " three", " four")) {
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            Files.writeString(prompt, word, StandardOpenOption.APPEND);
        }

        awaitFiles(outbox, "long.mp4");
        assertThat(simulator.jobs()).singleElement().satisfies(job -> assertThat(job.prompt()).isEqualTo("one two three four"));
    }

    @Test
    void anOutboxThatCannotBeWrittenLosesNothing() throws Exception {
        start("file-to-file", "xai");
        Files.delete(outbox);
        Files.writeString(outbox, "a file where the folder should be");
        drop("fox.txt", "A fox");

        await().atMost(Duration.ofSeconds(30)).until(() -> inFlight() == 1);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(() -> inFlight() == 1);
        assertThat(inbox.resolve("fox.txt")).exists();
        Files.delete(outbox);
        Files.createDirectories(outbox);

        awaitFiles(outbox, "fox.mp4");
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    private int inFlight() {
        return main.getCamelContext().getInflightRepository().size();
    }

    @Test
    void aPromptThatIsTakenAwayStillHasItsResult() throws Exception {
        start("file-to-file", "toapis");
        drop("good.txt", "A dog [[render=2s]]");
        drop("bad.txt", "A cat [[render=2s]] [[fault:job-failed]]");
        await().atMost(Duration.ofSeconds(20)).until(() -> simulator.ledger().jobs() == 2);
        Files.delete(inbox.resolve("good.txt"));
        Files.delete(inbox.resolve("bad.txt"));

        awaitFiles(outbox, "good.mp4");
        awaitPutAway(inbox.resolve(".failed"), REPORT);
    }

    private void start(String route, String gateway) throws Exception {
        main.configure().withRoutesIncludePattern("file:" + AppProcess.ROOT.resolve("routes/" + route + ".camel.yaml"));
        main.configure().withShutdownTimeout(2);
        main.addInitialProperty("inbox", inbox.toString());
        main.addInitialProperty("outbox", outbox.toString());
        main.addInitialProperty("retryDelay", "200");
        main.addInitialProperty("camel.component.grokvideo.provider", gateway);
        main.addInitialProperty("camel.component.grokvideo.apiKey", simulator.apiKey(gateway));
        main.addInitialProperty("camel.component.grokvideo.baseUrl", simulator.baseUrl(gateway));
        main.addInitialProperty("camel.component.grokvideo.pollInterval", "200ms");
        main.addInitialProperty("camel.component.grokvideo.maxPollInterval", "200ms");
        main.addInitialProperty("camel.component.grokvideo.workDirectory", dir.resolve("work").toString());
        main.start();
    }

    private void drop(String name, String text) {
        try {
            Files.writeString(inbox.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void awaitFiles(Path folder, String... names) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(files(folder)).containsExactlyInAnyOrder(names));
    }

    /** Each file was moved into a folder of its own, which is named after the time, and a report has the name of that folder. */
    private static void awaitPutAway(Path folder, String... names) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(putAway(folder)).containsExactlyInAnyOrder(names));
    }

    private static List<String> putAway(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file))
                    .map(file -> folder.relativize(file).toString().replaceFirst(TIME + "/", "").replaceFirst(TIME, "")).toList();
        }
    }

    private static String report(Path folder, String prompt) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(".failed"))) {
            Path failed = all.filter(file -> file.getParent().getFileName().toString().matches(TIME) && file.endsWith(prompt))
                    .findFirst().orElseThrow();
            return Files.readString(failed.getParent().resolveSibling(failed.getParent().getFileName() + REPORT));
        }
    }

    private static List<String> contents(Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<String> contents = new ArrayList<>();
            for (Path file : all.filter(file -> file.endsWith(name)).toList()) {
                contents.add(Files.readString(file));
            }
            return contents;
        }
    }

    private static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
        }
    }

    private static boolean isMp4(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(8), StandardCharsets.ISO_8859_1).endsWith("ftyp");
        }
    }
}
