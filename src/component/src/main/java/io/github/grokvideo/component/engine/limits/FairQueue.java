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
public final class FairQueue<T> {

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
    public FairQueue(ToDoubleFunction<String> weights) {
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

    /** @param turn not in this queue; its arrival is unique within the queue */
    public void add(Turn turn, T item) {
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

    /** @return the next item, which stays in the queue; null = nothing waits */
    public T peek() {
        return waiting.isEmpty() ? null : next().item();
    }

    /** Takes the next item; null = nothing waits. */
    T poll() {
        if (waiting.isEmpty()) {
            return null;
        }
        Entry<T> next = next();
        take(next.turn());
        return next.item();
    }

    private Entry<T> next() {
        return waiting.firstEntry().getValue().entries.firstEntry().getValue();
    }

    /** Takes an item that has had its turn, even if another one has become the next since {@link #peek}. */
    public void take(Turn turn) {
        if (ranks.containsKey(turn)) {
            Lane<T> lane = lanes.get(turn.tag());
            waiting.remove(lane.next);
            double start = lane.next.first();
            time = Math.max(time, start);
            lane.next = new Rank(start + 1 / weights.applyAsDouble(lane.tag), lane.next.second());
            waiting.put(lane.next, lane);
            remove(turn);
        }
    }

    /** Takes an item that does without its turn. If it is not queued, nothing happens. */
    public void remove(Turn turn) {
        Rank rank = ranks.remove(turn);
        if (rank == null) {
            return;
        }
        Lane<T> lane = lanes.get(turn.tag());
        lane.entries.remove(rank);
        if (lane.entries.isEmpty()) {
            waiting.remove(lane.next);
            ahead.put(lane.next, lane);
        }
        forget();
    }

    /** The turn's priority has changed. If it is not queued, nothing happens. */
    public void moved(Turn turn) {
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
