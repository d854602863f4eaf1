// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.util.List;
import java.util.Set;
import io.github.grokvideo.simulator.fault.Fault;

/**
 * What requests have changed in a job since it was accepted.
 *
 * @param id         the gateway's task id
 * @param faults     remaining faults
 * @param urlRevoked whether its URL has expired for good
 * @param downloads  downloads started
 * @param marks      what else has happened to it
 */
public record SimulatedJobChange(String id, List<Fault> faults, int urlVersion, boolean urlRevoked, int etagVersion, int downloads,
        Set<JobMark> marks) {

    public SimulatedJobChange {
        faults = List.copyOf(faults);
        // Journals of earlier versions have none.
        marks = marks == null ? Set.of() : Set.copyOf(marks);
    }
}
