// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.time.Instant;

/**
 * Who receives the outcome of a job: the exchange waiting for it, or a {@code completed} consumer.
 *
 * @param state never null
 * @param at    OFFERED: the earliest time a consumer may claim it; otherwise null
 * @param count how often a consumer has claimed it
 */
public record JobDelivery(State state, Instant at, int count) {

    /** An exchange is waiting; never claimed. */
    public static final JobDelivery ATTACHED = new JobDelivery(State.ATTACHED, null, 0);
    /** No caller is waiting; never claimed. */
    public static final JobDelivery DETACHED = new JobDelivery(State.DETACHED, null, 0);

    /** How far the delivery of the outcome has come. */
    public enum State {
        /** An exchange is waiting for it, or may still come back for it. */
        ATTACHED,
        /** The node of the waiting exchange has ended: offered some time after the job ends, unless the message is redelivered first. */
        ORPHANED,
        /** No caller is waiting: it is offered when the job ends. */
        DETACHED,
        /** The job has ended; a {@code completed} consumer may claim it. */
        OFFERED,
        /** Being processed by a {@code completed} consumer on the job's node. */
        CLAIMED,
        /** The consumer's route has succeeded. */
        ACKNOWLEDGED,
        /** The maximum number of deliveries failed. It is not offered again until an operator requests redelivery. */
        UNDELIVERED
    }

    /**
     * @param  now the current time
     * @return     whether a consumer may claim it
     */
    public boolean isOffered(Instant now) {
        return state == State.OFFERED && !at.isAfter(now);
    }

    /** @return a copy that is DETACHED: offered again once its video is available again */
    public JobDelivery detached() {
        return new JobDelivery(State.DETACHED, null, count);
    }

    /**
     * @param  from the earliest time a consumer may claim it
     * @return      a copy that is OFFERED
     */
    public JobDelivery offered(Instant from) {
        return new JobDelivery(State.OFFERED, from, count);
    }

    /** @return a copy that is ORPHANED */
    public JobDelivery orphaned() {
        return new JobDelivery(State.ORPHANED, null, count);
    }

    /** @return a copy that is CLAIMED, with the count increased by one */
    public JobDelivery claimed() {
        return new JobDelivery(State.CLAIMED, null, count + 1);
    }

    /** @return a copy that is ACKNOWLEDGED */
    public JobDelivery acknowledged() {
        return new JobDelivery(State.ACKNOWLEDGED, null, count);
    }

    /** @return a copy that is UNDELIVERED */
    public JobDelivery undelivered() {
        return new JobDelivery(State.UNDELIVERED, null, count);
    }
}
