// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobDelivery;
import org.apache.camel.impl.DefaultCamelContext;

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

    private DeadNode() {
    }

    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        try (PostgresJobs rig = PostgresJobs.start(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10, 0)) {
            rig.fill(jobs, job -> job.node(ENDED).delivery(JobDelivery.ATTACHED), """
                    INSERT INTO grokvideo_node (id, holder, started_at, beat_at, submit_seconds)
                        VALUES ('%1$s', '%1$s', now() - INTERVAL '1 hour', now() - INTERVAL '1 hour', 60)
                    """.formatted(ENDED));
            measure(rig, jobs);
        }
    }

    private static void measure(PostgresJobs rig, int jobs) throws Exception {
        try (DefaultCamelContext context = rig.context(Duration.ofHours(1))) {
            double here = PostgresJobs.cpuHere();
            double there = rig.cpuOfPostgres();
            long begun = System.nanoTime();
            context.getComponent("grokvideo", GrokVideoComponent.class).getEngine();
            double took = untilTakenOver(rig, begun);
            System.out.printf("%d jobs taken over in %.1f s, %.2f ms each; %d are scheduled%n", jobs, took, took * 1000 / jobs,
                    rig.number("SELECT COUNT(*) FROM grokvideo_tasks"));
            System.out.printf("CPU: %.1f s in this process, which also polls them, %.1f s in PostgreSQL; %d were polled%n",
                    PostgresJobs.cpuHere() - here, rig.cpuOfPostgres() - there, rig.polls.get());
        }
    }

    private static double untilTakenOver(PostgresJobs rig, long begun) throws SQLException, InterruptedException {
        while (rig.number("SELECT COUNT(*) FROM (SELECT 1 FROM grokvideo_job WHERE node = '" + ENDED + "' LIMIT 1) AS one") > 0) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IllegalStateException("Not taken over within " + LONGEST);
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
