// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;

/**
 * How often a gateway may be asked, from its documents.
 *
 * @param firstPoll        wait after ACCEPTED before the first status query
 * @param pollInterval     shortest time between two status queries of one job
 * @param maxPollInterval  longest time between two status queries of one job
 * @param submitsPerSecond 0 = not documented
 * @param submitBurst      submits that may go out at once, at least 1
 * @param pollsPerSecond   0 = not documented
 * @param shareAfter429    a 429 on a poll makes polls share the submit bucket from then on
 */
public record ProviderLimits(
        Duration firstPoll, Duration pollInterval, Duration maxPollInterval, double submitsPerSecond, int submitBurst,
        double pollsPerSecond, boolean shareAfter429) {
}
