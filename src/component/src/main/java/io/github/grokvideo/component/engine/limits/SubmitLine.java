// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;

/**
 * An account's submits that wait for the rate limit, in order. A permit is taken when a submit is sent, not when it arrives, so withdrawn
 * ones use none. Thread-safe.
 */
public final class SubmitLine {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Runnable> line = new LinkedHashMap<>();
    /** Submits that were rejected by the gateway's rate limit. They go first, since their retry time is limited. */
    private final Map<Object, Runnable> refused = new LinkedHashMap<>();
    private final RateBucket bucket;
    private boolean timed;

    SubmitLine(RateBucket bucket) {
        this.bucket = bucket;
    }

    /** Runs {@code start} when it is the submit's turn: immediately, or on the timer's thread. */
    public void enter(Object submit, JobTimer timer, Runnable start) {
        enter(line, submit, timer, start);
    }

    /** As {@link #enter(Object, JobTimer, Runnable)}, for a submit that had its turn and was rejected. */
    public void enterAgain(Object submit, JobTimer timer, Runnable start) {
        enter(refused, submit, timer, start);
    }

    private void enter(Map<Object, Runnable> queue, Object submit, JobTimer timer, Runnable start) {
        lock.lock();
        try {
            queue.put(submit, start);
        } finally {
            lock.unlock();
        }
        go(timer);
    }

    public void leave(Object submit) {
        lock.lock();
        try {
            line.remove(submit);
            refused.remove(submit);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return line.isEmpty() && refused.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void go(JobTimer timer) {
        for (Runnable next = next(timer); next != null; next = next(timer)) {
            next.run();
        }
    }

    /** @return null = none may be sent yet; one timer entry serves all that wait */
    private Runnable next(JobTimer timer) {
        lock.lock();
        try {
            Iterator<Runnable> first = (refused.isEmpty() ? line : refused).values().iterator();
            if (timed || !first.hasNext()) {
                return null;
            }
            Instant now = timer.now();
            if (bucket.tryTake(now)) {
                Runnable next = first.next();
                first.remove();
                return next;
            }
            timed = true;
            timer.schedule(bucket.untilFree(now), () -> onTime(timer));
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void onTime(JobTimer timer) {
        lock.lock();
        try {
            timed = false;
        } finally {
            lock.unlock();
        }
        go(timer);
    }
}
