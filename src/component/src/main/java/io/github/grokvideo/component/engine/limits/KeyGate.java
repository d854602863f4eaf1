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
 * Holds an account's submits back while the gateway refuses its key: after a pause one of them goes to see, and the others do as it does.
 * The pause doubles with each refusal. The first submit of all that is refused was not held back, so its caller knows at once.
 * Thread-safe; starts what it lets through on the caller's thread or the timer's.
 */
public final class KeyGate {

    private record Held(Runnable start, Consumer<JobError> refused) {
    }

    public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final ReentrantLock lock = new ReentrantLock();
    /** By submit, in order of calls. */
    private final Map<Object, Held> line = new LinkedHashMap<>();
    /** Refusals in a row; 0 = the key is not refused. */
    private int refusals;
    private Instant until;
    /** The one that goes to see; null = none does. */
    private Object probe;
    private boolean timed;

    /**
     * Runs {@code start} as soon as the submit may go.
     *
     * @param refused what to do instead if the gateway refuses the key to the submit that tries it
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

    /** The submit has ended, or was taken back, and has shown nothing about the key. */
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

    /** The gateway has taken the key, or another one is used from now on. */
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

    /** The gateway has refused the key to a status query. */
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

    /** The gateway has refused the key to a submit: if it was the one that tried the key, those held back end with the same error. */
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
            // Else it was sent before the gate closed.
        } finally {
            lock.unlock();
        }
        waiting.forEach(held -> held.refused().accept(same));
    }

    /** Only while holding the lock. */
    private void closed(JobTimer timer) {
        until = timer.now().plus(BACKOFF.after(++refusals));
    }

    /** Only while holding the lock. */
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
                // Scheduled before the pause grew.
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
