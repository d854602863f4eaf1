// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Times the jobs that no node has in hand, for all nodes of a store: each step runs on one of them, and on another one should that
 * end in the middle. Thread-safe; may block. Every method throws {@link io.github.grokvideo.component.error.StoreUnavailableException}
 * when the store does not answer.
 */
public interface DueJobs {

    /** One step of a job, on a thread of its own; may block. */
    @FunctionalInterface
    interface Step {
        /** @return when the job's next step is due; empty = there is none. What it throws makes it due again soon. */
        Optional<Instant> run(String jobId);
    }

    /** Begins to run steps. */
    void start(Step step);

    /** Adds a job, or leaves it as it is timed. */
    void put(String jobId, Instant due);

    /** Brings a job's step forward; adds the job where it is not timed. */
    void bringForward(String jobId, Instant due);

    /** @return when the next step of each job is due; those that are not timed are left out */
    Map<String, Instant> dueAt(Collection<String> jobIds);

    /** Ends after the steps under way, or a few seconds. */
    void stop();
}
