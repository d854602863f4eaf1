// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import io.github.grokvideo.component.job.VideoJob;

/**
 * What came of a change of a stored job.
 *
 * @param before the job as it was stored; never null
 * @param after  the job as it is stored now; the same instance where the change did not apply
 */
public record JobUpdate(VideoJob before, VideoJob after) {

    /** Whether the change has been stored by this call. */
    public boolean isApplied() {
        return after != before;
    }
}
