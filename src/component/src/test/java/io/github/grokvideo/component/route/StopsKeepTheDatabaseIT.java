// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A context that stops while jobs wait, and are submitted, polled and completed, leaves the user's H2 database open.
 * {@code -Dgrokvideo.stops=100} stops it so often.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class StopsKeepTheDatabaseIT {

    private static final int STOPS = Integer.getInteger("grokvideo.stops", 12);
    private static final int JOBS = 60;

    @TempDir
    Path directory;

    @Test
    void theDataSourceAnswersAfterEachStop() throws Exception {
        // An interrupt closes the file of this one: it has no "retry:".
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        pool.setMaxConnections(20);
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofSeconds(2)).start()) {
            for (int stop = 0; stop < STOPS; stop++) {
                startWaitAndStop(simulator, pool, stop);
                try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
                    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM grokvideo_job")) {
                        assertThat(row.next()).as("after stop " + stop).isTrue();
                    }
                    // Each round begins with its own jobs only.
                    statement.execute("DELETE FROM grokvideo_job; DELETE FROM grokvideo_tasks");
                }
            }
        } finally {
            pool.dispose();
        }
    }

    private void startWaitAndStop(GrokVideoSimulator simulator, JdbcConnectionPool pool, int stop) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(pool);
        component.setWorkDirectory(directory.resolve("work").toString());
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(simulator.baseUrl("xai"));
        component.getConfiguration().setApiKey(simulator.apiKey("xai"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(20));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(50));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.setSubmitTimeout(Duration.ofSeconds(2));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:attached?concurrentConsumers=" + JOBS / 2).to("grokvideo:generate");
                from("seda:detached?concurrentConsumers=4").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0").log("${header.CamelGrokVideoJobId}");
            }
        });
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        for (int i = 0; i < JOBS; i++) {
            template.sendBody(i % 2 == 0 ? "seda:attached" : "seda:detached", "cat " + stop + "-" + i);
        }
        int some = 5 * stop % JOBS;
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5))
                .until(() -> component.getEngine().store().list(job -> job.taskId() != null && job.request() != null
                        && job.request().prompt().startsWith("cat " + stop + "-"), JOBS).size() >= some);

        context.stop();
    }
}
