// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/** The state of a job. */
public enum SimulatedJobState {
    QUEUED, RENDERING, DONE, FAILED, MODERATED, EXPIRED, CANCELLED;

    /** Whether the job has ended. */
    public boolean ended() {
        return this != QUEUED && this != RENDERING;
    }
}
