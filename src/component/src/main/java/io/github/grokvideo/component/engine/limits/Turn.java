// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

/** Where a submit stands in the queues that it goes through; it keeps its place from one queue to the next. Thread-safe. */
public final class Turn {

    private final String tag;
    private final long arrival;
    private volatile int priority;

    /**
     * @param tag     null = none
     * @param arrival unique within the engine, later ones are higher
     */
    Turn(String tag, int priority, long arrival) {
        this.tag = tag;
        this.priority = priority;
        this.arrival = arrival;
    }

    /** @return null = none */
    public String tag() {
        return tag;
    }

    long arrival() {
        return arrival;
    }

    int priority() {
        return priority;
    }

    /** A queue that the turn is in must be notified: see {@link FairQueue#moved}. */
    void priority(int value) {
        priority = value;
    }
}
