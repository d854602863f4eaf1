// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.List;
import java.util.Optional;

/** Faults planned through the API, in addition to those in prompts. Thread-safe. */
public final class FaultPlan {

    private final FaultQueue queue = new FaultQueue(List.of());

    /** Plans faults after those already planned. */
    public FaultPlan add(Fault... faults) {
        for (Fault fault : faults) {
            queue.addLast(fault);
        }
        return this;
    }

    /** Plans a fault by name, once, after those already planned. */
    public FaultPlan add(String kind) {
        return add(Fault.of(kind));
    }

    /** Plans a fault before all others. */
    public FaultPlan next(Fault fault) {
        queue.addFirst(fault);
        return this;
    }

    /** Plans a fault by name, once, before all others. */
    public FaultPlan next(String kind) {
        return next(Fault.of(kind));
    }

    /** Removes all planned faults; those already attached to jobs stay. */
    public void clear() {
        queue.clear();
    }

    /** The remaining faults. */
    public List<Fault> pending() {
        return queue.pending();
    }

    /** The fault for this request if one is due, which uses it up once. */
    public Optional<Fault> take(String gateway, FaultStage stage) {
        return queue.take(gateway, stage);
    }
}
