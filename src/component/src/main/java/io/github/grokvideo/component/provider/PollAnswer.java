// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.SignedUrl;

/** What a gateway's answer to a status query means. "Could not ask" is never "failed". */
public sealed interface PollAnswer {

    /**
     * Keep waiting; also for words nobody documented.
     *
     * @param running    whether the gateway says it has begun
     * @param progress   0..99; null = not told
     * @param retryAfter null = not told
     * @param word       the status word as the gateway spells it, cleaned; null = not told
     * @param understood whether the answer says that the job goes on. If false nobody knows what it says, and it is only not the end
     */
    record Pending(boolean running, Integer progress, Duration retryAfter, String word, boolean understood) implements PollAnswer {

        public Pending(boolean running, Integer progress, Duration retryAfter) {
            this(running, progress, retryAfter, null, true);
        }
    }

    /**
     * @param url          where the video is, as the gateway wrote it: relative to the base URL perhaps, and with characters that are to
     *                     be encoded; null = only behind the gateway's own content call
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
        /** Our own error code for a job that is done, with a URL that nothing can be fetched from: worth reading once more. */
        public static final String UNUSABLE_URL = "unusable_url";
        private static final int LONGEST_SHOWN = 200;

        /**
         * @param gateway    its name
         * @param url        as it wrote it; shown without its query
         * @param charged    as far as it is known
         * @param cost       as told; null = not told
         * @param httpStatus of the answer; null = none
         */
        public static Failed unusableUrl(String gateway, String url, Charged charged, Cost cost, Integer httpStatus) {
            String shown = SignedUrl.masked(url).replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").strip();
            return new Failed(JobState.FAILED, new JobError(
                    ErrorType.DOWNLOAD_FAILED,
                    gateway + " says the video is done, and nothing can be fetched from the URL it gives: "
                            + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown)
                            + ". The job can be asked about again (the same message, await or redeliver) without paying twice; ask the"
                            + " gateway's support for the video by the task id",
                    charged, true, httpStatus, UNUSABLE_URL, null), cost);
        }

        /** Whether it ends the job at its second reading only, since the gateway says that there is a video. */
        public boolean isDoubtful() {
            return DONE_WITHOUT_URL.equals(error.gatewayCode()) || UNUSABLE_URL.equals(error.gatewayCode());
        }
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
