// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Finds, lists and counts the jobs of a store. Thread-safe. Methods may block, so they are called on I/O threads only. Every method throws
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} if the store does not answer. The default methods that list or
 * count look at every job.
 */
public interface JobLists {

    /**
     * Finds a job by its id.
     *
     * @param  jobId id of the job
     * @return       the job; empty = there is none
     */
    Optional<VideoJob> find(String jobId);

    /**
     * Finds several jobs by their ids.
     *
     * @param  jobIds ids of the jobs
     * @return        the jobs that exist, in any order
     */
    default List<VideoJob> findAll(Collection<String> jobIds) {
        return jobIds.stream().flatMap(jobId -> find(jobId).stream()).toList();
    }

    /**
     * Finds a job by its jobKey.
     *
     * @param  account name of the account
     * @param  jobKey  jobKey, unique within the account
     * @return         the job; empty = there is none
     */
    Optional<VideoJob> findByKey(String account, String jobKey);

    /**
     * Finds a job by its task id at the gateway.
     *
     * @param  account name of the account
     * @param  taskId  id that the gateway assigned
     * @return         the job, the oldest if there are several; empty = there is none
     */
    Optional<VideoJob> findByTask(String account, String taskId);

    /**
     * Lists matching jobs; the filter is applied to every job.
     *
     * @param  filter which jobs to list
     * @param  limit  the most jobs to return
     * @return        the matching jobs, oldest first
     */
    List<VideoJob> list(Predicate<VideoJob> filter, int limit);

    /**
     * Lists an account's open jobs.
     *
     * @param  account       name of the account
     * @param  createdBefore only jobs created before this time
     * @param  limit         the most jobs to return
     * @return               the account's jobs that have not ended, oldest first
     */
    default List<VideoJob> listOpen(String account, Instant createdBefore, int limit) {
        return list(job -> job.account().equals(account) && !job.state().isEnded() && job.createdAt().isBefore(createdBefore), limit);
    }

    /**
     * Counts an account's jobs that the gateway may be working on.
     *
     * @param  account name of the account
     * @return         how many of its jobs are SUBMITTING, ACCEPTED or RUNNING
     */
    default int countOpen(String account) {
        return list(job -> job.account().equals(account) && job.state().isAtGateway(), Integer.MAX_VALUE).size();
    }

    /**
     * Lists ended jobs with or without a jobKey.
     *
     * @param  before  only jobs that ended before this time
     * @param  withKey true = only jobs with a jobKey, false = only jobs without one
     * @param  wanted  which of these to list
     * @param  limit   the most jobs to return
     * @return         the matching jobs, oldest first
     */
    default List<VideoJob> listEnded(Instant before, boolean withKey, Predicate<VideoJob> wanted, int limit) {
        return list(job -> withKey == (job.jobKey() != null) && job.state().isEnded() && job.endedAt() != null
                && job.endedAt().isBefore(before) && wanted.test(job), limit);
    }

    /**
     * Lists jobs whose video has not been delivered.
     *
     * @param  before only jobs whose video was downloaded, or first reported as rendered, before this time
     * @param  limit  the most jobs to return
     * @return        the RENDERED and DOWNLOADED jobs, oldest first
     */
    default List<VideoJob> listUndelivered(Instant before, int limit) {
        return list(job -> (job.state() == JobState.RENDERED || job.state() == JobState.DOWNLOADED) && job.videoAt() != null
                && job.videoAt().isBefore(before), limit);
    }

    /**
     * Returns one page of a job list.
     *
     * @param  query filter, order and page
     * @return       the page
     */
    default JobPage page(JobQuery query) {
        List<VideoJob> all = new ArrayList<>(list(query.filter(), Integer.MAX_VALUE));
        if (query.after() != null) {
            Optional<VideoJob> before = find(query.after());
            all.removeIf(job -> before.isEmpty() || query.order().compare(before.get(), job) >= 0);
        }
        all.sort(query.order());
        int from = Math.min(query.offset(), all.size());
        return new JobPage(all.size(), List.copyOf(all.subList(from, Math.min(from + query.limit(), all.size()))));
    }

    /**
     * Lists the jobs of a page without counting all.
     *
     * @param  query filter, order and page
     * @return       the jobs of the page
     */
    default List<VideoJob> list(JobQuery query) {
        return page(query).jobs();
    }

    /**
     * Counts the jobs of a list.
     *
     * @param  query filter and {@link JobQuery#after()}; its order and page do not matter
     * @return       how many jobs all pages have
     */
    default long count(JobQuery query) {
        return page(query).total();
    }

    /**
     * Lists jobs that are offered to consumers.
     *
     * @param  now    only jobs offered from this time or earlier
     * @param  wanted which jobs the consumer accepts
     * @param  limit  the most jobs to return
     * @return        the matching jobs, the one offered first at the head
     */
    default List<VideoJob> listOffered(Instant now, Predicate<VideoJob> wanted, int limit) {
        List<VideoJob> offered = new ArrayList<>(list(job -> job.delivery().isOffered(now) && wanted.test(job), Integer.MAX_VALUE));
        offered.sort(Comparator.comparing((VideoJob job) -> job.delivery().at()).thenComparing(VideoJob::id));
        return List.copyOf(offered.subList(0, Math.min(limit, offered.size())));
    }

    /**
     * Counts jobs that have been offered to consumers for a while.
     *
     * @param  until only jobs offered from this time or earlier
     * @return       how many
     */
    default int countOffered(Instant until) {
        return listOffered(until, job -> true, Integer.MAX_VALUE).size();
    }

    /**
     * Lists jobs that a node owns.
     *
     * @param  node       id of the node
     * @param  submitting true = only jobs that are SUBMITTING, false = all others
     * @param  limit      the most jobs to return
     * @return            the matching jobs, in any order
     */
    default List<VideoJob> listOwnedBy(String node, boolean submitting, int limit) {
        return list(job -> node.equals(job.node()) && submitting == (job.state() == JobState.SUBMITTING), limit);
    }

    /**
     * Counts downloaded videos that a caller's exchange has had for a while, or has left behind.
     *
     * @param  until only videos downloaded at this time or earlier
     * @return       how many jobs are DOWNLOADED and attached
     */
    default int countHeld(Instant until) {
        return listHeld(until, Integer.MAX_VALUE).size();
    }

    /**
     * Lists the jobs that {@link #countHeld(Instant)} counts.
     *
     * @param  until only videos downloaded at this time or earlier
     * @param  limit the most jobs to return
     * @return       jobs that are DOWNLOADED and attached, oldest first
     */
    default List<VideoJob> listHeld(Instant until, int limit) {
        return list(job -> job.state() == JobState.DOWNLOADED && job.delivery().state() == JobDelivery.State.ATTACHED
                && job.videoAt() != null && !job.videoAt().isAfter(until), limit);
    }

    /**
     * What is followed by those who show jobs: it differs when a job was added or changed, by whichever engine on the store. It may also
     * differ though nothing has changed. Removed jobs need not count. The console asks about once a second.
     *
     * @return a mark to compare with others: 1 to 100 of the letters A to Z and a to z, digits and {@code :./+-}, also if there are no
     *         jobs; empty = the store cannot tell
     */
    default Optional<String> changeMark() {
        return Optional.empty();
    }
}
