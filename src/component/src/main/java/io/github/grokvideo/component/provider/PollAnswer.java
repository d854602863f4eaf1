// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.SignedUrl;

/** Meaning of a gateway's answer to a status query. A query that failed never means a failed job. */
public sealed interface PollAnswer {

    /**
     * The job is not done: keep polling. Also used for undocumented status words.
     *
     * @param running    whether the gateway reports that it has started
     * @param progress   percent, 0..99; null = not reported
     * @param retryAfter null = not reported
     * @param word       the status word as the gateway spells it, cleaned; null = not reported
     * @param understood whether the answer says that the job continues; false = its meaning is unknown, and it does not end the job
     */
    record Pending(boolean running, Integer progress, Duration retryAfter, String word, boolean understood) implements PollAnswer {

        /**
         * An answer that was understood, without a status word.
         *
         * @param running    whether the gateway reports that it has started
         * @param progress   percent, 0..99; null = not reported
         * @param retryAfter null = not reported
         */
        public Pending(boolean running, Integer progress, Duration retryAfter) {
            this(running, progress, retryAfter, null, true);
        }
    }

    /**
     * The answer is only a part of what the provider needs: it asks for more, as gateways that report the result apart from the status
     * require. All calls of one status query share its timeout.
     *
     * @param call the next call, whose answer is passed to {@link VideoProvider#polled} with the next step
     */
    record AskNext(HttpCall call) implements PollAnswer {
    }

    /**
     * The video is ready.
     *
     * @param url          the video's URL as the gateway wrote it, possibly relative to the base URL or with unencoded characters;
     *                     null = available only from {@link VideoProvider#content}
     * @param urlExpiresAt null = not reported
     * @param cost         null = not reported
     * @param result       what else the gateway reports about the video; never null
     */
    record Done(String url, Instant urlExpiresAt, Cost cost, JobDetails result) implements PollAnswer {

        /**
         * A video without further details.
         *
         * @param url          null = available only from {@link VideoProvider#content}
         * @param urlExpiresAt null = not reported
         * @param cost         null = not reported
         */
        public Done(String url, Instant urlExpiresAt, Cost cost) {
            this(url, urlExpiresAt, cost, JobDetails.NONE);
        }

        @Override
        public String toString() {
            return "Done[cost=" + cost + "]";
        }
    }

    /**
     * The job ended without a video.
     *
     * @param state FAILED, MODERATED, EXPIRED or CANCELLED
     * @param error why; never null
     * @param cost  null = not reported
     */
    record Failed(JobState state, JobError error, Cost cost) implements PollAnswer {

        /** The component's error code for a job that is done without a URL: worth polling once more. */
        public static final String DONE_WITHOUT_URL = "done_without_url";
        /** The component's error code for a job that is done with an unusable URL: worth polling once more. */
        public static final String UNUSABLE_URL = "unusable_url";
        private static final int LONGEST_SHOWN = 200;

        /**
         * @param  gateway    name of the gateway
         * @param  url        as the gateway wrote it; shown without its query
         * @param  charged    whether money was spent
         * @param  cost       null = not reported
         * @param  httpStatus of the answer; null = none
         * @return            a failure with code {@link #UNUSABLE_URL}
         */
        public static Failed unusableUrl(String gateway, String url, Charged charged, Cost cost, Integer httpStatus) {
            String shown = SignedUrl.masked(url).replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").strip();
            return new Failed(JobState.FAILED, new JobError(
                    ErrorType.DOWNLOAD_FAILED,
                    gateway + " says the video is done, but its URL is unusable: "
                            + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown)
                            + ". The job can be polled again (the same message, await or redeliver) without paying twice; ask the"
                            + " gateway's support for the video with the task id",
                    charged, true, httpStatus, UNUSABLE_URL, null), cost);
        }

        /** @return whether the job ends only when a second poll returns the same, since the gateway says that there is a video */
        public boolean isDoubtful() {
            return DONE_WITHOUT_URL.equals(error.gatewayCode()) || UNUSABLE_URL.equals(error.gatewayCode());
        }
    }

    /**
     * No usable answer: 5xx, 429, or not JSON.
     *
     * @param reason      for the log
     * @param rateLimited whether it was a 429
     * @param retryAfter  null = not reported
     */
    record NoAnswer(String reason, boolean rateLimited, Duration retryAfter) implements PollAnswer {
    }

    /**
     * The gateway does not know the task (yet).
     *
     * @param error never null
     */
    record NotFound(JobError error) implements PollAnswer {
    }

    /**
     * The gateway does not accept the key; the job continues.
     *
     * @param error never null
     */
    record Refused(JobError error) implements PollAnswer {
    }
}
