// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoAccount;

/**
 * How many jobs an account has at the gateway, at most {@code maxConcurrentJobs}, and the jobs that wait for room. If the store may have
 * open jobs that this engine does not follow, of other nodes or from before a restart, they are counted there. Thread-safe.
 */
final class JobRoom {

    private record Waiting(String jobId, Runnable start) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Waiting> queue;
    /** The jobs that this engine has started or follows. */
    private final Set<String> holders = new HashSet<>();
    /** Those of them that count as open in the store as well. */
    private final Set<String> stored = new HashSet<>();
    private final Supplier<VideoAccount> account;
    /** null = this engine follows all jobs of the store. */
    private final OpenJobCount count;
    /** Open jobs in the store besides {@link #stored}, as counted last. */
    private int others;
    private boolean counting;
    private boolean counted;

    JobRoom(Supplier<VideoAccount> account, OpenJobCount count) {
        this.account = account;
        this.count = count;
        this.queue = new FairQueue<>(tag -> account.get().tagWeight(tag));
    }

    void enter(Turn turn, String jobId, Runnable start) {
        lock.lock();
        try {
            queue.add(turn, new Waiting(jobId, start));
        } finally {
            lock.unlock();
        }
        begin();
    }

    void leave(Turn turn) {
        lock.lock();
        try {
            queue.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    void moved(Turn turn) {
        lock.lock();
        try {
            queue.moved(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Counts a job that is already at the gateway, even beyond the limit. */
    void hold(String jobId) {
        lock.lock();
        try {
            holders.add(jobId);
            stored.add(jobId);
        } finally {
            lock.unlock();
        }
    }

    void release(String jobId) {
        lock.lock();
        try {
            holders.remove(jobId);
            stored.remove(jobId);
        } finally {
            lock.unlock();
        }
        begin();
    }

    /**
     * Whether a job may be sent. Called once its row says that it is about to be: of several nodes that start jobs at the same moment, the
     * one whose row was written last counts all of them, so there are never more than allowed. Reads the store.
     *
     * @return false = its place is gone and it must wait again
     */
    boolean admits(String jobId) {
        int most = account.get().maxConcurrentJobs();
        if (count == null || most <= 0) {
            return true;
        }
        int open = count.of(account.get().name());
        lock.lock();
        try {
            if (open <= most) {
                stored.add(jobId);
                return true;
            }
            holders.remove(jobId);
            stored.remove(jobId);
            others = Math.max(others, open - 1 - stored.size());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Starts the waiting jobs for which there is room. */
    void begin() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private Runnable next() {
        lock.lock();
        try {
            int most = account.get().maxConcurrentJobs();
            if (queue.isEmpty() || most > 0 && holders.size() >= most) {
                return null;
            }
            if (count != null && most > 0) {
                if (!counted && !counting) {
                    counting = true;
                    return () -> count.begin(account.get().name(), this::counted, this::outdated);
                }
                if (!counted || holders.size() + others >= most) {
                    return null;
                }
            }
            Waiting next = queue.poll();
            holders.add(next.jobId());
            return next.start();
        } finally {
            lock.unlock();
        }
    }

    private void counted(int open) {
        lock.lock();
        try {
            others = Math.max(0, open - stored.size());
            counted = true;
        } finally {
            lock.unlock();
        }
        begin();
    }

    private void outdated() {
        lock.lock();
        try {
            counting = false;
            counted = false;
        } finally {
            lock.unlock();
        }
        begin();
    }
}
