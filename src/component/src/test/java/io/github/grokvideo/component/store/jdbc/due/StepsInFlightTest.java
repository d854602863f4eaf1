// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.store.StoreClock;
import org.junit.jupiter.api.Test;

/** On the test's thread and time. */
class StepsInFlightTest {

    private static final Instant T0 = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final List<Collection<String>> begun = new ArrayList<>();
    private final Map<String, CompletableFuture<Optional<Instant>>> open = new HashMap<>();
    private final List<List<StepInFlight.End>> stored = new ArrayList<>();
    private final List<Map<String, Long>> beats = new ArrayList<>();
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private Instant now = T0;
    private boolean away;
    private String refused;
    private Throwable endFailure;
    private boolean closed;
    private RuntimeException broken;
    private final StepsInFlight steps = new StepsInFlight(this::begin, new Rows(), new StoreClock(new TestClock()), task -> {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        queue.add(task);
    }, HEARTBEAT);

    private Map<String, CompletableFuture<Optional<Instant>>> begin(Collection<String> jobIds) {
        if (broken != null) {
            throw broken;
        }
        begun.add(jobIds);
        jobIds.forEach(jobId -> open.put(jobId, new CompletableFuture<>()));
        return open;
    }

    private static RuntimeException away() {
        return JobError.of(ErrorType.STORE_UNAVAILABLE, "the store is away", Charged.NO).toException(null, null);
    }

    private final class Rows implements StepsInFlight.Rows {

        @Override
        public void end(List<StepInFlight.End> ends) {
            reached();
            if (endFailure instanceof Error error) {
                throw error;
            }
            if (endFailure instanceof RuntimeException failure) {
                throw failure;
            }
            if (ends.stream().anyMatch(end -> end.jobId().equals(refused))) {
                throw new IllegalStateException("a value is refused");
            }
            stored.add(ends);
        }

        @Override
        public void beat(Map<String, Long> versions, Instant at) {
            reached();
            beats.add(versions);
        }

        private void reached() {
            if (away) {
                throw away();
            }
        }
    }

    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private void work() {
        while (!queue.isEmpty()) {
            queue.poll().run();
        }
    }

    private void add(String... jobIds) {
        for (String jobId : jobIds) {
            steps.add(jobId, 7);
        }
        work();
    }

    private void ends(String jobId, Instant next) {
        open.get(jobId).complete(Optional.ofNullable(next));
    }

    @Test
    void whatIsPickedTogetherIsBegunTogether() {
        add("a", "b", "c");

        assertThat(begun).containsExactly(List.of("a", "b", "c"));
        assertThat(steps.size()).isEqualTo(3);
    }

    @Test
    void ofVeryManySomeAreBegunAtATime() {
        IntStream.range(0, 1201).forEach(i -> steps.add("job-" + i, 1));
        work();

        assertThat(begun).extracting(Collection::size).containsExactly(500, 500, 201);
    }

    @Test
    void stepsThatHaveEndedAreStoredTogetherInTheOrderOfTheirIds() {
        add("b", "a", "c");
        ends("b", T0.plusSeconds(20));
        ends("a", null);
        steps.tick();

        assertThat(stored).containsExactly(List.of(new StepInFlight.End("a", 7, T0, null, false),
                new StepInFlight.End("b", 7, T0, T0.plusSeconds(20), false)));
        assertThat(steps.size()).isOne();
    }

    @Test
    void nothingIsStoredWhenNothingHasEnded() {
        add("a");
        steps.tick();

        assertThat(stored).isEmpty();
        assertThat(beats).isEmpty();
    }

    @Test
    void aStepThatFailsIsRepeatedSoon() {
        add("a");
        open.get("a").completeExceptionally(new IllegalStateException("row is unreadable"));
        steps.tick();

        assertThat(stored).containsExactly(List.of(new StepInFlight.End("a", 7, T0, T0.plusSeconds(5), true)));
    }

    @Test
    void stepsThatCannotBeBegunAreRepeatedSoon() {
        broken = new IllegalStateException("the store is away");
        add("a", "b");
        steps.tick();

        assertThat(stored.get(0)).allSatisfy(end -> assertThat(end.failed()).isTrue()).hasSize(2);
        broken = null;
        add("a");
        assertThat(begun).hasSize(1);
    }

    @Test
    void anEndThatCannotBeStoredIsStoredLater() {
        add("a");
        ends("a", T0.plusSeconds(20));
        away = true;
        steps.tick();
        assertThat(steps.size()).isOne();

        away = false;
        steps.tick();
        assertThat(stored).containsExactly(List.of(new StepInFlight.End("a", 7, T0, T0.plusSeconds(20), false)));
        assertThat(steps.size()).isZero();
    }

    @Test
    void aStepThatTakesLongIsKeptAlive() {
        add("b", "a");
        now = T0.plusSeconds(4);
        steps.tick();
        assertThat(beats).isEmpty();

        now = T0.plusSeconds(5);
        steps.tick();
        now = T0.plusSeconds(9);
        steps.tick();
        assertThat(beats).containsExactly(Map.of("a", 7L, "b", 7L));

        ends("a", T0.plusSeconds(60));
        now = T0.plusSeconds(10);
        steps.tick();
        assertThat(beats).hasSize(2).last().isEqualTo(Map.of("b", 7L));
    }

    @Test
    void aStepThatIsBroughtForwardWhileItRunsIsFollowedByAnother() {
        add("a");
        assertThat(steps.bringForward("a", T0.plusSeconds(1))).isTrue();
        assertThat(steps.bringForward("a", T0.plusSeconds(3))).isTrue();
        assertThat(steps.bringForward("b", T0)).isFalse();
        ends("a", T0.plusSeconds(60));
        steps.tick();

        assertThat(stored.get(0).get(0).next()).isEqualTo(T0.plusSeconds(1));
        assertThat(steps.bringForward("a", T0)).isFalse();
    }

    /** It may have been continued after this step has read it. */
    @Test
    void aJobThatIsBroughtForwardHasAnotherStepEvenIfItSeemsToBeOver() {
        add("a");
        steps.bringForward("a", T0);
        ends("a", null);
        steps.tick();

        assertThat(stored.get(0).get(0).next()).isEqualTo(T0);
    }

    @Test
    void ofAJobThatIsPickedTwiceBeforeItIsBegunOnlyTheLaterStepIsBegun() {
        steps.add("a", 7);
        steps.add("b", 7);
        steps.add("a", 9);
        work();
        ends("a", T0.plusSeconds(60));
        ends("b", T0.plusSeconds(60));
        steps.tick();

        assertThat(begun).containsExactly(List.of("b", "a"));
        assertThat(stored.get(0)).extracting(StepInFlight.End::version).containsExactly(9L, 7L);
    }

    @Test
    void aRowThatIsRefusedHoldsUpNoOther() {
        refused = "b";
        add("a", "b", "c");
        List.of("a", "b", "c").forEach(jobId -> ends(jobId, T0.plusSeconds(60)));
        steps.tick();

        assertThat(stored.stream().flatMap(List::stream)).extracting(StepInFlight.End::jobId).containsExactly("a", "c");
        assertThat(steps.size()).as("a node takes it over, since it is kept alive no longer").isZero();
    }

    @Test
    void runningStepsAreKeptAliveWhileEndsCannotBeStored() {
        add("a", "b");
        ends("a", T0.plusSeconds(60));
        for (Throwable failure : List.of(away(), new OutOfMemoryError("heap"))) {
            beats.clear();
            endFailure = failure;
            now = now.plus(HEARTBEAT);
            steps.tick();

            assertThat(beats).as(failure.toString()).hasSize(1);
            endFailure = null;
        }
    }

    @Test
    void aJobThatIsPickedAgainIsNotForgottenWithItsFirstStep() {
        add("a");
        CompletableFuture<Optional<Instant>> first = open.get("a");
        // After an outage of the store it looked dead.
        steps.add("a", 9);
        work();
        first.complete(Optional.of(T0.plusSeconds(30)));
        steps.tick();

        assertThat(stored.get(0)).extracting(StepInFlight.End::version).containsExactly(7L);
        assertThat(steps.size()).isOne();
    }

    @Test
    void aStopStoresWhatEndsMeanwhileAndReleasesWhatWasNotBegun() throws InterruptedException {
        add("a");
        steps.add("b", 7);
        closed = true;
        steps.add("c", 7);
        ends("a", T0.plusSeconds(60));
        steps.stop(Duration.ofSeconds(30));

        assertThat(begun).containsExactly(List.of("a"));
        assertThat(stored.stream().flatMap(List::stream)).containsExactlyInAnyOrder(
                new StepInFlight.End("a", 7, T0, T0.plusSeconds(60), false), new StepInFlight.End("b", 7, T0, T0, false),
                new StepInFlight.End("c", 7, T0, T0, false));
        assertThat(steps.size()).isZero();
    }

    @Test
    void aStopDoesNotWaitForEverForAStepThatHangs() throws InterruptedException {
        add("a");
        steps.stop(Duration.ofMillis(1));

        assertThat(stored).isEmpty();
        assertThat(steps.size()).isOne();
    }
}
