// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;

/** The engine's clock and scheduler. Tests drive one manually. */
public interface JobTimer {

    /** Now. With a store that outlives this process it is the store's time, the same on all nodes. */
    Instant now();

    /** This machine's time, which its file system uses as well. */
    default Instant machineNow() {
        return now();
    }

    /** Runs a task once on the timer's thread. The task must not block; it only hands work to other threads. */
    Cancellable schedule(Duration delay, Runnable task);

    /** A scheduled task that may be cancelled. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
