// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/** Where a job stands. */
public enum SimulatedJobState {
    QUEUED, RENDERING, DONE, FAILED, MODERATED, EXPIRED;

    /** Whether the job has ended. */
    public boolean ended() {
        return this != QUEUED && this != RENDERING;
    }
}
