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
 * What an operator may do with jobs. Methods without a future read and write the store and may block. Each throws, or completes with, a
 * {@link io.github.grokvideo.component.error.GrokVideoException} that says why it cannot be done in the job's present state.
 */
public interface JobOperations {

    JobPage page(JobQuery query);

    Optional<VideoJob> findByKey(String account, String jobKey);

    /** @return when the job is asked about next; empty = it is not, or another node knows */
    default Optional<Instant> nextPollAt(String jobId) {
        return Optional.ofNullable(nextPollsAt(List.of(jobId)).get(jobId));
    }

    /** @return the same for a page of jobs; those without are left out */
    Map<String, Instant> nextPollsAt(Collection<String> jobIds);

    /** @return what the last status query of an open job told, in words and without secrets; empty = this node has made none */
    Optional<String> lastPoll(String jobId);

    /**
     * Whether a job has ended only since its gateway did not know its task, or gave no usable URL: it can be asked about, and told its
     * task, as one that is open.
     */
    static boolean canBeAskedAgain(VideoJob job) {
        return Reopening.isPossible(job);
    }

    /** Asks the gateway now, also about a job that has FAILED since its task was not found. @return the job after the answer */
    CompletableFuture<VideoJob> pollNow(String jobId);

    /** Ends all waits of this node for the job with the resumable Detached. The job goes on. */
    VideoJob stopWaiting(String jobId);

    /**
     * Offers an ended job to {@code completed} again, from now on; its video is fetched again where it is not kept. The gateway is asked
     * once more about one that has EXPIRED, or has FAILED since its task was not found or its URL could not be used.
     */
    VideoJob redeliver(String jobId);

    /**
     * Tells a job that is UNKNOWN, or has FAILED since its task was not found, its task at the gateway: it goes on from there, and costs
     * nothing more.
     */
    VideoJob adopt(String jobId, String taskId);

    /** Submits an UNKNOWN job again, at the risk of paying twice. @return the job once the gateway has it */
    CompletableFuture<VideoJob> resubmit(String jobId);

    /** Gives an UNKNOWN job up: it has FAILED, and its key with it. */
    VideoJob abandon(String jobId);

    /**
     * Makes a new job of a failed one's request, which costs. One new job of each: a second retry attaches to it. Where that has failed
     * as well it fails with the new job's error, and it is the new job that can be retried; where it was REJECTED it is sent anew.
     *
     * @return the new job once the gateway has it
     */
    CompletableFuture<VideoJob> retry(String jobId);

    /** @return the job that a retry of this one has made; empty = there is none, or none any more */
    Optional<VideoJob> retryOf(String jobId);

    /**
     * Whether the stored request seems whole, so that {@link #retry} and {@link #resubmit} can be offered. They refuse a local file whose
     * content has changed, which is not read to its end here.
     */
    boolean isRepeatable(VideoJob job);

    /** Forgets jobs that ended before a time and wait for nobody. @return how many */
    int purge(Instant endedBefore);

    /** Forgets jobs that ended longer ago than that, by the store's clock, and wait for nobody. @return how many */
    int purge(Duration endedFor);
}
