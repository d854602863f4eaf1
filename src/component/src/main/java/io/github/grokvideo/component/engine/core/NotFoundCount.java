// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;

/** How often in a row a gateway has not known a task that it had taken. One such answer is a slip; many over a long time are believed. */
public final class NotFoundCount {

    private static final int SEVERAL = 3;

    private Instant first;
    private int count;

    /**
     * Counts another.
     *
     * @param  longEnough how long they must have gone on
     * @return            whether the task counts as lost
     */
    public boolean again(Instant now, Duration longEnough) {
        first = first == null ? now : first;
        count++;
        return count >= SEVERAL && !first.plus(longEnough).isAfter(now);
    }

    /** There was another answer: the count begins anew. */
    public void reset() {
        first = null;
        count = 0;
    }
}
