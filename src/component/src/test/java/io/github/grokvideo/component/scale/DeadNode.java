// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobDelivery;
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

/**
 * Measures how long one node needs to take over the jobs of a node that has ended, on PostgreSQL (fsync on): jobs that callers on the ended
 * node waited for, at a gateway that answers at once and never finishes:
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java \
 *     -Dexec.mainClass=io.github.grokvideo.component.scale.DeadNode -Dexec.args="100000"</pre>
 *
 * Arguments: jobs, connections in the pool.
 */
public final class DeadNode {

    private static final String ENDED = "ended";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final int jobs;
    private final int connections;
    private final AtomicLong polls = new AtomicLong();

    private DeadNode(String[] arguments) {
        jobs = argument(arguments, 0, 100_000);
        connections = argument(arguments, 1, 10);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        // The tests' log shows every step.
        Configurator.setLevel("io.github.grokvideo", Level.INFO);
        Path directory = Files.createTempDirectory("grokvideo-scale");
        try (PostgresServer server = PostgresServer.start(directory.resolve("data"))) {
            server.create("scale");
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(PostgresServer.url(server.port(), "scale"));
            // Filling the table takes one long statement.
            database.setSocketTimeout(0);
            new DeadNode(arguments).run(database, directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(DataSource database, Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (HikariDataSource pool = PostgresServer.pool(database, connections)) {
            HttpServer gateway = vertx.createHttpServer().requestHandler(request -> {
                polls.incrementAndGet();
                request.response().setStatusCode(202).putHeader("Content-Type", "application/json").end("{\"status\":\"pending\"}");
            }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
            fill(database, pool);
            DefaultCamelContext context = new DefaultCamelContext();
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            component.setJobStore(pool);
            component.setWorkDirectory(directory.resolve("work").toString());
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + gateway.actualPort() + "/v1");
            component.getConfiguration().setApiKey("no-key");
            component.getConfiguration().setPollInterval(Duration.ofHours(1));
            component.getConfiguration().setMaxPollInterval(Duration.ofHours(1));
            context.start();
            ProcessHandle postmaster = ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0))).orElseThrow();
            Duration here = cpu(Stream.of(ProcessHandle.current()));
            Duration there = cpu(postmaster.descendants());
            long begun = System.nanoTime();
            component.getEngine();
            double took = untilTakenOver(database, begun);
            System.out.printf("%d jobs taken over in %.1f s, %.2f ms each; %d are scheduled%n", jobs, took, took * 1000 / jobs,
                    count(database, "grokvideo_tasks"));
            System.out.printf("CPU: %.1f s in this process, which also polls them, %.1f s in PostgreSQL; %d were polled%n",
                    cpu(Stream.of(ProcessHandle.current())).minus(here).toMillis() / 1000.0,
                    cpu(postmaster.descendants()).minus(there).toMillis() / 1000.0, polls.get());
            context.stop();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** Jobs as they are while a caller waits for them. */
    private void fill(DataSource database, DataSource pool) throws SQLException {
        try (JdbcJobStore store = JdbcJobStore.open(pool, true)) {
            Instant now = Instant.now();
            store.insert(VideoJob.create("job-0", "default", "xai", now, job -> job.model("grok-imagine-video").mode(Mode.TEXT_TO_VIDEO)
                    .request(VideoRequest.ofPrompt("a paper boat on a river at dawn, slow camera")).requestHash("ab12").node(ENDED)
                    .state(JobState.ACCEPTED).taskId("task-0").acceptedAt(now).submits(1).delivery(JobDelivery.ATTACHED)));
        }
        PostgresServer.execute(database, """
                INSERT INTO grokvideo_job SELECT 'job-' || i, account, provider, job_key, 'task-' || i, state, created_at, video_at, \
                ended_at,
                    revision, REPLACE(job, 'task-0', 'task-' || i), model, tag, node, delivery, deliver_at
                    FROM grokvideo_job, generate_series(1, %d) i WHERE id = 'job-0';
                INSERT INTO grokvideo_node (id, holder, started_at, beat_at, submit_seconds)
                    VALUES ('%2$s', '%2$s', now() - INTERVAL '1 hour', now() - INTERVAL '1 hour', 60)
                """.formatted(jobs - 1, ENDED));
        PostgresServer.execute(database, "VACUUM ANALYZE");
    }

    private static double untilTakenOver(DataSource database, long begun) throws Exception {
        while (count(database, "(SELECT 1 FROM grokvideo_job WHERE node = '" + ENDED + "' LIMIT 1) AS one") > 0) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException("Not taken over within " + LONGEST);
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static Duration cpu(Stream<ProcessHandle> processes) {
        return processes.map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    private static long count(DataSource database, String rows) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + rows)) {
            count.next();
            return count.getLong(1);
        }
    }
}
