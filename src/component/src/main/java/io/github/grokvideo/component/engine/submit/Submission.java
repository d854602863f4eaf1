// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.KeyGate;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.transport.TransportException;

/** One job on its way to the gateway. Its fields are handed from one step to the next, never shared; but for {@link #withdrawn}. */
final class Submission {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15), 0.25);

    final AccountLimits lane;
    final String jobId;
    /** Whether there will be a file, and where the user wants it; null = the work directory. */
    boolean file;
    Path directory;
    private final String model;
    VideoRequest request;
    /** The job's count of POSTs with this one's last. */
    int submits;
    /** Its caller has gone with an earlier engine. */
    boolean recovered;
    /** What it waits for, in words that complete "it is ...". */
    volatile String stage;
    /** Taken back: it sends nothing any more, whatever becomes of the job's id. */
    volatile boolean withdrawn;
    private Instant firstPost;
    private Instant lastPost;
    private int rejections;

    Submission(AccountLimits lane, String jobId, VideoRequest request) {
        this.lane = lane;
        this.jobId = jobId;
        this.model = request == null ? null : request.model();
        this.request = request;
        this.stage = account().maxConcurrentJobs() > 0 ? "queued until the account has room for another job (maxConcurrentJobs)"
                : "about to be begun";
    }

    VideoAccount account() {
        return lane.account();
    }

    KeyGate keyGate() {
        return lane.keyGate(model);
    }

    /** What it waited for its turn before is not counted as trying. */
    void sending(Instant now) {
        firstPost = firstPost == null ? now : firstPost;
        lastPost = now;
        lane.submitSent(now);
    }

    Instant lastPost() {
        return lastPost;
    }

    Instant firstPost() {
        return firstPost;
    }

    /** @return what the answer to its POST means; Unknown, with the gist of the answer, for what the provider cannot tell */
    SubmitAnswer read(HttpAnswer answer, Instant now) {
        String prompt = request == null ? null : request.prompt();
        try {
            SubmitAnswer meaning = account().provider().submitted(answer, now);
            // Somewhere in an answer that says success may be the id of a job that is paid for.
            return meaning instanceof SubmitAnswer.Unknown unknown && answer.isSuccess() ? new SubmitAnswer.Unknown(
                    unknown.error().withMessage(unknown.error().message() + ". The answer: " + AnswerGist.of(answer, prompt))) : meaning;
        } catch (GrokVideoException unreadable) {
            return new SubmitAnswer.Unknown(EngineErrors.submitUnknown("its answer could not be read ("
                    + unreadable.getError().message() + "): " + AnswerGist.of(answer, prompt)));
        }
    }

    /** @return the task that a success named before it broke off; null = none */
    SubmitAnswer.Accepted namedBefore(Throwable failure, Instant now) {
        HttpAnswer beginning = failure instanceof TransportException lost ? lost.getBeginning() : null;
        return beginning != null && read(beginning, now) instanceof SubmitAnswer.Accepted named ? named : null;
    }

    /**
     * @param  retryAfter what the gateway says, which may be "at once"; null = nothing
     * @return            how long to wait after another rejection
     */
    Duration backoff(Duration retryAfter, RandomGenerator random) {
        if (retryAfter != null) {
            return retryAfter.compareTo(BACKOFF.first()) < 0 ? BACKOFF.first() : retryAfter;
        }
        return BACKOFF.after(++rejections, random.nextDouble());
    }
}
