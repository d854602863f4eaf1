// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;

/**
 * Operator actions on jobs. Methods that return no future read and write the store and may block. Each throws, or completes with, a
 * {@link io.github.grokvideo.component.error.GrokVideoException} if the job's current state does not allow the action.
 */
public interface JobOperations {

    JobPage page(JobQuery query);

    Optional<VideoJob> findByKey(String account, String jobKey);

    /** @return when the job is polled next; empty = it is not polled, or another node schedules it */
    default Optional<Instant> nextPollAt(String jobId) {
        return Optional.ofNullable(nextPollsAt(List.of(jobId)).get(jobId));
    }

    /** @return next poll times by job id; jobs without one are left out */
    Map<String, Instant> nextPollsAt(Collection<String> jobIds);

    /** @return result of an open job's last status query, in words and without secrets; empty = this node has made none */
    Optional<String> lastPoll(String jobId);

    /**
     * Whether a job has ended only because its gateway did not know its task or gave no usable URL: then it can be polled, and given a task
     * id, as if it were open.
     */
    static boolean canBePolledAgain(VideoJob job) {
        return Reopening.isPossible(job);
    }

    /**
     * Polls the gateway now, also for a job that FAILED because its task was not found.
     *
     * @return the job after the answer
     */
    CompletableFuture<VideoJob> pollNow(String jobId);

    /** Ends all of this node's waits for the job with the resumable Detached error. The job goes on. */
    VideoJob stopWaiting(String jobId);

    /**
     * Offers an ended job to {@code completed} again, from now on. A video that was not kept is fetched again. A job that EXPIRED, or
     * FAILED because its task was not found or its URL was unusable, is polled again.
     */
    VideoJob redeliver(String jobId);

    /**
     * Assigns the gateway's task id to a job that is UNKNOWN or FAILED because its task was not found: it goes on from there at no further
     * cost.
     */
    VideoJob adopt(String jobId, String taskId);

    /**
     * Submits an UNKNOWN job again, at the risk of paying twice.
     *
     * @return the job once the gateway has accepted it
     */
    CompletableFuture<VideoJob> resubmit(String jobId);

    /** Gives an UNKNOWN job up: it becomes FAILED and keeps its key. */
    VideoJob abandon(String jobId);

    /**
     * Stops a job that is not done yet. One that waits to be sent is CANCELLED at once. Otherwise the gateway is asked to stop it, and it
     * becomes CANCELLED only when the gateway says so: until then it stays open, and if it is done already its video is downloaded.
     *
     * @return the job after the gateway's answer; UnsupportedException if the gateway documents no way to stop a job
     */
    CompletableFuture<VideoJob> cancel(String jobId);

    /** @return whether {@link #cancel} can be offered: the job waits to be sent, or its gateway has a call that stops it */
    boolean isCancellable(VideoJob job);

    /**
     * Changes the priority of a job that waits on this node to be sent, among those of the same account and tag.
     *
     * @param  priority from -9 to 9; higher ones are sent first, 0 is the default
     * @return          the job
     */
    VideoJob prioritize(String jobId, int priority);

    /**
     * Creates a new job from a failed one's request, which costs again. There is one new job per failed job: a second retry attaches to it.
     * If the new job has failed too, the retry fails with its error, and the new job is the one to retry; if it was REJECTED it is
     * submitted again.
     *
     * @return the new job once the gateway has accepted it
     */
    CompletableFuture<VideoJob> retry(String jobId);

    /** @return the job that a retry of this one created; empty = there is none, or it no longer exists */
    Optional<VideoJob> retryOf(String jobId);

    /**
     * Whether the stored request seems complete, so that {@link #retry} and {@link #resubmit} can be offered. Local files are not read
     * completely here; the actions themselves refuse files whose content has changed.
     */
    boolean isRepeatable(VideoJob job);

    /**
     * Removes jobs that ended before a time and that no caller waits for.
     *
     * @return how many
     */
    int purge(Instant endedBefore);

    /**
     * Removes jobs that ended longer ago than this by the store's clock and that no caller waits for.
     *
     * @return how many
     */
    int purge(Duration endedFor);
}
