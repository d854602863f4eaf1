// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.error.JobError;

/**
 * Holds an account's submits while the gateway rejects its key: after a pause one submit probes the key, and the others share its result.
 * The pause doubles with each rejection. The first rejected submit was not held, so its caller is notified at once. Thread-safe; starts
 * submits on the caller's or the timer's thread.
 */
public final class KeyGate {

    private record Held(Runnable start, Consumer<JobError> refused) {
    }

    public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final ReentrantLock lock = new ReentrantLock();
    /** By submit, in order of arrival. */
    private final Map<Object, Held> line = new LinkedHashMap<>();
    /** Consecutive rejections; 0 = the key is not rejected. */
    private int refusals;
    private Instant until;
    /** The submit that probes the key; null = none. */
    private Object probe;
    private boolean timed;

    /**
     * Runs {@code start} as soon as the submit may be sent.
     *
     * @param refused called instead if the gateway rejects the key for the probing submit
     */
    public void enter(Object submit, JobTimer timer, Runnable start, Consumer<JobError> refused) {
        lock.lock();
        try {
            if (!mayGo(submit)) {
                line.put(submit, new Held(start, refused));
                scheduleProbe(timer);
                return;
            }
        } finally {
            lock.unlock();
        }
        start.run();
    }

    public boolean mayGo(Object submit) {
        lock.lock();
        try {
            return refusals == 0 || submit == probe;
        } finally {
            lock.unlock();
        }
    }

    /** The submit has ended or was withdrawn without a result about the key. */
    public void leave(Object submit, JobTimer timer) {
        lock.lock();
        try {
            line.remove(submit);
            if (submit == probe) {
                probe = null;
                scheduleProbe(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The gateway has accepted the key, or the key has changed. */
    public void open() {
        List<Held> all;
        lock.lock();
        try {
            refusals = 0;
            probe = null;
            all = List.copyOf(line.values());
            line.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(held -> held.start().run());
    }

    /** The gateway has rejected the key for a status query. */
    public void refused(JobTimer timer) {
        lock.lock();
        try {
            if (refusals == 0) {
                closed(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The gateway has rejected the key for a submit: if it was the probing one, the held submits fail with the same error. */
    public void refused(Object submit, JobError same, JobTimer timer) {
        List<Held> waiting = List.of();
        lock.lock();
        try {
            if (refusals == 0) {
                closed(timer);
            } else if (submit == probe) {
                probe = null;
                closed(timer);
                waiting = List.copyOf(line.values());
                line.clear();
            }
            // Otherwise it was sent before the gate closed.
        } finally {
            lock.unlock();
        }
        waiting.forEach(held -> held.refused().accept(same));
    }

    /** Call only with the lock held. */
    private void closed(JobTimer timer) {
        until = timer.now().plus(BACKOFF.after(++refusals));
    }

    /** Call only with the lock held. */
    private void scheduleProbe(JobTimer timer) {
        if (!timed && probe == null && refusals > 0 && !line.isEmpty()) {
            timed = true;
            Duration rest = Duration.between(timer.now(), until);
            timer.schedule(rest.isNegative() ? Duration.ZERO : rest, () -> onTime(timer));
        }
    }

    private void onTime(JobTimer timer) {
        Runnable start;
        lock.lock();
        try {
            timed = false;
            Iterator<Map.Entry<Object, Held>> first = line.entrySet().iterator();
            if (refusals == 0 || probe != null || !first.hasNext()) {
                return;
            }
            if (timer.now().isBefore(until)) {
                // The timer was set before the pause was extended.
                scheduleProbe(timer);
                return;
            }
            Map.Entry<Object, Held> next = first.next();
            first.remove();
            probe = next.getKey();
            start = next.getValue().start();
        } finally {
            lock.unlock();
        }
        start.run();
    }
}
