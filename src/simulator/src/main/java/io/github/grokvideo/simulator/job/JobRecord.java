// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.util.List;
import io.github.grokvideo.simulator.fault.Fault;

/**
 * A job as it was accepted, which determines all its answers and every byte of its video.
 *
 * @param id     the gateway's task id
 * @param faults faults of the job; the first of stage JOB determines its outcome
 */
public record JobRecord(String gateway, String id, JobDraft draft, JobTimes times, List<Fault> faults) {

    public JobRecord {
        faults = List.copyOf(faults);
    }
}
