// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.JobStore;

/**
 * The life of jobs: submit, wait, download. Thread-safe. No method blocks, except where it says so; futures complete on the engine's
 * callback threads, exceptionally always with a {@link io.github.grokvideo.component.error.GrokVideoException}.
 */
public interface VideoEngine {

    /**
     * Submits at most once. Attaches to the job of the same id or the same account and jobKey, if there is one.
     *
     * @return the job as soon as the gateway has it (ACCEPTED or later); from then on it is polled and downloaded by itself
     */
    CompletableFuture<VideoJob> submit(VideoOrder order);

    /**
     * As {@link #submit(VideoOrder)}, for a caller that waits for a limited time: for the store, for room at the gateway, for its media and
     * for the answer. What has begun by then goes on; the same order again attaches to it.
     *
     * @param waitTimeout from now on, longer than zero
     * @return            fails with a {@link io.github.grokvideo.component.error.WaitTimeoutException} where the gateway has not taken the
     *                    job by then
     */
    CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout);

    /** @return the job when its video is here (DOWNLOADED or DELIVERED), or RENDERED where only the URL is wanted */
    CompletableFuture<VideoJob> await(AwaitOrder wait);

    /**
     * A rest of a caller who asks for a job again afterwards. Ends sooner where the job ends or its video is here.
     *
     * @param waiter who rests: {@link #detach} ends the rest with the resumable Detached
     */
    CompletableFuture<Void> pause(String jobId, Duration duration, Object waiter);

    /**
     * Takes in a task that was submitted elsewhere, to be awaited. Spends nothing.
     *
     * @param  name what its file is to be called; null = by the job's id
     * @return      the job that stands for it, the same one each time
     */
    CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, VideoName name, boolean urlOnly);

    /** As {@link #adopt(VideoAccount, String, Path, VideoName, boolean)}, for a file that is called by the job's id. */
    default CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, boolean urlOnly) {
        return adopt(account, taskId, directory, null, urlOnly);
    }

    /** @return the job after one status query, or as it is where it has ended or has its file */
    CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId);

    CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account);

    /** Checks a request without sending anything. Reads the store only for {@code job:} media. */
    CompletableFuture<ResolvedRequest> validate(VideoOrder order);

    /** Reads the store; may block. */
    Optional<VideoJob> find(String jobId);

    /**
     * Hands the job's verified file to a user. Touches the disk.
     *
     * @throws io.github.grokvideo.component.error.GrokVideoException where the file is gone
     */
    HandedOutVideo handOut(String jobId);

    /** The user's work with it has succeeded: that is stored. Its file is kept until {@link #settle}. */
    void delivered(HandedOutVideo handedOut);

    /** Ends a hand-out. Once: further calls do nothing. @param delivered whether the user's work with it succeeded */
    void settle(HandedOutVideo handedOut, boolean delivered);

    /** Says that a user's work with the job's URL has succeeded: a job of which only the URL is wanted has ended with it. */
    void urlDelivered(String jobId);

    void addListener(VideoJobListener listener);

    void removeListener(VideoJobListener listener);

    EngineLoad load();

    /**
     * Tries out a directory that videos are to be put into, and logs a problem. Touches the disk.
     *
     * @param directory null = the work directory
     */
    default void tryOut(Path directory) {
    }

    /** @return the directories in use, the work directory first, as they are now. Touches the disk */
    default List<VideoFolder> folders() {
        return List.of();
    }

    /** Makes accounts known, so that jobs of theirs can be polled. */
    void register(VideoAccount account);

    /** Ends all waits and pauses of a waiter, and of those equal to it, with the resumable Detached. The jobs go on. */
    void detach(Object waiter);

    /** From now on every call that would begin something fails with Detached. */
    void refuse();

    /** Ends all waits and pauses with the resumable Detached. */
    void detachAll();

    JobStore store();

    /** @return id of this engine among those of its store; null = the store is this engine's alone */
    default String node() {
        return null;
    }

    /** For consumers of jobs that nobody waits for. */
    JobCompletions completions();

    /** For operators and consoles. */
    JobOperations operations();
}
