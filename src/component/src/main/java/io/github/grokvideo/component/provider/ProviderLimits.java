// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;

/**
 * How often a gateway may be called, from its documentation.
 *
 * @param firstPoll         delay between ACCEPTED and the first status query
 * @param pollInterval      shortest time between two status queries of one job
 * @param leastPollInterval the same near the expected end of the job, once it is known how long such jobs take; pollInterval at most
 * @param maxPollInterval   longest time between two status queries of one job
 * @param submitsPerSecond  0 = not documented
 * @param submitBurst       submits that may be sent at once, at least 1
 * @param pollsPerSecond    0 = not documented
 * @param shareAfter429     whether polls share the submits' rate limit from the first 429 on a poll
 */
public record ProviderLimits(
        Duration firstPoll, Duration pollInterval, Duration leastPollInterval, Duration maxPollInterval, double submitsPerSecond,
        int submitBurst, double pollsPerSecond, boolean shareAfter429) {

    /**
     * The same shortest time between status queries at any age of a job.
     *
     * @param firstPoll        see {@link #firstPoll()}
     * @param pollInterval     see {@link #pollInterval()}
     * @param maxPollInterval  see {@link #maxPollInterval()}
     * @param submitsPerSecond see {@link #submitsPerSecond()}
     * @param submitBurst      see {@link #submitBurst()}
     * @param pollsPerSecond   see {@link #pollsPerSecond()}
     * @param shareAfter429    see {@link #shareAfter429()}
     */
    public ProviderLimits(
            Duration firstPoll, Duration pollInterval, Duration maxPollInterval, double submitsPerSecond, int submitBurst,
            double pollsPerSecond, boolean shareAfter429) {
        this(firstPoll, pollInterval, pollInterval, maxPollInterval, submitsPerSecond, submitBurst, pollsPerSecond, shareAfter429);
    }
}
