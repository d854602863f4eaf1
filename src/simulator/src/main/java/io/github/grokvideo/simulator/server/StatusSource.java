// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.List;
import java.util.Optional;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.Ledger;
import io.github.grokvideo.simulator.log.RequestLog;

/** What the {@link StatusPage} shows and resets. */
public interface StatusSource {

    /**
     * The base URL of a gateway.
     *
     * @param gateway its name
     */
    String baseUrl(String gateway);

    /** Charges and refunds. */
    Ledger ledger();

    /** The requests to the gateways. */
    RequestLog requests();

    /** The planned faults. */
    FaultPlan faults();

    /** All jobs, oldest first. */
    List<SimulatedJob> jobs();

    /** The job with that task id. */
    Optional<SimulatedJob> job(String taskId);

    /** Removes jobs, ledger, uploads, requests and faults. */
    void reset();
}
