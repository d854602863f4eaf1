// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import io.vertx.core.impl.VertxThread;
import io.vertx.core.spi.VertxThreadFactory;

/** Daemon threads whose names begin with {@value #PREFIX}: an embedding program can identify them and need not wait for them. */
public final class NamedThreads implements VertxThreadFactory, ThreadFactory {

    /** How the names of all threads begin. */
    public static final String PREFIX = "grokvideo-simulator-";

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public VertxThread newVertxThread(Runnable target, String name, boolean worker, long maxExecTime, TimeUnit unit) {
        return new VertxThread(target, PREFIX + name, worker, maxExecTime, unit);
    }

    @Override
    public Thread newThread(Runnable target) {
        Thread thread = new Thread(target, PREFIX + "worker-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
