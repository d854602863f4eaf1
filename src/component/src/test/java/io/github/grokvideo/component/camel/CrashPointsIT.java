// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that ends (halt, as by SIGKILL) right before or right after any write to its store, any call to the gateway and any step of
 * the timer: what the next one makes of it. The points are those a whole run passes, not a list kept by hand.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CrashPointsIT {

    private static final int AT_ONCE = 2;
    private static final String SENT = "after http submit #1";

    enum Life {
        ATTACHED("xai", true, "[[render=0s]] [[fault:unknown-status]] [[fault:download-reset]]"),
        DETACHED("xai", false, "[[render=0s]] [[fault:unknown-status]] [[fault:download-reset]]"),
        /** The gateway is asked about the job whose answer was lost. */
        ATTACHED_LOOKED_UP("toapis", true, "[[render=0s]] [[fault:reset-after-create]]"),
        DETACHED_LOOKED_UP("toapis", false, "[[render=0s]] [[fault:reset-after-create]]");

        private final String provider;
        private final boolean attached;
        private final String faults;

        Life(String provider, boolean attached, String faults) {
            this.provider = provider;
            this.attached = attached;
            this.faults = faults;
        }

        private String delivery() {
            return attached ? "ATTACHED" : "DETACHED";
        }

        private String submitting() {
            return "store update NEW/" + delivery() + " > SUBMITTING/" + delivery() + " #1";
        }

        private String accepted() {
            return "store update SUBMITTING/" + delivery() + " > ACCEPTED/" + delivery() + " #1";
        }

        /** The rest is the same as at a gateway that answers; and one that has nothing would be asked for two minutes. */
        private List<String> judged(List<String> points) {
            return provider.equals("xai") ? points
                    : points.subList(points.indexOf(SENT), points.indexOf("after " + accepted()) + 1);
        }
    }

    @TempDir
    Path directory;
    private GrokVideoSimulator simulator;
    private ExecutorService workers;

    @BeforeEach
    void start() {
        simulator = GrokVideoSimulator.builder().port(0).start();
        workers = Executors.newFixedThreadPool(AT_ONCE);
        JdbcConnectionPool pool = CrashPointMain.pool(directory);
        JdbcJobStore.open(pool, true).close();
        pool.dispose();
    }

    @AfterEach
    void stop() throws Exception {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void whereverAProcessEndsItsJobIsPaidAtMostOnceAndDeliveredOrReported(Life life) throws Exception {
        long begun = System.nanoTime();
        List<String> points = life.judged(pointsOf(life));
        assertThat(points).contains(SENT, "after " + life.accepted());

        List<Future<String>> endings = new ArrayList<>();
        for (int number = 0; number < points.size(); number++) {
            Path folder = directory.resolve("point-" + number);
            String point = points.get(number);
            endings.add(workers.submit(() -> ending(life, folder, point)));
        }
        int unknown = 0;
        List<String> wrong = new ArrayList<>();
        for (int number = 0; number < points.size(); number++) {
            String ending = endings.get(number).get();
            boolean inDoubt = mayBeInDoubt(life, points, number);
            unknown += ending.equals("SUBMIT_UNKNOWN") ? 1 : 0;
            if (!ending.equals(inDoubt ? "SUBMIT_UNKNOWN" : "mp4")) {
                wrong.add(points.get(number) + ": " + ending);
            }
        }

        System.out.printf("Crash points, %s: %d halted %s, %d delivered, %d reported unknown, %d wrong, %d s%n", life,
                points.size(), kinds(points), points.size() - unknown - wrong.size(), unknown, wrong.size(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        assertThat(wrong).isEmpty();
    }

    /** From the row that says that the POST begins until the row that has its task id; a gateway that can be asked leaves no doubt. */
    private static boolean mayBeInDoubt(Life life, List<String> points, int number) {
        return life.provider.equals("xai") && number >= points.indexOf("after " + life.submitting())
                && number <= points.indexOf("before " + life.accepted());
    }

    /** @return how many points there are by what happens there: {@code store}, {@code http} ... */
    private static Map<String, Long> kinds(List<String> points) {
        return points.stream().collect(Collectors.groupingBy(point -> point.split(" ")[1], TreeMap::new, Collectors.counting()));
    }

    /** @return what a process passes that nothing happens to, in order */
    private List<String> pointsOf(Life life) throws Exception {
        Path folder = folder(directory.resolve("whole"), life);
        Path passed = folder.resolve(CrashPointMain.PASSED);
        String end = "> DELIVERED/" + (life.attached ? "ATTACHED" : "ACKNOWLEDGED") + " #1";
        Process process = process(life, folder, null);
        try {
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                    .failFast(() -> assertThat(process.isAlive()).as(log(folder)).isTrue())
                    .until(() -> Files.exists(passed) && Files.readAllLines(passed).stream()
                            .anyMatch(point -> point.startsWith("after ") && point.endsWith(end)));
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<String> points = Files.readAllLines(passed);
        int last = 0;
        while (!points.get(last).startsWith("after ") || !points.get(last).endsWith(end)) {
            last++;
        }
        return points.subList(0, last + 1);
    }

    /** @return the one outcome in the outbox: {@code mp4}, or an error's type; else what is wrong */
    private String ending(Life life, Path folder, String point) throws Exception {
        folder(folder, life);
        Process process = process(life, folder, point);
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS) || process.exitValue() != CrashPointMain.HALTED) {
                return "the process did not come to this point: " + log(folder);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return seenThrough(life, folder);
    }

    private String seenThrough(Life life, Path folder) throws Exception {
        JdbcConnectionPool pool = CrashPointMain.pool(folder);
        GrokVideoComponent component = new GrokVideoComponent();
        CamelContext context = CrashPointMain.context(folder, component, pool, life.provider, simulator.baseUrl(life.provider),
                simulator.apiKey(life.provider), life.attached);
        try {
            context.start();
            String stuck = until(() -> names(folder.resolve("inbox")).isEmpty() && !names(folder.resolve("outbox")).isEmpty()
                    && jobs(component).stream().allMatch(CrashPointsIT::isSettled));
            if (stuck != null) {
                return stuck + jobs(component) + jobs(component).stream().map(VideoJob::delivery).toList();
            }
        } finally {
            context.stop();
            pool.dispose();
        }
        return judgement(folder);
    }

    private static String until(Callable<Boolean> reached) {
        try {
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(reached);
            return null;
        } catch (ConditionTimeoutException stuck) {
            return "not seen through ";
        }
    }

    private static List<VideoJob> jobs(GrokVideoComponent component) {
        return component.getEngine().store().list(job -> true, 10);
    }

    private static boolean isSettled(VideoJob job) {
        return job.state().isEnded() && (job.state() != JobState.DELIVERED || job.node() == null)
                && job.delivery().state() != JobDelivery.State.OFFERED && job.delivery().state() != JobDelivery.State.CLAIMED
                || job.state() == JobState.UNKNOWN && job.delivery().at() != null;
    }

    private String judgement(Path folder) throws Exception {
        List<String> outcomes = names(folder.resolve("outbox"));
        if (outcomes.size() != 1) {
            return "outcomes " + outcomes;
        }
        List<SimulatedJob> created = simulator.jobs().stream().filter(job -> job.prompt().startsWith(prompt(folder))).toList();
        long charges = simulator.ledger().charges().stream().map(LedgerEntry::prompt).filter(prompt -> prompt.startsWith(prompt(folder)))
                .count();
        if (created.size() > 1 || charges > 1) {
            return "paid " + charges + " times for " + created.size() + " jobs";
        }
        Path outcome = folder.resolve("outbox").resolve(outcomes.get(0));
        if (outcome.toString().endsWith(".mp4") && (created.isEmpty() || !sha256(outcome).equals(created.get(0).sha256()))) {
            return "other bytes than the gateway's";
        }
        return outcomes.get(0).replaceFirst("^cat\\.", "");
    }

    private Path folder(Path folder, Life life) throws IOException {
        Files.createDirectories(folder.resolve("outbox"));
        Files.createDirectories(folder.resolve("inbox"));
        Files.copy(directory.resolve("jobs.mv.db"), folder.resolve("jobs.mv.db"));
        Files.writeString(folder.resolve("inbox/cat.txt"), prompt(folder) + life.faults);
        return folder;
    }

    private static String prompt(Path folder) {
        return "a cat, " + folder.getFileName() + ", ";
    }

    private Process process(Life life, Path folder, String point) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder,
                "-Dgrokvideo.suite=crash-points-" + Thread.currentThread().getName(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashPointMain.class.getName(), folder.toString(), life.provider, simulator.baseUrl(life.provider),
                life.attached ? "attached" : "detached"));
        if (point != null) {
            command.add(point);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GATEWAY_KEY", simulator.apiKey(life.provider));
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("process.log").toFile()).start();
    }

    private static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("process.log"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
