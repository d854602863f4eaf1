// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.List;
import java.util.Optional;

/** The faults asked for from outside, beside those a prompt asks for. Safe for any number of threads. */
public final class FaultPlan {

    private final FaultQueue queue = new FaultQueue(List.of());

    /** Asks for faults, behind those already planned. */
    public FaultPlan add(Fault... faults) {
        for (Fault fault : faults) {
            queue.addLast(fault);
        }
        return this;
    }

    /** Asks for a fault by name, once, behind those already planned. */
    public FaultPlan add(String kind) {
        return add(Fault.of(kind));
    }

    /** Asks for a fault before all others that are planned. */
    public FaultPlan next(Fault fault) {
        queue.addFirst(fault);
        return this;
    }

    /** Asks for a fault by name, once, before all others that are planned. */
    public FaultPlan next(String kind) {
        return next(Fault.of(kind));
    }

    /** Forgets everything planned; faults already attached to jobs stay. */
    public void clear() {
        queue.clear();
    }

    /** What is still to come. */
    public List<Fault> pending() {
        return queue.pending();
    }

    /** The fault that spoils this request, if one is due; it counts down. */
    public Optional<Fault> take(String gateway, FaultStage stage) {
        return queue.take(gateway, stage);
    }
}
