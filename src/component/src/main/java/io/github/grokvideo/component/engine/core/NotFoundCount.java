// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;

/** Counts consecutive answers that an accepted task is unknown. One may be a glitch; several over a long time are believed. */
public final class NotFoundCount {

    private static final int SEVERAL = 3;

    private Instant first;
    private int count;

    /**
     * Counts another such answer.
     *
     * @param  longEnough how long the answers must have continued
     * @return            whether the task counts as lost
     */
    public boolean again(Instant now, Duration longEnough) {
        first = first == null ? now : first;
        count++;
        return count >= SEVERAL && !first.plus(longEnough).isAfter(now);
    }

    /** There was a different answer: the count starts over. */
    public void reset() {
        first = null;
        count = 0;
    }
}
