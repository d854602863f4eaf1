// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.AlreadyDeliveredException;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are consumed again and again, in routes without a jobKey: each is paid for once. */
class AutoJobKeyFilesTest extends SimulatedGateway {

    private static final String STAYS = "?noop=true&idempotent=false&initialDelay=0&delay=50";

    private final List<Exception> errors = new CopyOnWriteArrayList<>();
    private JdbcConnectionPool pool;
    private Path inbox;

    @BeforeEach
    void makeInbox() throws Exception {
        inbox = Files.createDirectories(directory.resolve("inbox"));
    }

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        component.setJobStore(pool);
        return component;
    }

    @AfterEach
    void closePool() {
        context.stop();
        pool.dispose();
    }

    private void start(String fileOptions, String options) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DetachedException.class).maximumRedeliveries(0);
                onException(Exception.class).handled(true).process(
                        exchange -> errors.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("file:" + inbox + fileOptions).to("grokvideo:generate" + options).to("mock:videos");
            }
        });
    }

    private void restart() {
        context.stop();
        pool.dispose();
        errors.clear();
        context = new DefaultCamelContext();
        component(context, provider());
    }

    private MockEndpoint videos() {
        return context.getEndpoint("mock:videos", MockEndpoint.class);
    }

    private VideoJob onlyJob() {
        List<VideoJob> jobs = context.getComponent("grokvideo", GrokVideoComponent.class).getEngine().store().list(job -> true, 10);
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    @Test
    void aFileThatStaysIsMadeOnceAndAgainWhenItIsTouched() throws Exception {
        Path prompt = Files.writeString(inbox.resolve("fox.txt"), "a fox");
        start(STAYS, "");

        await().atMost(Duration.ofSeconds(20)).until(() -> errors.size() >= 3);

        assertThat(posts()).isEqualTo(1);
        assertThat(videos().getReceivedCounter()).isEqualTo(1);
        assertThat(onlyJob().state()).isEqualTo(JobState.DELIVERED);
        assertThat(onlyJob().downloads()).as("not fetched again").isEqualTo(1);
        assertThat(errors).allSatisfy(error -> assertThat(error).isInstanceOf(AlreadyDeliveredException.class)
                .hasMessageContaining(prompt.toString()).hasMessageContaining(onlyJob().id()));

        Files.setLastModifiedTime(prompt, FileTime.fromMillis(Files.getLastModifiedTime(prompt).toMillis() + 60_000));
        await().atMost(Duration.ofSeconds(20)).until(() -> videos().getReceivedCounter() == 2);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aVideoThatIsStillInItsDirectoryIsHandedOutEachTime() throws Exception {
        Files.writeString(inbox.resolve("fox.txt"), "a fox");
        start(STAYS, "?directory=" + directory.resolve("videos"));
        videos().expectedMinimumMessageCount(3);

        videos().assertIsSatisfied(20_000);

        assertThat(posts()).isEqualTo(1);
        assertThat(errors).isEmpty();
        assertThat(onlyJob().downloads()).isEqualTo(1);
    }

    @Test
    void afterARestartTheFileGetsItsVideoOnceMoreSinceItMayNotHaveBeenMovedAway() throws Exception {
        Files.writeString(inbox.resolve("fox.txt"), "a fox");
        start(STAYS, "");
        await().atMost(Duration.ofSeconds(20)).until(() -> errors.size() >= 1);
        restart();

        start(STAYS, "");

        await().atMost(Duration.ofSeconds(20)).until(() -> errors.size() >= 1);
        assertThat(errors.get(0)).isInstanceOf(AlreadyDeliveredException.class);
        assertThat(videos().getReceivedCounter()).isEqualTo(1);
        assertThat(posts()).isEqualTo(1);
        assertThat(onlyJob().downloads()).isEqualTo(2);
    }

    @Test
    void aJobThatWaitsWhenTheContextStopsIsTakenUp() throws Exception {
        Files.writeString(inbox.resolve("fox.txt"), "a fox [[render=3s]]");
        start("?initialDelay=0&delay=50", "");
        await().atMost(Duration.ofSeconds(20)).until(() -> paidJobs() == 1 && onlyJob().taskId() != null);
        restart();
        assertThat(inbox.resolve("fox.txt")).isRegularFile();
        videos().expectedMessageCount(1);

        start("?initialDelay=0&delay=50", "");

        videos().assertIsSatisfied(20_000);
        assertThat(posts()).isEqualTo(1);
        assertThat(errors).isEmpty();
    }

    @Test
    void aFileWhoseJobHasFailedSaysWhyAndWhatToDo() throws Exception {
        Files.writeString(inbox.resolve("fox.txt"), "a fox [[fault:job-failed]]");
        start(STAYS, "");

        await().atMost(Duration.ofSeconds(20)).until(() -> errors.size() >= 3);

        assertThat(posts()).isEqualTo(1);
        assertThat(errors.get(0)).isInstanceOf(JobFailedException.class).hasMessageNotContaining("earlier job");
        assertThat(errors.get(2)).isInstanceOf(JobFailedException.class).hasMessageContaining("fox.txt")
                .hasMessageContaining("touch the file, or set a jobKey").hasMessageContaining("onFailedKey=resubmit");
        assertThat(((GrokVideoException) errors.get(2)).getJobId()).isEqualTo(onlyJob().id());
    }

    @Test
    void identicalRowsOfOneFileStayJobsOfTheirOwnAlsoWhenItComesAgain() throws Exception {
        Files.writeString(inbox.resolve("rows.txt"), "a fox\na fox\na fox");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=0&delay=50&maxMessagesPerPoll=1").split(body().tokenize("\n")).stopOnException()
                        .to("grokvideo:generate").process(exchange -> {
                            if (errors.isEmpty() && exchange.getProperty("CamelSplitIndex", Integer.class) == 1) {
                                errors.add(new IllegalStateException("the sink is away"));
                                throw errors.get(0);
                            }
                        }).to("mock:videos").end().to("mock:files");
            }
        });
        MockEndpoint files = context.getEndpoint("mock:files", MockEndpoint.class);
        files.expectedMessageCount(1);

        files.assertIsSatisfied(30_000);

        assertThat(posts()).isEqualTo(3);
        assertThat(paidJobs()).isEqualTo(3);
        assertThat(videos().getReceivedCounter()).as("the first part comes again with the file").isEqualTo(4);
    }
}
