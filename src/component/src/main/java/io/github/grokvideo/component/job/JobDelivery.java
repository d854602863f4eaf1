// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.time.Instant;

/**
 * Who gets the outcome of a job: the exchange that waits for it, or a {@code completed} consumer.
 *
 * @param state never null
 * @param at    OFFERED: from when on a consumer may claim it; else null
 * @param count how often a consumer has claimed it
 */
public record JobDelivery(State state, Instant at, int count) {

    public static final JobDelivery ATTACHED = new JobDelivery(State.ATTACHED, null, 0);
    public static final JobDelivery DETACHED = new JobDelivery(State.DETACHED, null, 0);

    /** Where the outcome is on its way. */
    public enum State {
        /** An exchange waits for it, or may come for it. */
        ATTACHED,
        /** The node of the exchange that waited has ended: offered a while after the job has ended, should the message not come again. */
        ORPHANED,
        /** Nobody waits: it is offered when it ends. */
        DETACHED,
        /** Ended, waiting for a {@code completed} consumer. */
        OFFERED,
        /** In the hands of a {@code completed} consumer of the job's node. */
        CLAIMED,
        /** The consumer's route has succeeded. */
        ACKNOWLEDGED,
        /** Offered as often as allowed, in vain. Rests until an operator has it delivered again. */
        UNDELIVERED
    }

    /** Whether a consumer may claim it. */
    public boolean isOffered(Instant now) {
        return state == State.OFFERED && !at.isAfter(now);
    }

    /** @return offered again as soon as its video is here again */
    public JobDelivery detached() {
        return new JobDelivery(State.DETACHED, null, count);
    }

    /** @return offered from a time on */
    public JobDelivery offered(Instant from) {
        return new JobDelivery(State.OFFERED, from, count);
    }

    public JobDelivery orphaned() {
        return new JobDelivery(State.ORPHANED, null, count);
    }

    public JobDelivery claimed() {
        return new JobDelivery(State.CLAIMED, null, count + 1);
    }

    public JobDelivery acknowledged() {
        return new JobDelivery(State.ACKNOWLEDGED, null, count);
    }

    public JobDelivery undelivered() {
        return new JobDelivery(State.UNDELIVERED, null, count);
    }
}
