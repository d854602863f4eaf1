// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc.due;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A step that db-scheduler has picked for this node. Thread-safe. */
public final class StepInFlight {

    /** How a step has ended. */
    public record End(String jobId, long version, Instant at, Instant next, boolean failed) {

        /**
         * @param version of the row since it was picked; if it has another one, another node has taken the job over
         * @param next    when the next step is due; null = there is none
         */
        public End {
        }
    }

    final String jobId;
    final long version;
    private final ReentrantLock lock = new ReentrantLock();
    /** When the row last said that this node is alive. */
    private Instant beatAt;
    private Instant sooner;
    private End end;
    private boolean storing;

    StepInFlight(String jobId, long version, Instant pickedAt) {
        this.jobId = jobId;
        this.version = version;
        this.beatAt = pickedAt;
    }

    /** @return false = too late: its end is being stored */
    boolean bringForward(Instant due) {
        lock.lock();
        try {
            if (!storing && (sooner == null || due.isBefore(sooner))) {
                sooner = due;
            }
            return !storing;
        } finally {
            lock.unlock();
        }
    }

    void ended(Instant at, Optional<Instant> next, boolean failed) {
        lock.lock();
        try {
            end = new End(jobId, version, at, next.orElse(null), failed);
        } finally {
            lock.unlock();
        }
    }

    /** @return how the step has ended, to be stored now */
    End storing() {
        lock.lock();
        try {
            storing = true;
            // A job without a next step may have been continued since: if it is over, one more step finds that out.
            return sooner == null || end.next != null && !sooner.isBefore(end.next) ? end
                    : new End(jobId, version, end.at, sooner, end.failed);
        } finally {
            lock.unlock();
        }
    }

    /** The end could not be stored. */
    void notStored() {
        lock.lock();
        try {
            storing = false;
        } finally {
            lock.unlock();
        }
    }

    boolean isSilentSince(Instant time) {
        lock.lock();
        try {
            return !beatAt.isAfter(time);
        } finally {
            lock.unlock();
        }
    }

    void beat(Instant at) {
        lock.lock();
        try {
            beatAt = at;
        } finally {
            lock.unlock();
        }
    }
}
