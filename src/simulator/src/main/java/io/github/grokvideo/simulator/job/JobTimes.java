// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/**
 * The times of a job, in milliseconds since 1970.
 *
 * @param urlLifetime milliseconds from the end of the job until the URL expires
 */
public record JobTimes(long created, long queuedUntil, long finished, long urlLifetime) {
}
