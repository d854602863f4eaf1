// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Schedules the jobs that no node owns, for all nodes of a store. Each step runs on one node; if that node ends during the step, it runs
 * again on another. Thread-safe; may block. Every method throws {@link io.github.grokvideo.component.error.StoreUnavailableException} if
 * the store does not answer.
 */
public interface DueJobs {

    /** One step of a job. Runs on a thread of its own and may block. */
    @FunctionalInterface
    interface Step {
        /**
         * Runs the step. If it throws, the step is due again soon.
         *
         * @param  jobId id of the job
         * @return       when the job's next step is due; empty = there is none
         */
        Optional<Instant> run(String jobId);
    }

    /**
     * Starts running due steps.
     *
     * @param step what to run for each due job
     */
    void start(Step step);

    /**
     * Schedules a job. A job that is already scheduled keeps its due time.
     *
     * @param jobId id of the job
     * @param due   when its step is due
     */
    void put(String jobId, Instant due);

    /**
     * Schedules several jobs. Those that are already scheduled keep their due time.
     *
     * @param jobIds ids of the jobs, each once
     * @param due    when their steps are due
     */
    default void putAll(Collection<String> jobIds, Instant due) {
        jobIds.forEach(jobId -> put(jobId, due));
    }

    /**
     * Brings a job's step forward, or schedules the job if it is not scheduled.
     *
     * @param jobId id of the job
     * @param due   when its step is due
     */
    void bringForward(String jobId, Instant due);

    /**
     * Finds when the next steps are due.
     *
     * @param  jobIds ids of the jobs
     * @return        due times by job id; jobs that are not scheduled are left out
     */
    Map<String, Instant> dueAt(Collection<String> jobIds);

    /** Stops. Waits a few seconds at most for running steps. */
    void stop();
}
