// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * The callers that wait for jobs: one entry each, no thread. Futures complete on the callback executor, never on the notifying thread.
 * Thread-safe.
 */
public final class JobWaiters {

    /** What a caller waits for. */
    public enum Until {
        ACCEPTED {
            @Override
            public boolean isReached(VideoJob job) {
                return job.state().isWaiting() || job.state().hasVideo();
            }
        },
        RENDERED {
            @Override
            public boolean isReached(VideoJob job) {
                return job.state() == JobState.RENDERED || job.state().hasVideo();
            }
        },
        DOWNLOADED {
            @Override
            public boolean isReached(VideoJob job) {
                return job.isElsewhere() || job.state().hasVideo() && job.hasFile();
            }
        };

        public abstract boolean isReached(VideoJob job);
    }

    private final class Wait {
        private final String jobId;
        private final Until until;
        private final Object waiter;
        private final CompletableFuture<VideoJob> future = new CompletableFuture<>();
        private JobTimer.Cancellable timeout = () -> { };

        private Wait(String jobId, Until until, Object waiter) {
            this.jobId = jobId;
            this.until = until;
            this.waiter = waiter;
        }

        private void complete(VideoJob job) {
            timeout.cancel();
            callbacks.execute(() -> future.complete(job));
        }

        private void fail(GrokVideoException error) {
            timeout.cancel();
            callbacks.execute(() -> future.completeExceptionally(error));
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Wait>> waiters = new HashMap<>();
    /** Number of callers, by job id, that were notified of the job's file and have not taken it yet. */
    private final Map<String, Integer> promised = new HashMap<>();
    private boolean closed;
    private final JobTimer timer;
    private final Executor callbacks;

    public JobWaiters(JobTimer timer, Executor callbacks) {
        this.timer = timer;
        this.callbacks = callbacks;
    }

    /** Afterwards the caller must read the job again and report it to {@link #changed}, so that no change in between is missed. */
    public CompletableFuture<VideoJob> add(String jobId, Until until, Object waiter) {
        return enter(new Wait(jobId, until, waiter), () -> () -> { });
    }

    /** As {@link #add}, but fails after the timeout, which is longer than zero, with the error supplied then. */
    public CompletableFuture<VideoJob> add(
            String jobId, Until until, Object waiter, Duration timeout, Supplier<GrokVideoException> error) {
        Wait wait = new Wait(jobId, until, waiter);
        return enter(wait, () -> timer.schedule(timeout, () -> {
            if (!take(wait.jobId, other -> other == wait).isEmpty()) {
                callbacks.execute(() -> wait.future.completeExceptionally(error.get()));
            }
        }));
    }

    /**
     * @param timeout schedules the timeout; called with the lock held, so that it cannot fire before the wait is registered and is always
     *                cancelled
     */
    private CompletableFuture<VideoJob> enter(Wait wait, Supplier<JobTimer.Cancellable> timeout) {
        lock.lock();
        try {
            if (!closed) {
                waiters.computeIfAbsent(wait.jobId, id -> new ArrayList<>(1)).add(wait);
                wait.timeout = timeout.get();
                return wait.future;
            }
        } finally {
            lock.unlock();
        }
        wait.fail(EngineErrors.detached(wait.jobId));
        return wait.future;
    }

    /** Removes a wait whose caller has failed otherwise. */
    public void drop(String jobId, CompletableFuture<VideoJob> future) {
        take(jobId, wait -> wait.future == future).forEach(wait -> wait.timeout.cancel());
    }

    /** Fails one wait, if it has not ended yet. */
    public void fail(String jobId, CompletableFuture<VideoJob> future, GrokVideoException error) {
        take(jobId, wait -> wait.future == future).forEach(wait -> wait.fail(error));
    }

    /** Completes the waits that the job's state ends, normally or exceptionally. */
    public void changed(VideoJob job) {
        List<Wait> over = take(job.id(), wait -> {
            boolean reached = wait.until.isReached(job);
            if (reached && wait.until == Until.DOWNLOADED) {
                promised.merge(job.id(), 1, Integer::sum);
            }
            return reached || isOverBadly(job);
        });
        for (Wait wait : over) {
            // Do not check again whether it is reached: another user may just have deleted the file.
            if (isOverBadly(job)) {
                wait.fail(job.error().toException(job.id(), job.provider()));
            } else {
                wait.complete(job);
            }
        }
    }

    /** A caller that was notified of the file has taken it. */
    public void taken(String jobId) {
        lock.lock();
        try {
            promised.computeIfPresent(jobId, (id, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    /** The job was removed: its file will not be taken any more. */
    public void forget(String jobId) {
        lock.lock();
        try {
            promised.remove(jobId);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a job's file unless a caller waits for it or is about to take it. */
    public void unlessWanted(String jobId, Runnable removal) {
        lock.lock();
        try {
            if (!waiters.containsKey(jobId) && !promised.containsKey(jobId)) {
                removal.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Fails the waits for a job's video; the job itself goes on. */
    public void fail(String jobId, GrokVideoException error) {
        take(jobId, wait -> wait.until != Until.ACCEPTED).forEach(wait -> wait.fail(error));
    }

    /** Fails all waits for a job. */
    public void failAll(String jobId, GrokVideoException error) {
        take(jobId, wait -> true).forEach(wait -> wait.fail(error));
    }

    /** @return the jobs that callers wait for */
    public List<String> awaited() {
        lock.lock();
        try {
            return List.copyOf(waiters.keySet());
        } finally {
            lock.unlock();
        }
    }

    public boolean isAwaited(String jobId) {
        lock.lock();
        try {
            return waiters.containsKey(jobId);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends waits with the resumable Detached error.
     *
     * @param  waiter null = all waiters, including later ones
     * @return        the jobs that no caller waits for any more
     */
    public List<String> detach(Object waiter) {
        List<String> ids;
        lock.lock();
        try {
            closed |= waiter == null;
            ids = new ArrayList<>(waiters.keySet());
        } finally {
            lock.unlock();
        }
        List<String> abandoned = new ArrayList<>();
        for (String jobId : ids) {
            List<Wait> ended = take(jobId, wait -> waiter == null || waiter.equals(wait.waiter));
            if (!ended.isEmpty() && !isAwaited(jobId)) {
                abandoned.add(jobId);
            }
            ended.forEach(wait -> wait.fail(EngineErrors.detached(jobId)));
        }
        return abandoned;
    }

    private static boolean isOverBadly(VideoJob job) {
        return job.state().isEnded() && job.error() != null;
    }

    private List<Wait> take(String jobId, Predicate<Wait> which) {
        lock.lock();
        try {
            List<Wait> all = waiters.get(jobId);
            if (all == null) {
                return List.of();
            }
            List<Wait> taken = new ArrayList<>(all.size());
            all.removeIf(wait -> which.test(wait) && taken.add(wait));
            if (all.isEmpty()) {
                waiters.remove(jobId);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
