// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import io.github.grokvideo.component.store.PostgresServer;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.awaitility.core.ConditionTimeoutException;

/** Machines, as processes of {@link ClusterNodeMain}, on one database of a PostgreSQL, and what they wrote down. */
final class Cluster implements AutoCloseable {

    /** A video on its way to the user of a node. */
    record Delivered(String node, String jobId, String key, String status, int deliveries, boolean redelivered, String sha256) {
    }

    private static final int LOG_CHARS = 3000;

    private final GrokVideoSimulator simulator;
    private final Path directory;
    private final DataSource database;
    private final String recordsUrl;
    private final String storeUrl;
    private final Path sharedWork;
    private final Map<String, Process> nodes = new TreeMap<>();
    /** What the jobs of all nodes may cost; empty = there is no limit. */
    private final String budget;
    private final List<Path> logs = new ArrayList<>();

    /**
     * @param storePort  where the nodes find the server
     * @param sharedWork null = each node has a work directory of its own
     */
    Cluster(PostgresServer server, int storePort, String database, GrokVideoSimulator simulator, Path directory, Path sharedWork)
            throws SQLException {
        this(server, storePort, database, simulator, directory, sharedWork, "");
    }

    /** @param budget as in the option of that name; empty = none */
    Cluster(PostgresServer server, int storePort, String database, GrokVideoSimulator simulator, Path directory, Path sharedWork,
            String budget) throws SQLException {
        this.budget = budget;
        this.simulator = simulator;
        this.directory = directory;
        this.sharedWork = sharedWork;
        this.storeUrl = PostgresServer.url(storePort, database);
        this.recordsUrl = PostgresServer.url(server.port(), database);
        server.create(database);
        this.database = server.database(database);
        String columns = " (node TEXT, job_id TEXT, key TEXT, status TEXT, deliveries INT, redelivered BOOLEAN, sha256 TEXT)";
        PostgresServer.execute(this.database, "CREATE TABLE test_delivered" + columns + "; CREATE TABLE test_generated" + columns
                + "; CREATE TABLE test_submitted" + columns + "; CREATE TABLE test_event (node TEXT, event TEXT)");
    }

    /** Starts a node; {@link #awaitStarted} waits for it. */
    void start(String name, boolean consumes) throws IOException {
        // The same path on every machine, and another disk behind it; a shared one is the same on all.
        Path machine = Files.createDirectories(directory.resolve(name));
        Path work = sharedWork != null ? sharedWork : Path.of("work");
        // Its log goes where all are searched for keys.
        logs.add(Files.createSymbolicLink(machine.resolve("target"), Path.of("target").toAbsolutePath()));
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory, "-Dgrokvideo.suite=cluster-" + name,
                "-Dnode.name=" + name, "-Dnode.store=" + storeUrl, "-Dnode.records=" + recordsUrl, "-Dnode.work=" + work,
                "-Dnode.shared=" + (sharedWork != null), "-Dnode.consumes=" + consumes, "-Dnode.budget=" + budget,
                "-Dnode.gateway=" + simulator.baseUrl("xai"), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), ClusterNodeMain.class.getName());
        builder.environment().put("GATEWAY_KEY", simulator.apiKey("xai"));
        nodes.put(name, builder.directory(machine.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile()).start());
    }

    void awaitStarted(String... names) {
        until(Duration.ofSeconds(40), () -> count("SELECT COUNT(*) FROM test_event WHERE event = 'started' AND node IN ('"
                + String.join("', '", names) + "')") == names.length);
    }

    /** Gives a node orders, as a broker does. */
    void order(String name, List<String> orders) {
        PrintStream out = new PrintStream(nodes.get(name).getOutputStream(), true, StandardCharsets.UTF_8);
        orders.forEach(out::println);
    }

    /** SIGKILL. @return how the store names it, as a pattern of LIKE */
    String kill(String name) throws InterruptedException {
        Process process = nodes.remove(name);
        assertThat(process.isAlive()).as("lives until it is killed").isTrue();
        process.destroyForcibly().waitFor();
        return process.pid() + "@%";
    }

    /** A clean stop. */
    void stop(String name) throws InterruptedException {
        order(name, List.of("stop"));
        Process process = nodes.remove(name);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(name + " ends").isTrue();
        assertThat(process.exitValue()).as(log(name)).isZero();
    }

    void until(Duration atMost, Callable<Boolean> reached) {
        try {
            await().atMost(atMost).pollInterval(Duration.ofMillis(100)).failFast(
                    () -> nodes.forEach((name, process) -> assertThat(process.isAlive()).as(log(name)).isTrue())).until(reached);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Not reached in " + atMost.toSeconds() + " s. The store has " + store() + ". The nodes said "
                    + nodes.keySet().stream().collect(Collectors.toMap(name -> name, this::endOfLog)), late);
        }
    }

    private List<String> store() {
        try {
            return texts("SELECT CONCAT_WS(' ', 'jobs', state, delivery, node, COUNT(*)) FROM grokvideo_job GROUP BY state, delivery, node"
                    + " UNION ALL SELECT CONCAT_WS(' ', 'node', id, CURRENT_TIMESTAMP - beat_at) FROM grokvideo_node"
                    + " UNION ALL SELECT CONCAT_WS(' ', 'tasks', picked_by, MIN(execution_time) - CURRENT_TIMESTAMP, COUNT(*))"
                    + " FROM grokvideo_tasks GROUP BY picked_by");
        } catch (SQLException e) {
            return List.of(e.toString());
        }
    }

    private String log(String name) {
        try {
            return Files.readString(directory.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String endOfLog(String name) {
        String log = log(name);
        return log.substring(Math.max(0, log.length() - LOG_CHARS));
    }

    long count(String sql) throws SQLException {
        return Long.parseLong(texts(sql).get(0));
    }

    /** @return the first column */
    List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** @param table test_delivered or test_generated */
    List<Delivered> delivered(String table) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY key, deliveries")) {
            List<Delivered> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new Delivered(rows.getString("node"), rows.getString("job_id"), rows.getString("key"), rows.getString("status"),
                        rows.getInt("deliveries"), rows.getBoolean("redelivered"), rows.getString("sha256")));
            }
            return all;
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        for (Process process : nodes.values()) {
            process.destroyForcibly().waitFor();
        }
        for (Path log : logs) {
            Files.delete(log);
        }
    }
}
