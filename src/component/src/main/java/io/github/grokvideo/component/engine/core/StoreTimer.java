// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.store.StoreClock;

/** Tells the store's time: what one node writes all others compare with. */
public final class StoreTimer implements JobTimer {

    private final JobTimer machine;
    private final StoreClock clock;

    public StoreTimer(JobTimer machine, StoreClock clock) {
        this.machine = machine;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Instant machineNow() {
        return machine.machineNow();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return machine.schedule(delay, task);
    }
}
