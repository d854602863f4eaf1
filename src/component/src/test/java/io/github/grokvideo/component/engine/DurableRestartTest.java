// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process ended and another begins on the same H2 file; the first engine is left as it was, as by SIGKILL. */
class DurableRestartTest extends EngineTestBase {

    private static final Duration HOUR = Duration.ofHours(1);
    private JdbcConnectionPool pool;

    @Override
    JobStore newStore() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        return JdbcJobStore.open(pool, true);
    }

    @AfterEach
    void closeStore() {
        store.close();
        pool.dispose();
    }

    private void restart() {
        timer.advance(Duration.ofMillis(1));
        closeStore();
        store = new FlakyStore(newStore());
        engine = newEngine();
        engine.start();
    }

    @Test
    void aSubmitWithoutAnswerIsLookedUpWhereTheGatewayKeepsOurId() {
        gateway.lookups = true;
        gateway.submitScript.add("hold");
        submit(order("job-1", "a cat", "key"));
        assertThat(job("job-1").state()).isEqualTo(JobState.SUBMITTING);
        restart();

        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));
        timer.advance(Duration.ofMinutes(3));

        assertThat(gateway.posts()).isEqualTo(1);
        assertThat(again).isDone();
        assertThat(job("job-1").state()).isNotIn(JobState.SUBMITTING, JobState.NEW);
    }

    @Test
    void aSubmitWithoutAnswerIsUnknownElsewhereAndNotSentAgain() {
        gateway.submitScript.add("hold");
        submit(order("job-1", "a cat", "key"));
        restart();

        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));

        assertThat(error(again).getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void whatWasNotSentIsGivenBackAndTheSameMessageMakesANewJob() {
        store.insert(VideoJob.create("job-1", gateway.account().name(), gateway.account().provider().name(), timer.now(),
                job -> job.jobKey("key")));
        restart();

        CompletableFuture<VideoJob> again = submit(order("job-2", "a cat", "key"));

        assertThat(again).isCompletedWithValueMatching(job -> job.id().equals("job-2") && job.state() == JobState.ACCEPTED);
        assertThat(jobs()).extracting(VideoJob::id).containsExactly("job-2");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void aDownloadedFileIsHandedOutAgainAndFetchedAgainWhereItIsGone() throws Exception {
        submit(order("job-1", "a cat", "key"));
        await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(12));
        VideoJob before = job("job-1");
        assertThat(before.state()).isEqualTo(JobState.DOWNLOADED);
        restart();

        assertThat(submit(order("job-2", "a cat", "key"))).isCompletedWithValueMatching(job -> job.id().equals("job-1"));
        assertThat(await("job-1", HOUR)).isCompletedWithValue(before);
        engine.settle(engine.handOut("job-1"), false);
        assertThat(gateway.downloads).hasSize(1);

        Files.delete(before.file());
        restart();
        submit(order("job-3", "a cat", "key"));
        CompletableFuture<VideoJob> fetched = await("job-1", HOUR);
        timer.advance(Duration.ofSeconds(1));

        assertThat(fetched).isCompletedWithValueMatching(job -> Files.exists(job.file()));
        assertThat(gateway.downloads).hasSize(2);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void oldJobsAreForgottenAndYoungOnesKept() {
        gateway.submitScript.addAll(List.of(TestGateway.status(400), TestGateway.status(500)));
        submit(order("job-1", "a cat", null));
        submit(order("job-2", "a dog", "key"));
        assertThat(jobs()).extracting(VideoJob::state).containsExactlyInAnyOrder(JobState.REJECTED, JobState.UNKNOWN);

        timer.advance(Duration.ofHours(25));
        assertThat(jobs()).extracting(VideoJob::id).containsExactly("job-2");
        timer.advance(Duration.ofDays(30));
        assertThat(jobs()).isEmpty();
    }
}
