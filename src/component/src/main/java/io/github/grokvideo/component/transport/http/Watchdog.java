// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Enforces a total timeout, which socket timeouts do not (a body may arrive byte by byte): it cancels the current request and every later
 * one. Cancelling closes a socket and does not block the timer's thread.
 */
public final class Watchdog implements AutoCloseable {

    private final AtomicReference<Cancellable> inHand = new AtomicReference<>();
    private volatile boolean expired;
    private volatile Future<?> alarm;

    /** @throws java.util.concurrent.RejectedExecutionException if the timer is stopped */
    public static Watchdog start(ScheduledExecutorService timer, Duration limit) {
        Watchdog watchdog = new Watchdog();
        watchdog.alarm = timer.schedule(watchdog::expire, Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        return watchdog;
    }

    private Watchdog() {
    }

    public void watch(Cancellable request) {
        inHand.set(request);
        if (expired) {
            request.cancel();
        }
    }

    public boolean expired() {
        return expired;
    }

    private void expire() {
        expired = true;
        Cancellable request = inHand.get();
        if (request != null) {
            request.cancel();
        }
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
