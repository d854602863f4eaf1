// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Schedules the jobs that no node owns, for all nodes of a store. Each step runs on one node; if that node ends during the step, it runs
 * again on another. Thread-safe; may block. Every method throws {@link io.github.grokvideo.component.error.StoreUnavailableException} if
 * the store does not answer.
 */
public interface DueJobs {

    /** The steps of jobs. */
    @FunctionalInterface
    interface Steps {
        /**
         * Begins a step of each job. Called on the scheduler's threads; may block for the store, but not for a gateway. If it throws, the
         * steps of all these jobs are due again soon.
         *
         * @param  jobIds ids of the jobs, each once
         * @return        for each job when its next step is due, completed once this one has ended; empty = there is none. A step that
         *                fails is due again soon
         */
        Map<String, CompletableFuture<Optional<Instant>>> begin(Collection<String> jobIds);
    }

    /**
     * Starts running due steps.
     *
     * @param steps what to run for due jobs
     */
    void start(Steps steps);

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
     * Brings a job's step forward, or schedules the job if it is not scheduled. If its step is running on this node, the next one follows
     * it.
     *
     * @param  jobId id of the job
     * @param  due   when its step is due
     * @return       false = its step is just beginning or ending, or runs on another node: try again soon
     */
    boolean bringForward(String jobId, Instant due);

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
