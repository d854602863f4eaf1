// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.job.VideoJob;

/** One call's wait until the gateway has accepted its job; it may be ended before it begins. Thread-safe. */
public final class Acceptance {

    private final ReentrantLock lock = new ReentrantLock();
    private final Object waiter;
    /** The call's own job id until it attaches to another job. */
    private String jobId;
    /** null = it has not begun. */
    private CompletableFuture<VideoJob> wait;
    private boolean ended;

    public Acceptance(VideoOrder order) {
        this.waiter = order.waiter();
        this.jobId = order.jobId();
    }

    /** @return the wait; never completes if the caller has gone */
    public CompletableFuture<VideoJob> begin(JobWaiters waiters, String job) {
        lock.lock();
        try {
            jobId = job;
            wait = ended ? new CompletableFuture<>() : waiters.add(job, JobWaiters.Until.ACCEPTED, waiter);
            return wait;
        } finally {
            lock.unlock();
        }
    }

    /** The caller no longer waits. */
    public void end(JobWaiters waiters) {
        lock.lock();
        try {
            ended = true;
            if (wait != null) {
                waiters.drop(jobId, wait);
            }
        } finally {
            lock.unlock();
        }
    }

    public String jobId() {
        lock.lock();
        try {
            return jobId;
        } finally {
            lock.unlock();
        }
    }
}
