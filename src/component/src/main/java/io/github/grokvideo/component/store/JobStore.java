// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Keeps jobs. Thread-safe; may block, so it is called on I/O threads only. Every method throws
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} when the store does not answer.
 */
public interface JobStore extends AutoCloseable {

    /**
     * Stores a new job unless its id, or its account and jobKey, are taken.
     *
     * @return the job that holds the id or the key: the given one if it was stored
     */
    VideoJob insert(VideoJob job);

    Optional<VideoJob> find(String jobId);

    /** @return those of the jobs that there are */
    default List<VideoJob> findAll(Collection<String> jobIds) {
        return jobIds.stream().flatMap(jobId -> find(jobId).stream()).toList();
    }

    Optional<VideoJob> findByKey(String account, String jobKey);

    Optional<VideoJob> findByTask(String account, String taskId);

    /**
     * Changes a job atomically.
     *
     * @param  change may be called more than once; returning its argument changes nothing, a null jobKey frees the key
     * @return        the job before and after it; empty = there is no such job
     */
    Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change);

    /** Looks at every job there is. @return the jobs that match, oldest first, at most {@code limit} */
    List<VideoJob> list(Predicate<VideoJob> filter, int limit);

    /** @return the account's jobs that have not ended and were created before a time, oldest first */
    default List<VideoJob> listOpen(String account, Instant createdBefore, int limit) {
        return list(job -> job.account().equals(account) && !job.state().isEnded() && job.createdAt().isBefore(createdBefore), limit);
    }

    /**
     * @param  wanted those to list
     * @return        the jobs, with or without a jobKey, that ended before a time, oldest first
     */
    default List<VideoJob> listEnded(Instant before, boolean withKey, Predicate<VideoJob> wanted, int limit) {
        return list(job -> withKey == (job.jobKey() != null) && job.state().isEnded() && job.endedAt() != null
                && job.endedAt().isBefore(before) && wanted.test(job), limit);
    }

    /** @return the RENDERED and DOWNLOADED jobs whose video came, or was first seen, before a time, oldest first */
    default List<VideoJob> listUndelivered(Instant before, int limit) {
        return list(job -> (job.state() == JobState.RENDERED || job.state() == JobState.DOWNLOADED) && job.videoAt() != null
                && job.videoAt().isBefore(before), limit);
    }

    /** @return the jobs somebody wants to see */
    default JobPage page(JobQuery query) {
        List<VideoJob> all = new ArrayList<>(list(query.filter(), Integer.MAX_VALUE));
        all.sort(query.order());
        int from = Math.min(query.offset(), all.size());
        return new JobPage(all.size(), List.copyOf(all.subList(from, Math.min(from + query.limit(), all.size()))));
    }

    /**
     * @param  wanted the jobs a consumer takes
     * @return        jobs that are offered by now, the one offered first first
     */
    default List<VideoJob> listOffered(Instant now, Predicate<VideoJob> wanted, int limit) {
        List<VideoJob> offered = new ArrayList<>(list(job -> job.delivery().isOffered(now) && wanted.test(job), Integer.MAX_VALUE));
        offered.sort(Comparator.comparing((VideoJob job) -> job.delivery().at()).thenComparing(VideoJob::id));
        return List.copyOf(offered.subList(0, Math.min(limit, offered.size())));
    }

    /**
     * @param  submitting whether those that are SUBMITTING, or all the others
     * @return            the jobs a node has in hand, in any order
     */
    default List<VideoJob> listInHandsOf(String node, boolean submitting, int limit) {
        return list(job -> node.equals(job.node()) && submitting == (job.state() == JobState.SUBMITTING), limit);
    }

    /** Removes a job if it still is as given. */
    boolean remove(VideoJob job);

    /** Removes those of many jobs that still are as given. @return these */
    default List<VideoJob> removeAll(List<VideoJob> jobs) {
        return jobs.stream().filter(this::remove).toList();
    }

    /** Whether jobs outlive this JVM. */
    boolean isDurable();

    @Override
    default void close() {
    }
}
