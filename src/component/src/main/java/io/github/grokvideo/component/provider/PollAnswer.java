package io.github.grokvideo.component.provider;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;

/** What a gateway's answer to a status query means. "Could not ask" is never "failed". */
public sealed interface PollAnswer {

    /**
     * Keep waiting; also for words nobody documented.
     *
     * @param running    whether the gateway says it has begun
     * @param progress   0..99; null = not told
     * @param retryAfter null = not told
     */
    record Pending(boolean running, Integer progress, Duration retryAfter) implements PollAnswer {
    }

    /**
     * @param url          where the video is; null = only behind the gateway's own content call
     * @param urlExpiresAt null = not told
     * @param cost         as told; null = not told
     */
    record Done(String url, Instant urlExpiresAt, Cost cost) implements PollAnswer {
        @Override
        public String toString() {
            return "Done[cost=" + cost + "]";
        }
    }

    /**
     * No video will come.
     *
     * @param state FAILED, MODERATED or EXPIRED
     * @param cost  as told; null = not told
     */
    record Failed(JobState state, JobError error, Cost cost) implements PollAnswer {

        /** Our own error code for a job that is done and names no video: worth reading once more. */
        public static final String DONE_WITHOUT_URL = "done_without_url";
    }

    /**
     * Nothing was learned: 5xx, an answer that is not JSON, 429.
     *
     * @param reason      for the log
     * @param rateLimited whether it was a 429
     * @param retryAfter  null = not told
     */
    record NoAnswer(String reason, boolean rateLimited, Duration retryAfter) implements PollAnswer {
    }

    /** The gateway does not know the task (yet). */
    record NotFound(JobError error) implements PollAnswer {
    }

    /** The gateway does not accept the key; the job lives on. */
    record Refused(JobError error) implements PollAnswer {
    }
}
