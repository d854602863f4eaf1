// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.store.StoreClock;

/** A timer with the store's time, so that all nodes compare the same times. */
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
