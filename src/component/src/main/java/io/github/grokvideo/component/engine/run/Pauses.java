// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Callers that pause before they ask for a job again: one entry each, no thread. Meanwhile they do not wait for the job, but its end ends
 * their pause. Futures complete on the callback executor. Thread-safe.
 */
public final class Pauses implements VideoJobListener {

    private static final class Pause {
        private final String jobId;
        private final Object waiter;
        private final CompletableFuture<Void> future = new CompletableFuture<>();
        private JobTimer.Cancellable alarm = () -> { };

        private Pause(String jobId, Object waiter) {
            this.jobId = jobId;
            this.waiter = waiter;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Pause>> pauses = new HashMap<>();
    private boolean closed;
    private final JobTimer timer;
    private final Executor callbacks;

    Pauses(JobTimer timer, Executor callbacks) {
        this.timer = timer;
        this.callbacks = callbacks;
    }

    CompletableFuture<Void> begin(String jobId, Duration duration, Object waiter) {
        Pause pause = new Pause(jobId, waiter);
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(EngineErrors.detached(jobId));
            }
            pauses.computeIfAbsent(jobId, id -> new ArrayList<>(1)).add(pause);
            pause.alarm = timer.schedule(duration, () -> over(take(jobId, other -> other == pause)));
        } finally {
            lock.unlock();
        }
        return pause.future;
    }

    @Override
    public void onJob(VideoJob before, VideoJob after) {
        if (DeliveryRules.isOver(after) || after.state().hasVideo()) {
            over(take(after.id(), pause -> true));
        }
    }

    /**
     * Ends pauses with the resumable Detached error.
     *
     * @param waiter null = all waiters, including later ones
     */
    void detach(Object waiter) {
        List<String> jobIds;
        lock.lock();
        try {
            closed |= waiter == null;
            jobIds = List.copyOf(pauses.keySet());
        } finally {
            lock.unlock();
        }
        for (String jobId : jobIds) {
            take(jobId, pause -> waiter == null || waiter.equals(pause.waiter))
                    .forEach(pause -> callbacks.execute(() -> pause.future.completeExceptionally(EngineErrors.detached(jobId))));
        }
    }

    private void over(List<Pause> ended) {
        ended.forEach(pause -> callbacks.execute(() -> pause.future.complete(null)));
    }

    private List<Pause> take(String jobId, Predicate<Pause> which) {
        lock.lock();
        try {
            List<Pause> all = pauses.get(jobId);
            if (all == null) {
                return List.of();
            }
            List<Pause> taken = new ArrayList<>(all.size());
            all.removeIf(pause -> which.test(pause) && taken.add(pause));
            if (all.isEmpty()) {
                pauses.remove(jobId);
            }
            taken.forEach(pause -> pause.alarm.cancel());
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
