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
import java.util.List;
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

/**
 * Measures how many detached jobs one node and one PostgreSQL (fsync on) can keep waiting: jobs that never finish, at a gateway that
 * answers at once:
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java -Dexec.args="50000 500 60"</pre>
 *
 * Arguments: jobs, status queries a second that are due, seconds, connections in the pool.
 */
public final class WaitingJobs {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    /** The schedule adds up to 15 % to each pause. */
    private static final double MEAN_JITTER = 1.075;

    private final int jobs;
    private final int perSecond;
    private final int seconds;
    private final int connections;
    private final AtomicLong polls = new AtomicLong();

    private WaitingJobs(String[] arguments) {
        jobs = argument(arguments, 0, 50_000);
        perSecond = argument(arguments, 1, 500);
        seconds = argument(arguments, 2, 60);
        connections = argument(arguments, 3, 10);
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
            new WaitingJobs(arguments).run(server.database("scale"), directory);
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
            Duration interval = Duration.ofMillis((long) (jobs * 1000.0 / perSecond / MEAN_JITTER));
            component.getConfiguration().setPollInterval(interval);
            component.getConfiguration().setMaxPollInterval(interval);
            context.start();
            component.getEngine();
            measure(database, directory);
            context.stop();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** Jobs as they are after a submit, each with its step due at another moment of the first round. */
    private void fill(DataSource database, DataSource pool) throws SQLException {
        try (JdbcJobStore store = JdbcJobStore.open(pool, true)) {
            Instant now = Instant.now();
            store.insert(VideoJob.create("job-0", "default", "xai", now, job -> job.model("grok-imagine-video").mode(Mode.TEXT_TO_VIDEO)
                    .request(VideoRequest.ofPrompt("a paper boat on a river at dawn, slow camera")).requestHash("ab12")
                    .state(JobState.ACCEPTED).taskId("task-0").acceptedAt(now).submits(1).delivery(JobDelivery.DETACHED)));
        }
        PostgresServer.execute(database, """
                INSERT INTO grokvideo_job SELECT 'job-' || i, account, provider, job_key, 'task-' || i, state, created_at, video_at, \
                ended_at,
                    revision, REPLACE(job, 'task-0', 'task-' || i), model, tag, node, delivery, deliver_at
                    FROM grokvideo_job, generate_series(1, %1$d) i WHERE id = 'job-0';
                INSERT INTO grokvideo_tasks (task_name, task_instance, execution_time, picked, version)
                    SELECT 'job', id, now() + random() * INTERVAL '%2$d seconds', FALSE, 1 FROM grokvideo_job;
                CREATE UNLOGGED TABLE lateness (seconds DOUBLE PRECISION);
                CREATE FUNCTION late() RETURNS TRIGGER AS $$ BEGIN
                    INSERT INTO lateness VALUES (EXTRACT(EPOCH FROM clock_timestamp() - OLD.execution_time)); RETURN NEW; END $$ \
                LANGUAGE plpgsql;
                CREATE TRIGGER late BEFORE UPDATE ON grokvideo_tasks FOR EACH ROW WHEN (NEW.picked AND NOT OLD.picked) \
                EXECUTE FUNCTION late();
                """.formatted(jobs - 1, jobs / perSecond));
        PostgresServer.execute(database, "VACUUM ANALYZE");
    }

    private void measure(DataSource database, Path directory) throws Exception {
        pause(WARM_UP);
        PostgresServer.execute(database, "TRUNCATE lateness");
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0)))
                .orElseThrow();
        long rows = rowsWritten(database);
        long begun = System.nanoTime();
        long pollsBefore = polls.get();
        Duration here = cpu(List.of(ProcessHandle.current()));
        Duration there = cpu(postmaster.descendants().toList());
        pause(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begun) / 1e9;
        long asked = polls.get() - pollsBefore;
        System.out.printf("%d waiting jobs, %d connections: %.0f status queries/s (due: %d/s)%n", jobs, connections,
                asked / took, perSecond);
        System.out.printf("Cores: %.2f in this process (component, gateway stub), %.2f in PostgreSQL; %.1f rows written a query%n",
                cpu(List.of(ProcessHandle.current())).minus(here).toMillis() / 1000.0 / took,
                cpu(postmaster.descendants().toList()).minus(there).toMillis() / 1000.0 / took,
                (rowsWritten(database) - rows) / (double) asked);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet late = statement.executeQuery(
                        "SELECT percentile_cont(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP (ORDER BY seconds) FROM lateness")) {
            late.next();
            Double[] seconds = (Double[]) late.getArray(1).getArray();
            System.out.printf("Late by %.0f ms (median), %.0f ms (99 %%), %.0f ms (most)%n", seconds[0] * 1000, seconds[1] * 1000,
                    seconds[2] * 1000);
        }
    }

    private static Duration cpu(List<ProcessHandle> processes) {
        return processes.stream().map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long rowsWritten(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SUM(n_tup_upd) FROM pg_stat_user_tables WHERE relname LIKE 'grokvideo%'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
