// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.util.List;
import io.github.grokvideo.simulator.fault.Fault;

/**
 * What requests have changed of a job since it was accepted.
 *
 * @param id         the gateway's task id
 * @param faults     what is still to go wrong
 * @param urlRevoked whether its URL is dead for good
 * @param downloads  how many have begun
 */
public record SimulatedJobChange(String id, List<Fault> faults, int urlVersion, boolean urlRevoked, int etagVersion, int downloads) {

    public SimulatedJobChange {
        faults = List.copyOf(faults);
    }
}
