// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import io.github.grokvideo.simulator.job.SimulatedJob;

/** Does what a gateway does by itself once a job ends. */
@FunctionalInterface
public interface Outbox {

    /** A job was accepted, now or in an earlier run. Returns at once. */
    void accepted(Gateway gateway, SimulatedJob job);
}
