// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.KeyGate;
import io.github.grokvideo.component.engine.limits.Turn;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.transport.TransportException;

/** One job being submitted. Its fields are handed from one step to the next, never shared, except {@link #withdrawn}. */
final class Submission {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15), 0.25);

    static final String NO_ROOM = "queued until the account has room for another job (maxConcurrentJobs)";

    final AccountLimits limits;
    final Turn turn;
    final String jobId;
    /** Whether there will be a file, and the user's directory for it; null = the work directory. */
    boolean file;
    Path directory;
    private final String model;
    VideoRequest request;
    /** Ids of the files that were uploaded for it. */
    List<String> uploads = List.of();
    /** The job's number of POSTs, including this submission's latest. */
    int submits;
    /** Whether it was submitted to an earlier engine, so that its caller is gone. */
    boolean recovered;
    /** What it waits for, in words that complete "it is ...". */
    volatile String stage;
    /** Withdrawn: it sends nothing any more, even if the job's id is submitted again. */
    volatile boolean withdrawn;
    /** Whether its account had room for it and its key was accepted when it last began to wait for its turn. */
    volatile boolean free;
    /** Whether it waits if a budget has no room. */
    boolean waitsForBudget;
    /** The budget that it waits for, null = none. Owned by {@link BudgetQueue}. */
    String budget;
    private Instant firstPost;
    private Instant lastPost;
    private int rejections;

    Submission(AccountLimits limits, VideoJob job, VideoRequest request) {
        this.limits = limits;
        this.turn = limits.turn(job.tag(), job.details().priority());
        this.jobId = job.id();
        this.model = request == null ? null : request.model();
        this.request = request;
        this.stage = account().maxConcurrentJobs() > 0 ? NO_ROOM : "about to be started";
    }

    VideoAccount account() {
        return limits.account();
    }

    KeyGate keyGate() {
        return limits.keyGate(model);
    }

    /** It is withdrawn: whatever it holds at the account is free again. */
    void giveUp(JobTimer timer) {
        limits.leave(turn);
        keyGate().leave(this, timer);
        limits.release(jobId);
    }

    /** The retry timeout starts here: time in the queue does not count. */
    void sending(Instant now) {
        firstPost = firstPost == null ? now : firstPost;
        lastPost = now;
        limits.submitSent(now);
    }

    /** @return null = it has not been sent */
    Instant lastPost() {
        return lastPost;
    }

    /** @return null = it has not been sent */
    Instant firstPost() {
        return firstPost;
    }

    /** @return meaning of the answer to its POST; Unknown, with a summary of the answer, if the provider cannot interpret it */
    SubmitAnswer read(HttpAnswer answer, Instant now) {
        String prompt = request == null ? null : request.prompt();
        try {
            SubmitAnswer meaning = account().provider().submitted(answer, now);
            // A success answer may contain the id of a job that is paid for.
            return meaning instanceof SubmitAnswer.Unknown unknown && answer.isSuccess() ? new SubmitAnswer.Unknown(
                    unknown.error().withMessage(unknown.error().message() + ". The answer: " + AnswerGist.of(answer, prompt))) : meaning;
        } catch (GrokVideoException unreadable) {
            return new SubmitAnswer.Unknown(EngineErrors.submitUnknown("its answer could not be read ("
                    + unreadable.getError().message() + "): " + AnswerGist.of(answer, prompt)));
        }
    }

    /** @return the task id in a success answer that was cut off; null = none */
    SubmitAnswer.Accepted acceptedBefore(Throwable failure, Instant now) {
        HttpAnswer beginning = failure instanceof TransportException lost ? lost.getBeginning() : null;
        return beginning != null && read(beginning, now) instanceof SubmitAnswer.Accepted named ? named : null;
    }

    /**
     * @param  retryAfter the gateway's Retry-After, which may be zero; null = none
     * @return            how long to wait after another rejection
     */
    Duration backoff(Duration retryAfter, RandomGenerator random) {
        if (retryAfter != null) {
            return retryAfter.compareTo(BACKOFF.first()) < 0 ? BACKOFF.first() : retryAfter;
        }
        return BACKOFF.after(++rejections, random.nextDouble());
    }
}
