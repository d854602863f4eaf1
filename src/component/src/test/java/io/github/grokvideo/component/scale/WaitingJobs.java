// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.store.PostgresServer;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Measures how many detached jobs one node and one PostgreSQL (fsync on) can keep waiting: jobs that never finish:
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java -Dexec.args="100000 1500 60 10 100"</pre>
 *
 * Arguments: jobs, status queries a second that are due, seconds, connections in the pool, milliseconds that the gateway takes to answer.
 */
public final class WaitingJobs {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    /** The schedule adds up to 15 % to each pause. */
    private static final double MEAN_JITTER = 1.075;

    private final int jobs;
    private final int perSecond;
    private final int seconds;
    private final int connections;
    private final int latency;

    private WaitingJobs(String[] arguments) {
        jobs = argument(arguments, 0, 100_000);
        perSecond = argument(arguments, 1, 1500);
        seconds = argument(arguments, 2, 60);
        connections = argument(arguments, 3, 10);
        latency = argument(arguments, 4, 100);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        new WaitingJobs(arguments).run();
    }

    private void run() throws Exception {
        try (PostgresJobs rig = PostgresJobs.start(connections, latency)) {
            // As after a submit, each with its step due at another moment of the first round.
            rig.fill(jobs, job -> job.delivery(JobDelivery.DETACHED), """
                    INSERT INTO grokvideo_tasks (task_name, task_instance, execution_time, picked, version)
                        SELECT 'job', id, now() + random() * INTERVAL '%d seconds', FALSE, 1 FROM grokvideo_job;
                    CREATE UNLOGGED TABLE lateness (seconds DOUBLE PRECISION);
                    CREATE FUNCTION late() RETURNS TRIGGER AS $$ BEGIN
                        INSERT INTO lateness VALUES (EXTRACT(EPOCH FROM clock_timestamp() - OLD.execution_time)); RETURN NEW; END $$ \
                    LANGUAGE plpgsql;
                    CREATE TRIGGER late BEFORE UPDATE ON grokvideo_tasks FOR EACH ROW WHEN (NEW.picked AND NOT OLD.picked) \
                    EXECUTE FUNCTION late();
                    """.formatted(jobs / perSecond));
            try (DefaultCamelContext context = rig.context(Duration.ofMillis((long) (jobs * 1000.0 / perSecond / MEAN_JITTER)))) {
                context.getComponent("grokvideo", GrokVideoComponent.class).getEngine();
                measure(rig);
            }
        }
    }

    private void measure(PostgresJobs rig) throws Exception {
        pause(WARM_UP);
        PostgresServer.execute(rig.database, "TRUNCATE lateness");
        long rows = rowsWritten(rig);
        long begun = System.nanoTime();
        long pollsBefore = rig.polls.get();
        double here = PostgresJobs.cpuHere();
        double there = rig.cpuOfPostgres();
        pause(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begun) / 1e9;
        long asked = rig.polls.get() - pollsBefore;
        System.out.printf("%d waiting jobs, %d connections, gateway %d ms away: %.0f status queries/s (due: %d/s)%n", jobs, connections,
                latency, asked / took, perSecond);
        System.out.printf("Threads of the component: %d%n", Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("GrokVideo")).count());
        System.out.printf("Cores: %.2f in this process (component, gateway stub), %.2f in PostgreSQL; %.1f rows written a query%n",
                (PostgresJobs.cpuHere() - here) / took, (rig.cpuOfPostgres() - there) / took, (rowsWritten(rig) - rows) / (double) asked);
        try (Connection connection = rig.database.getConnection(); Statement statement = connection.createStatement();
                ResultSet late = statement.executeQuery(
                        "SELECT percentile_cont(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP (ORDER BY seconds) FROM lateness")) {
            late.next();
            Double[] shares = (Double[]) late.getArray(1).getArray();
            System.out.printf("Late by %.0f ms (median), %.0f ms (99 %%), %.0f ms (most)%n", shares[0] * 1000, shares[1] * 1000,
                    shares[2] * 1000);
        }
    }

    private static long rowsWritten(PostgresJobs rig) throws SQLException {
        return rig.number("SELECT SUM(n_tup_upd) FROM pg_stat_user_tables WHERE relname LIKE 'grokvideo%'");
    }

    private static void pause(Duration duration) throws InterruptedException {
        new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
