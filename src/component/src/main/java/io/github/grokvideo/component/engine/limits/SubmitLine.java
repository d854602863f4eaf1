// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import io.github.grokvideo.component.engine.JobTimer;

/**
 * An account's submits that wait for the rate limit, by turns of their tags. A permit is taken when a submit is sent, not when it arrives,
 * so withdrawn ones use none. Thread-safe.
 */
public final class SubmitLine {

    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Runnable> line;
    /** Submits that were rejected by the gateway's rate limit. They go first, since their retry time is limited. */
    private final Map<Turn, Runnable> refused = new LinkedHashMap<>();
    private final RateBucket bucket;
    private boolean timed;
    private JobTimer.Cancellable alarm = () -> { };

    /** @param weights as for {@link FairQueue} */
    SubmitLine(RateBucket bucket, ToDoubleFunction<String> weights) {
        this.bucket = bucket;
        this.line = new FairQueue<>(weights);
    }

    /** Runs {@code start} when it is the submit's turn: immediately, or on the timer's thread. */
    public void enter(Turn turn, JobTimer timer, Runnable start) {
        lock.lock();
        try {
            line.add(turn, start);
        } finally {
            lock.unlock();
        }
        go(timer);
    }

    /** As {@link #enter}, for a submit that had its turn and was rejected. */
    public void enterAgain(Turn turn, JobTimer timer, Runnable start) {
        lock.lock();
        try {
            refused.put(turn, start);
        } finally {
            lock.unlock();
        }
        go(timer);
    }

    /** A submit that had its turn is not sent: the next one has it. */
    void giveBack(JobTimer timer) {
        lock.lock();
        try {
            bucket.giveBack(1);
            alarm.cancel();
            timed = false;
        } finally {
            lock.unlock();
        }
        go(timer);
    }

    public void leave(Turn turn) {
        lock.lock();
        try {
            line.remove(turn);
            refused.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    void moved(Turn turn) {
        lock.lock();
        try {
            line.moved(turn);
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
            if (timed || line.isEmpty() && refused.isEmpty()) {
                return null;
            }
            Instant now = timer.now();
            if (bucket.tryTake(now)) {
                return refused.isEmpty() ? line.poll() : firstRefused();
            }
            timed = true;
            alarm = timer.schedule(bucket.untilFree(now), () -> onTime(timer));
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Runnable firstRefused() {
        Iterator<Runnable> first = refused.values().iterator();
        Runnable next = first.next();
        first.remove();
        return next;
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
