package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;

/** Time, as the engine sees it. Tests drive one by hand. */
public interface JobTimer {

    Instant now();

    /** Runs a task once, on the timer's thread: the task only hands work on, it never blocks. */
    Cancellable schedule(Duration delay, Runnable task);

    /** Something that may still be called off. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
