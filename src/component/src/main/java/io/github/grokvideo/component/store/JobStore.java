// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;

/**
 * Stores jobs. Thread-safe. Methods may block, so they are called on I/O threads only. Every method throws
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} if the store does not answer.
 */
public interface JobStore extends JobLists, AutoCloseable {

    /**
     * Stores a new job unless its id, or its account and jobKey, are taken.
     *
     * @param  job the new job
     * @return     the job that holds the id or key; the same instance as {@code job} if it was stored
     */
    VideoJob insert(VideoJob job);

    /**
     * Changes a job atomically.
     *
     * @param  jobId  id of the job
     * @param  change may be called more than once; returning its argument leaves the job unchanged, a null jobKey frees the key
     * @return        the job before and after the change; empty = there is no such job
     */
    Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change);

    /**
     * Changes a job atomically, and in the same write its rows in the ledger and the use of budgets.
     *
     * @param  jobId   id of the job
     * @param  change  as for {@link #update(String, UnaryOperator)}
     * @param  budgets the budgets of the engine
     * @return         the job before and after the change; empty = there is no such job
     * @throws io.github.grokvideo.component.store.spend.BudgetFullException if the change reserves more than a budget has left; nothing is
     *                                                                       changed then
     */
    default Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change, Budgets budgets) {
        return update(jobId, change);
    }

    /**
     * What the jobs have cost.
     *
     * @return the ledger; empty = the store keeps none, and there can be no budgets
     */
    default Optional<SpendLedger> ledger() {
        return Optional.empty();
    }

    /**
     * Changes several jobs, each atomically. Jobs that others change or remove meanwhile, or whose change the store refuses, may be left as
     * they are. If this throws, some changes may have been stored.
     *
     * @param  jobIds  ids of the jobs
     * @param  change  as for {@link #update(String, UnaryOperator)}; reserves nothing
     * @param  budgets the budgets of the engine
     * @return         the changes that this call stored, in any order
     */
    default List<JobUpdate> updateAll(Collection<String> jobIds, UnaryOperator<VideoJob> change, Budgets budgets) {
        return jobIds.stream().flatMap(jobId -> update(jobId, change, budgets).stream()).filter(JobUpdate::isApplied).toList();
    }

    /**
     * Changes several jobs as {@link #updateAll(Collection, UnaryOperator, Budgets)} does, without budgets.
     *
     * @param  jobIds ids of the jobs
     * @param  change as for {@link #update(String, UnaryOperator)}
     * @return        the changes that this call stored, in any order
     */
    default List<JobUpdate> updateAll(Collection<String> jobIds, UnaryOperator<VideoJob> change) {
        return updateAll(jobIds, change, Budgets.NONE);
    }

    /**
     * Removes a job if it is unchanged.
     *
     * @param  job the job as it was read
     * @return     whether it was removed
     */
    boolean remove(VideoJob job);

    /**
     * Removes those of the given jobs that are unchanged.
     *
     * @param  jobs the jobs as they were read
     * @return      the jobs that were removed
     */
    default List<VideoJob> removeAll(List<VideoJob> jobs) {
        return jobs.stream().filter(this::remove).toList();
    }

    /**
     * What was learnt from jobs that ended.
     *
     * @return the rows; empty = the store keeps none, so that each engine learns anew
     */
    default Optional<LearntRows> learnt() {
        return Optional.empty();
    }

    /**
     * Whether jobs outlive this JVM.
     *
     * @return true if they do
     */
    boolean isDurable();

    @Override
    default void close() {
    }
}
