// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.PostgresServer;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.postgresql.ds.PGSimpleDataSource;

/** Many jobs in a PostgreSQL of their own (fsync on), at a gateway that never finishes. */
final class PostgresJobs implements AutoCloseable {

    final AtomicLong polls = new AtomicLong();
    final PGSimpleDataSource database = new PGSimpleDataSource();
    private final Path directory;
    private final PostgresServer server;
    private final HikariDataSource pool;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer gateway;

    private PostgresJobs(Path directory, PostgresServer server, int connections, int latency) throws Exception {
        this.directory = directory;
        this.server = server;
        server.create("scale");
        database.setUrl(PostgresServer.url(server.port(), "scale"));
        // Filling the tables takes one long statement.
        database.setSocketTimeout(0);
        pool = PostgresServer.pool(database, connections);
        gateway = vertx.createHttpServer().requestHandler(request -> {
            polls.incrementAndGet();
            Runnable answer = () -> request.response().setStatusCode(202).putHeader("Content-Type", "application/json")
                    .end("{\"status\":\"pending\"}");
            if (latency == 0) {
                answer.run();
            } else {
                vertx.setTimer(latency, due -> answer.run());
            }
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    }

    /**
     * @param connections in the pool
     * @param latency     of the gateway, in milliseconds
     */
    static PostgresJobs start(int connections, int latency) throws Exception {
        // The tests' log shows every step.
        Configurator.setLevel("io.github.grokvideo", Level.INFO);
        Path directory = Files.createTempDirectory("grokvideo-scale");
        return new PostgresJobs(directory, PostgresServer.start(directory.resolve("data")), connections, latency);
    }

    /**
     * Stores jobs that the gateway has accepted.
     *
     * @param further fields that all of them have
     * @param sql     run when they are stored
     */
    void fill(int jobs, Consumer<JobFields> further, String sql) throws SQLException {
        try (JdbcJobStore store = JdbcJobStore.open(pool, true)) {
            Instant now = Instant.now();
            store.insert(VideoJob.create("job-0", "default", "xai", now, job -> further.accept(job.model("grok-imagine-video")
                    .mode(Mode.TEXT_TO_VIDEO).request(VideoRequest.ofPrompt("a paper boat on a river at dawn, slow camera"))
                    .requestHash("ab12").state(JobState.ACCEPTED).taskId("task-0").acceptedAt(now).submits(1))));
        }
        PostgresServer.execute(database, """
                INSERT INTO grokvideo_job SELECT 'job-' || i, account, provider, job_key, 'task-' || i, state, created_at, video_at, \
                ended_at,
                    revision, REPLACE(job, 'task-0', 'task-' || i), model, tag, node, delivery, deliver_at
                    FROM grokvideo_job, generate_series(1, %d) i WHERE id = 'job-0';
                """.formatted(jobs - 1) + sql);
        PostgresServer.execute(database, "VACUUM ANALYZE");
    }

    /** @return started; its engine starts with the first use */
    DefaultCamelContext context(Duration pollInterval) {
        DefaultCamelContext context = new DefaultCamelContext();
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(pool);
        component.setWorkDirectory(directory.resolve("work").toString());
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + gateway.actualPort() + "/v1");
        component.getConfiguration().setApiKey("no-key");
        component.getConfiguration().setPollInterval(pollInterval);
        component.getConfiguration().setMaxPollInterval(pollInterval);
        context.start();
        return context;
    }

    /** @return seconds of CPU time of this process, with the component and the gateway */
    static double cpuHere() {
        return cpu(Stream.of(ProcessHandle.current()));
    }

    /** @return seconds of CPU time of PostgreSQL */
    double cpuOfPostgres() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0));
        return cpu(ProcessHandle.of(postmaster).orElseThrow().descendants());
    }

    private static double cpu(Stream<ProcessHandle> processes) {
        return processes.map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO)).mapToLong(Duration::toMillis).sum()
                / 1000.0;
    }

    /** @return the first column of the only row */
    long number(String query) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws Exception {
        try (server) {
            pool.close();
            vertx.close().toCompletionStage().toCompletableFuture().get();
        } finally {
            delete(directory);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
