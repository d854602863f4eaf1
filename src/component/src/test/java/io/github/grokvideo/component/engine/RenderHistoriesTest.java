// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import io.github.grokvideo.component.engine.schedule.JobProgress;
import io.github.grokvideo.component.engine.schedule.LearntSchedule;
import io.github.grokvideo.component.engine.schedule.PollSchedule;
import io.github.grokvideo.component.engine.schedule.RenderHistories;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.Jobs;
import io.github.grokvideo.component.store.LearntRows;
import org.junit.jupiter.api.Test;

/** Two nodes that learn from each other. */
class RenderHistoriesTest {

    private static final PollSchedule BOUNDS = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final ManualTimer timer = new ManualTimer();
    private final Rows rows = new Rows();
    private final RenderHistories one = new RenderHistories(rows, timer, Runnable::run);
    private final RenderHistories other = new RenderHistories(rows, timer, Runnable::run);
    private final VideoJob job = Jobs.full("a");

    private static final class Rows implements LearntRows {

        private final Map<String, Row> stored = new TreeMap<>();
        private int calls;
        private boolean away;

        @Override
        public List<Row> find(Collection<String> kinds) {
            calls++;
            if (away) {
                throw new IllegalStateException("away");
            }
            return stored.values().stream().filter(row -> kinds.contains(row.kind())).toList();
        }

        @Override
        public boolean put(Row row) {
            Row before = stored.get(row.kind());
            if ((before == null ? 0 : before.revision()) != row.revision()) {
                return false;
            }
            stored.put(row.kind(), new Row(row.kind(), row.content(), row.revision() + 1));
            return true;
        }
    }

    private static boolean isKnown(LearntSchedule schedule) {
        return schedule.next(JobProgress.none(), Duration.ZERO, BOUNDS, 1).isPresent();
    }

    private static void end(LearntSchedule schedule, int jobs) {
        for (int i = 0; i < jobs; i++) {
            schedule.ended(JobProgress.none().open(Duration.ofSeconds(19), null), Duration.ofSeconds(21));
        }
    }

    @Test
    void bothAddToWhatIsStored() {
        one.start();
        other.start();
        end(one.of(job), 15);
        end(other.of(job), 15);
        assertThat(isKnown(one.of(job))).as("fifteen jobs are too few").isFalse();

        timer.advance(Duration.ofMinutes(1));
        // A kind that is in use is read again.
        one.of(job);
        timer.advance(Duration.ofMinutes(1));

        assertThat(isKnown(one.of(job))).isTrue();
        assertThat(isKnown(other.of(job))).isTrue();
        assertThat(isKnown(new RenderHistories(rows, timer, Runnable::run).of(job))).as("a third node").isTrue();
    }

    @Test
    void aJobThatEndsMinutesAfterItsBeginIsStored() {
        one.start();
        LearntSchedule schedule = one.of(job);
        timer.advance(Duration.ofMinutes(3));
        end(schedule, 30);
        timer.advance(Duration.ofMinutes(1));

        assertThat(rows.stored).hasSize(1);
    }

    @Test
    void whatWasLearntLastIsStoredAtTheEnd() {
        one.start();
        end(one.of(job), 30);
        one.stop();

        assertThat(isKnown(other.of(job))).isTrue();
    }

    @Test
    void aStoreThatIsAwayIsNotWaitedForAtTheEnd() {
        rows.away = true;
        one.start();
        end(one.of(job), 30);
        timer.advance(Duration.ofMinutes(1));
        int before = rows.calls;
        one.stop();

        assertThat(rows.calls).isEqualTo(before);
        assertThat(isKnown(one.of(job))).as("it is used all the same").isTrue();
    }

    @Test
    void progressAtTheVeryBeginningIsNoEstimate() {
        one.start();
        LearntSchedule schedule = one.of(job);
        schedule.ended(JobProgress.none().open(Duration.ZERO, 50).open(Duration.ZERO, 60), Duration.ofSeconds(21));
        timer.advance(Duration.ofMinutes(1));

        assertThat(rows.stored.values()).singleElement().satisfies(row -> assertThat(row.content()).contains("\"progressJobs\":0.0"));
    }

    @Test
    void withoutJobsTheStoreIsLeftAlone() {
        one.start();
        timer.advance(Duration.ofHours(1));

        assertThat(rows.calls).isZero();
    }
}
