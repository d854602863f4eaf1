// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** README's own route, as a program: whatever happens to it, each prompt is paid for once at most and becomes a video in the end. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ReadmeSnippetIT {

    /** What a program may log when all is well, and a stop: about 30 lines of Camel and a few of the component. */
    private static final int QUIET = 60;

    @TempDir
    Path directory;
    private GrokVideoSimulator simulator;
    private Process process;
    private int starts;

    @BeforeEach
    void prepare() throws Exception {
        simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofSeconds(1)).start();
        ReadmeSnippet snippet = ReadmeSnippet.read();
        assertThat(snippet.route()).contains("file:inbox", "grokvideo:generate", "file:outbox");
        Files.createDirectories(directory.resolve("inbox"));
        Files.createDirectories(directory.resolve("tmp"));
        Files.writeString(directory.resolve("route.camel.yaml"), snippet.route());
        // Beside README's: where the test's gateway is, and that it answers soon.
        Files.writeString(directory.resolve("application.properties"), snippet.properties() + """

                camel.component.grokvideo.base-url = %s
                camel.component.grokvideo.poll-interval = 100ms
                camel.component.grokvideo.max-poll-interval = 300ms
                """.formatted(simulator.baseUrl("xai")));
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        simulator.close();
    }

    @Test
    void started() throws Exception {
        prompt("fox", "a fox");
        prompt("owl", "an owl");
        start();

        until(() -> outbox() == 2 && prompts() == 0);

        paidOnce(2);
        assertThat(log()).hasSizeLessThan(QUIET);
    }

    @Test
    void killed() throws Exception {
        prompt("fox", "a fox [[render=8s]]");
        start();
        until(() -> tasksAsked() == 1);
        process.destroyForcibly().waitFor();
        start();

        until(() -> outbox() == 1 && prompts() == 0);

        paidOnce(1);
    }

    @Test
    void stopped() throws Exception {
        for (int number = 0; number < 5; number++) {
            prompt("fox-" + number, "fox " + number + " [[render=10s]]");
        }
        start();
        until(() -> tasksAsked() == 5);
        terminate();
        assertThat(outbox()).isZero();
        assertThat(prompts()).isEqualTo(5);
        assertThat(log()).as("no stack traces, few lines").hasSizeLessThan(QUIET).noneMatch(ReadmeSnippetIT::isOfAStackTrace)
                .anyMatch(line -> line.matches(".*INFO.* no caller is waiting for [1-5] jobs any more.*"));
        start();

        until(() -> outbox() == 5 && prompts() == 0);

        paidOnce(5);
    }

    @Test
    void withoutItsWorkDirectory() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("tmp/grokvideo"), "a file where the work directory should be");
        prompt("fox", "a fox");
        start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it does not start").isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(log()).anyMatch(line -> line.contains("workDirectory") && line.contains(inTheWay.toString()));
        assertThat(posts()).isZero();
        Files.delete(inTheWay);
        start();

        until(() -> outbox() == 1 && prompts() == 0);

        paidOnce(1);
    }

    @Test
    void whoseWorkDirectoryGoesAwayAndComesBack() throws Exception {
        start();
        until(() -> log().stream().anyMatch(line -> line.contains("started in")));
        Path work = directory.resolve("tmp/grokvideo");
        FileUtil.removeDir(work.toFile());
        Files.writeString(work, "a file where the work directory was");
        prompt("fox", "a fox");
        await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(30)).until(() -> simulator.jobs().size() <= 1);
        Files.delete(work);

        until(() -> outbox() == 1 && prompts() == 0);

        paidOnce(1);
    }

    @Test
    void withAWrongKey() throws Exception {
        prompt("fox", "a fox");
        prompt("owl", "an owl");
        start("sk-wrong");
        until(() -> posts() >= 1);
        await().during(Duration.ofSeconds(15)).atMost(Duration.ofSeconds(30)).until(() -> posts() <= 8);
        assertThat(log()).hasSizeLessThan(300);
        assertThat(log().stream().filter(line -> line.contains("Failed delivery"))).hasSizeBetween(2, 12);
        terminate();
        assertThat(prompts()).isEqualTo(2);
        start();

        until(() -> outbox() == 2 && prompts() == 0);

        paidOnce(2);
    }

    private void prompt(String name, String text) throws IOException {
        Files.writeString(directory.resolve("inbox/" + name + ".txt"), text);
    }

    private void start() throws IOException {
        start(simulator.apiKey("xai"));
    }

    private void start(String key) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + directory.resolve("tmp"), "-Dlog4j2.configurationFile=log4j2-console.xml",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReadmeSnippetMain.class.getName());
        builder.environment().put("XAI_API_KEY", key);
        process = builder.directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("process-" + ++starts + ".log").toFile()).start();
    }

    /** As a service manager does it. */
    private void terminate() throws InterruptedException {
        assertThat(process.isAlive()).as(String.join("\n", log())).isTrue();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends in time").isTrue();
    }

    private void until(Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(process.isAlive()).as(String.join("\n", log())).isTrue()).until(reached);
    }

    /** A job that is asked about has its task id in the store. */
    private long tasksAsked() {
        return simulator.requests().entries(RequestKind.POLL).stream().map(LoggedRequest::path).distinct().count();
    }

    private long posts() {
        return simulator.requests().count(RequestKind.SUBMIT);
    }

    private void paidOnce(int prompts) {
        assertThat(simulator.ledger().charges()).extracting(LedgerEntry::prompt).hasSize(prompts).doesNotHaveDuplicates();
    }

    /** Of the process that runs now, or ran last. */
    private List<String> log() {
        try {
            return Files.readAllLines(directory.resolve("process-" + starts + ".log"));
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private static boolean isOfAStackTrace(String line) {
        return line.startsWith("\tat ") || line.startsWith("Stacktrace") || line.matches("^(Caused by: )?[\\w.]+Exception.*");
    }

    private long outbox() throws IOException {
        return count("outbox", ".mp4");
    }

    private long prompts() throws IOException {
        return count("inbox", ".txt");
    }

    private long count(String folder, String ending) throws IOException {
        if (!Files.isDirectory(directory.resolve(folder))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).count();
        }
    }
}
