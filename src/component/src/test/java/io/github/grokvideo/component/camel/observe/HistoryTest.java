// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final History history = new History();

    private void rendered(Instant accepted, Duration wait, Cost cost) {
        VideoJob running = VideoJob.create("j", "a", "xai", accepted, job -> job.state(JobState.RUNNING).acceptedAt(accepted)
                .submits(1).polls(1).cost(cost));
        VideoJob done = running.with(job -> job.state(JobState.RENDERED).renderedAt(accepted.plus(wait)).polls(2));
        history.onChange(new JobChange(running, done, accepted.plus(wait), null));
    }

    @Test
    void waitsAndSpendingAreInTheirFiveMinutes() {
        for (int second = 1; second <= 100; second++) {
            rendered(NOON, Duration.ofSeconds(second), Cost.usd("0.10"));
        }
        rendered(NOON, Duration.ofSeconds(10), Cost.credits("30"));
        rendered(NOON.plusSeconds(600), Duration.ofSeconds(4), null);

        List<History.Bucket> hour = history.last(1, NOON.plusSeconds(610));

        assertThat(hour).hasSize(12);
        assertThat(hour.get(11).at()).isEqualTo(NOON.plusSeconds(600));
        assertThat(hour.get(11).waitP50Millis()).isEqualTo(4000);
        assertThat(hour.get(11).spend()).isEmpty();
        assertThat(hour.get(10).waitP50Millis()).isNull();
        assertThat(hour.get(9).waitP50Millis()).isBetween(49_000L, 51_000L);
        assertThat(hour.get(9).waitP95Millis()).isBetween(94_000L, 96_000L);
        assertThat(hour.get(9).spend()).containsEntry("USD", new BigDecimal("10.00")).containsEntry("credits", new BigDecimal("30"));
    }

    @Test
    void whatIsADayOldIsForgotten() {
        rendered(NOON, Duration.ofSeconds(1), Cost.usd("1"));

        assertThat(history.last(24, NOON.plus(Duration.ofHours(23)))).hasSize(288).anyMatch(bucket -> !bucket.spend().isEmpty());
        assertThat(history.last(24, NOON.plus(Duration.ofHours(24)))).allMatch(bucket -> bucket.spend().isEmpty());
        rendered(NOON.plus(Duration.ofHours(24)), Duration.ofSeconds(1), Cost.usd("2"));
        assertThat(history.last(24, NOON.plus(Duration.ofHours(24)))).filteredOn(bucket -> !bucket.spend().isEmpty()).hasSize(1);
    }

    @Test
    void aMillionWaitsTakeTheRoomOfFew() {
        for (int i = 0; i < 20_000; i++) {
            rendered(NOON, Duration.ofMillis(1000 + i % 100), null);
        }

        assertThat(history.last(1, NOON).get(11).waitP50Millis()).isBetween(1000L, 1100L);
    }

    @Test
    void aVideoIsPaidOnceHoweverOftenItIsFetched() {
        VideoJob delivered = VideoJob.create("j", "a", "xai", NOON, job -> job.state(JobState.DELIVERED).acceptedAt(NOON).submits(1)
                .renderedAt(NOON).cost(Cost.usd("1")));
        VideoJob again = delivered.with(job -> job.state(JobState.RENDERED).endedAt(null));

        assertThat(new JobChange(delivered, again, NOON, null).spent()).isEmpty();
    }

    @Test
    void aJobWithoutAVideoIsPaidWhereTheGatewayCharges() {
        for (Charged charged : Charged.values()) {
            VideoJob running = VideoJob.create("j", "a", "xai", NOON, job -> job.state(JobState.RUNNING).acceptedAt(NOON).submits(1)
                    .cost(Cost.usd("1")));
            VideoJob moderated = running.with(job -> job.state(JobState.MODERATED).endedAt(NOON.plusSeconds(3))
                    .error(JobError.of(ErrorType.MODERATED, "no", charged)));
            JobChange change = new JobChange(running, moderated, NOON.plusSeconds(3), null);

            assertThat(change.spent().isPresent()).as(charged.name()).isEqualTo(charged == Charged.YES);
            assertThat(change.waited()).hasValue(Duration.ofSeconds(3));
        }
    }

    @Test
    void whatAGatewayWritesForgesNoPairAndNoLine() {
        VideoJob job = VideoJob.create("j", "a", "xai", NOON, fields -> fields.state(JobState.FAILED).taskId("t state=DELIVERED\njob=x")
                .model("m\"1").error(new JobError(ErrorType.JOB_FAILED, "no", Charged.NO, false, 500, "c\\d", "r-1")).cost(Cost.usd("1")));

        assertThat(JobLog.line(job)).isEqualTo("job=j task=\"t state=DELIVERED job=x\" provider=xai account=a model=\"m\\\"1\" state=FAILED"
                + " polls=0 downloads=0 errorType=JOB_FAILED errorCode=\"c\\\\d\" requestId=r-1");
    }
}
