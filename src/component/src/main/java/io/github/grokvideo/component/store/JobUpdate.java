// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import io.github.grokvideo.component.job.VideoJob;

/**
 * Result of changing a stored job.
 *
 * @param before the job before the change; never null
 * @param after  the job after the change; the same instance as {@code before} if the change did not apply
 */
public record JobUpdate(VideoJob before, VideoJob after) {

    /**
     * Whether this call stored a change.
     *
     * @return true if it did
     */
    public boolean isApplied() {
        return after != before;
    }
}
