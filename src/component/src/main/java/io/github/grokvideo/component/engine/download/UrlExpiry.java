// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;

/**
 * Whether a video that its URLs do not give is gone. A refusal proves little: a CDN may not have the file yet, or have something against
 * this very request, and the video is paid. Used by one thread at a time.
 */
final class UrlExpiry {

    private static final int ENOUGH_REFUSALS = 3;
    private static final int ENOUGH_NEW = 3;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private Instant first;
    private int refusals;
    /** URLs that the gateway gave instead. */
    private int replaced;

    void refused(Instant now) {
        first = first == null ? now : first;
        refusals++;
    }

    /**
     * @param job  with the URL that was refused
     * @param done what the gateway said after that
     */
    boolean isFinal(VideoJob job, PollAnswer.Done done, Instant now) {
        boolean longEnough = refusals >= ENOUGH_REFUSALS && !first.plus(LONG_ENOUGH).isAfter(now);
        if (isAnother(job, done)) {
            // Gateways that sign a new URL for every query would be asked for ever.
            return longEnough && replaced >= ENOUGH_NEW;
        }
        Instant end = done.urlExpiresAt() == null ? job.urlExpiresAt() : done.urlExpiresAt();
        return longEnough || end != null && !end.isAfter(now);
    }

    static boolean isAnother(VideoJob job, PollAnswer.Done done) {
        return done.url() != null && !Objects.equals(done.url(), job.url());
    }

    /** The gateway has given another URL. @return whether it is the first one, which is worth a try at once */
    boolean isFirstReplaced() {
        return ++replaced == 1;
    }
}
