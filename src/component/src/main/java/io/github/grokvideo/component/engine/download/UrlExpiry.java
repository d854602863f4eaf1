// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;

/**
 * Decides whether a video whose URLs are refused is gone. One refusal proves little: a CDN may not have the file yet or may reject just
 * this request, and the video is paid for. Used by one thread at a time.
 */
final class UrlExpiry {

    private static final int ENOUGH_REFUSALS = 3;
    private static final int ENOUGH_NEW = 3;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private Instant first;
    private int refusals;
    /** Number of replacement URLs from the gateway. */
    private int replaced;

    void refused(Instant now) {
        first = first == null ? now : first;
        refusals++;
    }

    /**
     * @param job  with the refused URL
     * @param done the gateway's answer after the refusal
     */
    boolean isFinal(VideoJob job, PollAnswer.Done done, Instant now) {
        boolean longEnough = refusals >= ENOUGH_REFUSALS && !first.plus(LONG_ENOUGH).isAfter(now);
        if (isAnother(job, done)) {
            // Gateways that sign a new URL for every query would otherwise be polled without end.
            return longEnough && replaced >= ENOUGH_NEW;
        }
        Instant end = done.urlExpiresAt() == null ? job.urlExpiresAt() : done.urlExpiresAt();
        return longEnough || end != null && !end.isAfter(now);
    }

    static boolean isAnother(VideoJob job, PollAnswer.Done done) {
        return done.url() != null && !Objects.equals(done.url(), job.url());
    }

    /**
     * Counts a replacement URL.
     *
     * @return whether it is the first one, which is tried at once
     */
    boolean isFirstReplaced() {
        return ++replaced == 1;
    }
}
