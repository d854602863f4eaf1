// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each poll is a submit; at 1/s it is also a second. */
class FairQueueTest {

    private final Map<String, Double> weights = new HashMap<>();
    private final FairQueue<String> queue = new FairQueue<>(tag -> weights.getOrDefault(tag, 1.0));
    private long arrivals;

    private Turn add(String tag, int priority, String item) {
        Turn turn = new Turn(tag, priority, ++arrivals);
        queue.add(turn, item);
        return turn;
    }

    private void add(String tag, int count) {
        for (int i = 0; i < count; i++) {
            add(tag, 0, String.valueOf(tag));
        }
    }

    private List<String> take(int count) {
        return Stream.generate(queue::poll).limit(count).toList();
    }

    @Test
    void aFloodOfOneTagDelaysAnotherByAFewSubmits() {
        add("a", 5000);
        take(1000);

        add("b", 5);

        assertThat(Collections.frequency(take(15), "b")).isEqualTo(5);
        assertThat(take(3990)).containsOnly("a");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aSingleJobIsNextButOneHoweverManyTagsWereServedBefore() {
        for (String tag : List.of("a", "b", "c")) {
            add(tag, 100);
        }
        take(150);

        add("d", 1);

        assertThat(take(4)).contains("d");
    }

    @Test
    void turnsAreInProportionToTheWeights() {
        weights.putAll(Map.of("acme", 3.0, "batch", 0.5));
        Stream.of("acme", "batch", "other").forEach(tag -> add(tag, 1000));

        List<String> turns = take(900);

        assertThat(Collections.frequency(turns, "acme")).isEqualTo(600);
        assertThat(Collections.frequency(turns, "other")).isBetween(199, 201);
        assertThat(Collections.frequency(turns, "batch")).isBetween(99, 101);
        assertThat(turns.subList(0, 9)).as("spread, not in blocks").contains("acme", "other", "batch");
    }

    @Test
    void aChangedWeightCountsFromTheNextTurnOn() {
        add("a", 1000);
        add("b", 1000);
        take(100);

        weights.put("a", 3.0);

        assertThat(Collections.frequency(take(400), "a")).isBetween(298, 302);
    }

    @Test
    void aTagThatQueuesOneAtATimeHasItsWeightToo() {
        weights.put("batch", 0.1);
        add("a", 1000);
        add("batch", 1);
        int batches = 0;
        for (int i = 0; i < 220; i++) {
            if (queue.poll().equals("batch")) {
                batches++;
                add("batch", 1);
            }
        }

        assertThat(batches).isBetween(19, 21);
    }

    @Test
    void whatATagHasHadWhileItWasAloneDoesNotCountAgainstIt() {
        add("a", 1000);
        take(999);
        add("b", 10);

        assertThat(take(4)).containsExactly("b", "a", "b", "b");
        add("a", 10);

        assertThat(Collections.frequency(take(10), "a")).isEqualTo(5);
    }

    @Test
    void whatHasNoTagIsOneTag() {
        add(null, 100);
        add("a", 3);

        assertThat(take(6)).containsExactly("null", "a", "null", "a", "null", "a");
    }

    @Test
    void withinATagThePriorityDecidesThenTheArrival() {
        add("a", 0, "first");
        add("a", -9, "batch");
        add("a", 0, "second");
        add("a", 9, "interactive");
        add("b", -9, "of b");

        assertThat(take(5)).as("a priority takes nothing from another tag")
                .containsExactly("interactive", "of b", "first", "second", "batch");
    }

    @Test
    void aTurnThatComesBackIsStillAheadOfThoseThatArrivedLater() {
        Turn first = add("a", 0, "first");
        add("a", 0, "second");
        take(1);

        queue.add(first, "first again");

        assertThat(take(2)).containsExactly("first again", "second");
    }

    @Test
    void aTurnCanBeMovedAndRemoved() {
        Turn late = add("a", 0, "late");
        add("a", 0, "middle");
        Turn early = add("a", 0, "early");
        Turn gone = add("b", 0, "gone");

        early.priority(5);
        queue.moved(early);
        late.priority(-5);
        queue.moved(late);
        queue.remove(gone);
        queue.remove(gone);
        queue.moved(gone);

        assertThat(take(4)).containsExactly("early", "middle", "late", null);
        queue.remove(early);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void theLastOfATagThatIsRemovedLeavesTheOthersTheirTurns() {
        weights.put("b", 0.01);
        add("a", 10);
        add("b", 1);
        take(2);
        Turn gone = add("b", 0, "gone");
        queue.remove(gone);

        assertThat(take(9)).containsOnly("a");
        add("b", 1);
        assertThat(take(1)).containsExactly("b");
    }

    /** As many comparisons for a turn as a tree of that size needs, and one look at a weight: no turn looks at what else waits. */
    @Test
    void aHundredThousandThatWaitDoNotSlowATurnDown() {
        assertThat(mostComparisons(100_000, 1)).isLessThan(200);
        assertThat(mostComparisons(100_000, 100_000)).isLessThan(200);
        assertThat(mostComparisons(100_000, 300)).isLessThan(200);
    }

    /** @return most comparisons in an addition, a turn, a move or a removal */
    private static long mostComparisons(int jobs, int tags) {
        long[] steps = new long[2];
        Comparator<FairQueue.Rank> counting = (one, other) -> {
            steps[0]++;
            return FairQueue.Rank.ORDER.compare(one, other);
        };
        FairQueue<Integer> crowded = new FairQueue<>(tag -> {
            steps[1]++;
            return 1 + tag.hashCode() % 7;
        }, counting);
        List<Turn> turns = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < jobs; i++) {
            turns.add(new Turn("tag-" + i % tags, 0, i));
            most = Math.max(most, steps(steps, () -> crowded.add(turns.get(turns.size() - 1), turns.size())));
        }
        for (int i = 0; i < 1000; i++) {
            Turn turn = turns.get(jobs / 2 + i);
            turn.priority(i % 19 - 9);
            most = Math.max(most, steps(steps, () -> crowded.moved(turn)));
            most = Math.max(most, steps(steps, () -> crowded.remove(turns.get(jobs - 1 - turns.indexOf(turn) % 1000))));
        }
        assertThat(steps[1]).as("weights looked at before the first turn").isZero();
        for (int i = 0; i < 10_000; i++) {
            most = Math.max(most, steps(steps, crowded::poll));
        }
        assertThat(steps[1]).as("weights looked at in 10,000 turns").isEqualTo(10_000);
        return most;
    }

    private static long steps(long[] steps, Runnable operation) {
        steps[0] = 0;
        operation.run();
        return steps[0];
    }
}
