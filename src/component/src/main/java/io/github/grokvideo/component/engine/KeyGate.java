// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds an account's submits back while the gateway refuses its key: after a pause one of them goes to see, and the others do as it does.
 * The pause doubles with each refusal. The first submit of all that is refused was not held back, so its caller knows at once.
 * Thread-safe; starts what it lets through on the caller's thread or the timer's.
 */
final class KeyGate {

    static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Submission, Runnable> line = new LinkedHashMap<>();
    /** Refusals in a row; 0 = the key is not refused. */
    private int refusals;
    private Instant until;
    /** The one that goes to see; null = none does. */
    private Submission probe;
    private boolean timed;

    /** Runs {@code start} as soon as the submit may go. */
    void enter(Submission submission, JobTimer timer, Runnable start) {
        lock.lock();
        try {
            if (!mayGo(submission)) {
                submission.stage = "held back, since the gateway refuses the account's key";
                line.put(submission, start);
                scheduleProbe(timer);
                return;
            }
        } finally {
            lock.unlock();
        }
        start.run();
    }

    boolean mayGo(Submission submission) {
        lock.lock();
        try {
            return refusals == 0 || submission == probe;
        } finally {
            lock.unlock();
        }
    }

    /** The submit has ended, or was taken back, and has shown nothing about the key. */
    void leave(Submission submission, JobTimer timer) {
        lock.lock();
        try {
            line.remove(submission);
            if (submission == probe) {
                probe = null;
                scheduleProbe(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The gateway has taken the key, or another one is used from now on. */
    void open() {
        List<Runnable> all;
        lock.lock();
        try {
            refusals = 0;
            probe = null;
            all = List.copyOf(line.values());
            line.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Runnable::run);
    }

    /**
     * The gateway has refused the key.
     *
     * @param  submission it was refused to; null = a status query
     * @return            those that waited to see what becomes of it, and need not be sent
     */
    List<Submission> refused(Submission submission, JobTimer timer) {
        lock.lock();
        try {
            if (refusals == 0) {
                closed(timer);
            } else if (submission != null && submission == probe) {
                probe = null;
                closed(timer);
                List<Submission> waited = new ArrayList<>(line.keySet());
                line.clear();
                return waited;
            }
            // Else it was sent before the gate closed.
            return List.of();
        } finally {
            lock.unlock();
        }
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
            Iterator<Map.Entry<Submission, Runnable>> first = line.entrySet().iterator();
            if (refusals == 0 || probe != null || !first.hasNext()) {
                return;
            }
            if (timer.now().isBefore(until)) {
                // Scheduled before the pause grew.
                scheduleProbe(timer);
                return;
            }
            Map.Entry<Submission, Runnable> next = first.next();
            first.remove();
            probe = next.getKey();
            start = next.getValue();
        } finally {
            lock.unlock();
        }
        start.run();
    }
}
