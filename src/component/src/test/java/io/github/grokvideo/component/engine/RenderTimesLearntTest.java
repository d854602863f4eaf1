// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that always take as long are polled when they end. */
class RenderTimesLearntTest extends EngineTestBase {

    private static final Duration RENDER = Duration.ofSeconds(23);

    private final Map<String, Instant> ends = new HashMap<>();

    private record Seen(long polls, Duration lag) {
    }

    @Override
    JobStore newStore() {
        return JdbcJobStore.open(directory.resolve("store"), true);
    }

    @BeforeEach
    void simulate() {
        gateway.submits = () -> {
            String task = "task-" + (ends.size() + 1);
            ends.put(task, timer.now().plus(RENDER));
            return TestGateway.status(200, task);
        };
        gateway.polled = task -> timer.now().isBefore(ends.get(task)) ? TestGateway.status(202)
                : TestGateway.status(200, "http://files.test/" + task);
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private Seen run(String prompt) {
        long before = gateway.polls();
        Instant end = timer.now().plus(RENDER);
        CompletableFuture<VideoJob> answer = await(submit(order(prompt)).join().id(), Duration.ofHours(1));
        while (!answer.isDone()) {
            timer.advance(Duration.ofMillis(100));
        }
        return new Seen(gateway.polls() - before, Duration.between(end, timer.now()));
    }

    private void learn() {
        for (int job = 0; job < 60; job++) {
            run("job " + job);
        }
    }

    @Test
    void theEndOfAJobIsNoticedSoonerAndWithFewerQueries() {
        Seen first = run("the first");
        learn();
        Seen later = run("a later one");

        assertThat(first.polls()).isEqualTo(5);
        assertThat(later.polls()).isLessThanOrEqualTo(3);
        assertThat(later.lag()).isLessThan(first.lag());
    }

    @Test
    void whatWasLearntSurvivesARestart() {
        learn();
        engine.close();
        engine = newEngine();
        engine.start();
        // The first job of a kind makes it known; its row is read then.
        Seen next = run("after the restart");

        assertThat(next.polls()).isLessThanOrEqualTo(3);
    }

    @Test
    void itIsStoredEveryMinuteForOtherNodes() {
        learn();
        timer.advance(Duration.ofMinutes(1));

        assertThat(store.learnt().orElseThrow().find(List.of("default|test|test-model|TEXT_TO_VIDEO||null"))).singleElement()
                .satisfies(row -> assertThat(row.content()).contains("\"ended\""));
    }

    @Test
    void aJobOfAnotherKindIsPolledAsBefore() {
        learn();
        long before = gateway.polls();
        submit(order("other", "a cat", null, gateway.account("another", 0)));
        timer.advance(Duration.ofSeconds(6));

        assertThat(gateway.polls()).isEqualTo(before + 1);
    }
}
