// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;

/** Time, as the engine sees it. Tests drive one by hand. */
public interface JobTimer {

    /** Where the store outlives this process it is the store's time, and the same on all its nodes. */
    Instant now();

    /** This machine's own time, which its file system has as well. */
    default Instant machineNow() {
        return now();
    }

    /** Runs a task once, on the timer's thread: the task only hands work on, it never blocks. */
    Cancellable schedule(Duration delay, Runnable task);

    /** Something that may still be called off. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
