// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.util.List;
import io.github.grokvideo.simulator.fault.Fault;

/**
 * A job as it was accepted: from this all its answers and every byte of its video follow.
 *
 * @param id     the gateway's task id
 * @param faults what goes wrong with it; the first of stage JOB decides how it ends
 */
public record JobRecord(String gateway, String id, JobDraft draft, JobTimes times, List<Fault> faults) {

    public JobRecord {
        faults = List.copyOf(faults);
    }
}
