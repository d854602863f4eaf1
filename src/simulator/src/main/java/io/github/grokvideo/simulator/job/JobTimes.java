// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/**
 * When things happen to a job. Moments are milliseconds since 1970.
 *
 * @param urlLifetime milliseconds from the end of the job until the URL dies
 */
public record JobTimes(long created, long queuedUntil, long finished, long urlLifetime) {
}
