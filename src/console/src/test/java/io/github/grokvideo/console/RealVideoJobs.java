// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/** A Camel context with the component, its jobs in an H2 file, and the simulator for a gateway. */
final class RealVideoJobs implements AutoCloseable {

    /** Asks about its jobs only when it is told to; the account {@code default} asks all the time. */
    static final String PATIENT = "patient";
    /** Has a gateway that can stop a job. */
    static final String STOPPABLE = "stoppable";

    /** One job's row again and again: others' states and providers, older by a second each, ended two hours ago. */
    private static final String MULTIPLY =
            "INSERT INTO grokvideo_job (id, account, provider, task_id, state, model, tag, delivery, created_at,"
            + " video_at, ended_at, job, revision) SELECT 'old-' || LPAD(CAST(x AS VARCHAR), 6, '0'), account,"
            + " CASE MOD(x, 5) WHEN 0 THEN 'toapis' ELSE provider END, 'task-' || x, CASE MOD(x, 10) WHEN 3 THEN 'FAILED' ELSE state END,"
            + " model, CASE MOD(x, 100) WHEN 7 THEN 'Autumn' END, 'ATTACHED', DATEADD(SECOND, -x, created_at), video_at,"
            + " DATEADD(HOUR, -2, ended_at), REGEXP_REPLACE(job, '\"endedAt\":\"[^\"]*\"', ?), 0"
            + " FROM grokvideo_job, SYSTEM_RANGE(1, ?) WHERE id = ?";

    final GrokVideoSimulator simulator;
    final DefaultCamelContext context = new DefaultCamelContext();
    /** The ids of jobs that a consumer of {@code completed} was handed. */
    final Queue<String> completed = new ConcurrentLinkedQueue<>();
    private final JdbcConnectionPool pool;
    private final GrokVideoComponent component;

    RealVideoJobs(Path directory) throws Exception {
        this(directory, null);
    }

    /** With a budget for all jobs; null = none. */
    RealVideoJobs(Path directory, String storeBudget) throws Exception {
        simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(300)).start();
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(pool);
        component.setStoreBudget(storeBudget);
        component.setWorkDirectory(directory.resolve("work").toString());
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(simulator.baseUrl("xai"));
        component.getConfiguration().setApiKey(simulator.apiKey("xai"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(100));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(200));
        component.getConfiguration().setDirectory(directory.resolve("kept").toString());
        component.setSubmitTimeout(Duration.ofSeconds(3));
        context.getRegistry().bind(PATIENT, account("xai", Duration.ofHours(1)));
        context.getRegistry().bind(STOPPABLE, account("fal", Duration.ofMillis(100)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:generate").routeId("prompts-to-videos").to("grokvideo:generate");
                from("direct:submit").routeId("orders").to("grokvideo:submit");
                from("grokvideo:completed?delay=100&initialDelay=0").routeId("results")
                        .process(exchange -> completed.add(exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class)));
            }
        });
        context.start();
    }

    private GrokVideoAccount account(String provider, Duration pollInterval) {
        GrokVideoAccount account = new GrokVideoAccount();
        account.setProvider(provider);
        account.setBaseUrl(simulator.baseUrl(provider));
        account.setApiKey(simulator.apiKey(provider));
        account.setPollInterval(pollInterval);
        account.setMaxPollInterval(pollInterval);
        return account;
    }

    /** Where the console finds the videos that are kept. */
    Optional<Path> file(String jobId) {
        return component.getEngine().find(jobId).map(VideoJob::file);
    }

    VideoJob job(String jobId) {
        return component.getEngine().find(jobId).orElseThrow();
    }

    /** Asks the gateway. @return the job after its answer */
    VideoJob pollNow(String jobId) {
        return component.getEngine().operations().pollNow(jobId).join();
    }

    /** The jobs, the newest first. */
    List<VideoJob> newest() {
        return component.getEngine().operations().page(JobQuery.NEWEST).jobs();
    }

    Future<Exchange> begin(String uri, String account, String prompt) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).withHeader("CamelGrokVideoAccount", account).asyncSend();
    }

    /** A video that goes on where another ends. @return its job's id */
    String extend(String jobId, String prompt) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(prompt).withHeader("CamelGrokVideoMode", "extend")
                .withHeader("CamelGrokVideoVideo", "job:" + jobId).send().getMessage().getHeader("CamelGrokVideoJobId", String.class);
    }

    /** The job's id. */
    String send(String uri, String account, String prompt) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).withHeader("CamelGrokVideoAccount", account).send()
                .getMessage().getHeader("CamelGrokVideoJobId", String.class);
    }

    /** Jobs {@code old-000001} and so on, the first the newest, of a delivered one. */
    void multiply(String jobId, int times) throws Exception {
        await().atMost(Duration.ofSeconds(10)).until(() -> job(jobId).state() == JobState.DELIVERED);
        try (Connection connection = pool.getConnection(); PreparedStatement rows = connection.prepareStatement(MULTIPLY)) {
            rows.setString(1, "\"endedAt\":\"" + job(jobId).endedAt().minus(Duration.ofHours(2)) + "\"");
            rows.setInt(2, times);
            rows.setString(3, jobId);
            rows.executeUpdate();
        }
    }

    @Override
    public void close() {
        context.stop();
        pool.dispose();
        simulator.close();
    }
}
