// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A weighted fair queue over tags (start-time fair queueing): while several tags wait, each gets turns in proportion to its weight, however
 * much the others have queued. Within a tag the highest priority goes first, then the earliest arrival. No operation searches: each takes
 * O(log n) steps. Not thread-safe.
 *
 * @param <T> what is queued
 */
final class FairQueue<T> {

    /** An order by two numbers, lowest first. */
    record Rank(double first, long second) {

        static final Comparator<Rank> ORDER = Comparator.comparingDouble(Rank::first).thenComparingLong(Rank::second);
    }

    private record Entry<T>(Turn turn, T item) {
    }

    /** What waits with one tag. */
    private static final class Lane<T> {

        /** null = no tag. */
        private final String tag;
        private final TreeMap<Rank, Entry<T>> entries;
        /** Virtual time of its next turn; the order in which lanes began to wait. */
        private Rank next = new Rank(0, 0);

        private Lane(String tag, Comparator<Rank> order) {
            this.tag = tag;
            this.entries = new TreeMap<>(order);
        }
    }

    private final ToDoubleFunction<String> weights;
    private final Comparator<Rank> order;
    private final Map<Turn, Rank> ranks = new HashMap<>();
    /** Also of empty lanes whose next turn is still to come: otherwise the weight of a tag that queues one at a time had no effect. */
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    private final TreeMap<Rank, Lane<T>> waiting;
    private final TreeMap<Rank, Lane<T>> ahead;
    /** Virtual time: that of the latest turn. */
    private double time;
    private long begun;

    /** @param weights weight of a tag, more than 0; null = what has no tag. It is read at each turn of the tag */
    FairQueue(ToDoubleFunction<String> weights) {
        this(weights, Rank.ORDER);
    }

    /** @param order as {@link Rank#ORDER} */
    FairQueue(ToDoubleFunction<String> weights, Comparator<Rank> order) {
        this.weights = weights;
        this.order = order;
        this.waiting = new TreeMap<>(order);
        this.ahead = new TreeMap<>(order);
    }

    boolean isEmpty() {
        return ranks.isEmpty();
    }

    /** @param turn not in this queue */
    void add(Turn turn, T item) {
        Lane<T> lane = lanes.computeIfAbsent(turn.tag(), tag -> new Lane<>(tag, order));
        if (lane.entries.isEmpty()) {
            ahead.remove(lane.next);
            lane.next = new Rank(Math.max(lane.next.first(), time), ++begun);
            waiting.put(lane.next, lane);
        }
        insert(lane, new Entry<>(turn, item));
    }

    private void insert(Lane<T> lane, Entry<T> entry) {
        Rank rank = new Rank(-entry.turn().priority(), entry.turn().arrival());
        lane.entries.put(rank, entry);
        ranks.put(entry.turn(), rank);
    }

    /** Takes the next item; null = nothing waits. */
    T poll() {
        Map.Entry<Rank, Lane<T>> first = waiting.pollFirstEntry();
        if (first == null) {
            return null;
        }
        Lane<T> lane = first.getValue();
        Entry<T> entry = lane.entries.pollFirstEntry().getValue();
        ranks.remove(entry.turn());
        time = lane.next.first();
        lane.next = new Rank(time + 1 / weights.applyAsDouble(lane.tag), lane.next.second());
        (lane.entries.isEmpty() ? ahead : waiting).put(lane.next, lane);
        forget();
        return entry.item();
    }

    /** Takes an item out of turn. If it is not queued, nothing happens. */
    void remove(Turn turn) {
        Rank rank = ranks.remove(turn);
        if (rank == null) {
            return;
        }
        Lane<T> lane = lanes.get(turn.tag());
        lane.entries.remove(rank);
        if (lane.entries.isEmpty()) {
            waiting.remove(lane.next);
            ahead.put(lane.next, lane);
            forget();
        }
    }

    /** The turn's priority has changed. If it is not queued, nothing happens. */
    void moved(Turn turn) {
        Rank rank = ranks.get(turn);
        if (rank != null) {
            Lane<T> lane = lanes.get(turn.tag());
            insert(lane, lane.entries.remove(rank));
        }
    }

    /** Forgets the empty lanes whose next turn has passed; if nothing waits, no tag is ahead of another. */
    private void forget() {
        if (waiting.isEmpty()) {
            lanes.clear();
            ahead.clear();
            time = 0;
            return;
        }
        while (!ahead.isEmpty() && ahead.firstKey().first() <= time) {
            lanes.remove(ahead.pollFirstEntry().getValue().tag);
        }
    }
}
