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
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.store.JobStore;

/**
 * Submits jobs, waits for them and downloads their videos. Thread-safe. No method blocks unless documented. Futures complete on the
 * engine's callback threads; exceptionally always with a {@link io.github.grokvideo.component.error.GrokVideoException}.
 */
public interface VideoEngine {

    /**
     * Submits at most once. Attaches to the job with the same id, or the same account and jobKey, if there is one.
     *
     * @return the job once the gateway has accepted it (ACCEPTED or later); polling and download then go on by themselves
     */
    CompletableFuture<VideoJob> submit(VideoOrder order);

    /**
     * As {@link #submit(VideoOrder)}, for a caller that waits for a limited time: for the store, for capacity at the gateway, for media
     * uploads and for the answer. Work that has started goes on after the timeout; the same order attaches to it.
     *
     * @param  waitTimeout from now on, longer than zero
     * @return             fails with a {@link io.github.grokvideo.component.error.WaitTimeoutException} if the gateway has not accepted the
     *                     job by then
     */
    CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout);

    /** @return the job once its video is here (DOWNLOADED or DELIVERED), or RENDERED if only the URL is wanted */
    CompletableFuture<VideoJob> await(AwaitOrder wait);

    /**
     * A pause of a caller that will ask for the job again. Completes early if the job ends, or its video or the wanted URL is here.
     *
     * @param waiter owner of the pause: {@link #detach} ends it with the resumable Detached error
     */
    CompletableFuture<Void> pause(String jobId, Duration duration, Object waiter);

    /**
     * Creates a job for a task that was submitted elsewhere, so that it can be awaited. Free of charge.
     *
     * @param  name file name of the video; null = the job's id
     * @return      the job for the task, the same one each time
     */
    CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, VideoName name, boolean urlOnly);

    /** As {@link #adopt(VideoAccount, String, Path, VideoName, boolean)}, with the job's id as the file name. */
    default CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path directory, boolean urlOnly) {
        return adopt(account, taskId, directory, null, urlOnly);
    }

    /** @return the job after one status query, or unchanged if it has ended or has its file */
    CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId);

    /** @return the job after {@link JobOperations#cancel}; it fails if no job with that id is in the store */
    CompletableFuture<VideoJob> cancel(VideoAccount account, String jobOrTaskId);

    /**
     * A gateway's notice that a job may have ended. If it is verified, its job is polled now; nothing else in it is believed.
     *
     * @param account whose gateway is said to have sent it
     * @param notice  untrusted
     * @return        what became of it; never fails
     */
    CompletableFuture<WebhookResult> notice(VideoAccount account, WebhookNotice notice);

    CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account);

    /** Checks a request without sending anything. Reads the store only for {@code job:} media and for budgets, and writes nothing. */
    CompletableFuture<ResolvedRequest> validate(VideoOrder order);

    /** Reads the store; may block. */
    Optional<VideoJob> find(String jobId);

    /**
     * Hands the job's verified file to a user. Accesses the disk.
     *
     * @throws io.github.grokvideo.component.error.GrokVideoException if the file is gone
     */
    HandedOutVideo handOut(String jobId);

    /**
     * Stores that the user has processed the video successfully. Its file is kept until {@link #settle}.
     *
     * @param place where the user has put the video, for people; null = it does not say
     */
    void delivered(HandedOutVideo handedOut, String place);

    /**
     * Ends a hand-out. Further calls have no effect.
     *
     * @param delivered whether the user has processed the video successfully
     */
    void settle(HandedOutVideo handedOut, boolean delivered);

    /** Stores that the user has processed the job's URL successfully. This ends a job of which only the URL is wanted. */
    void urlDelivered(String jobId);

    void addListener(VideoJobListener listener);

    void removeListener(VideoJobListener listener);

    EngineLoad load();

    /**
     * Checks that videos can be written to a directory, and logs a problem. Accesses the disk.
     *
     * @param directory null = the work directory
     */
    default void tryOut(Path directory) {
    }

    /** @return the current state of the directories in use, the work directory first. Accesses the disk */
    default List<VideoFolder> folders() {
        return List.of();
    }

    /** Registers an account, so that its jobs can be polled. */
    void register(VideoAccount account);

    /** Ends all waits and pauses of a waiter, and of waiters equal to it, with the resumable Detached error. The jobs go on. */
    void detach(Object waiter);

    /** From now on every call that would start something fails with Detached. */
    void refuse();

    /** Ends all waits and pauses with the resumable Detached error. */
    void detachAll();

    JobStore store();

    /** @return id of this engine among those on its store; null = not clustered */
    default String node() {
        return null;
    }

    /** Budgets and what was spent. */
    EngineSpending spending();

    /** For consumers of jobs that no caller waits for. */
    JobCompletions completions();

    /** For operators and consoles. */
    JobOperations operations();
}
