// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.AwaitCall;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the rows of jobs that matter here but that this node does not own, with one query for all. */
final class RemoteJobWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteJobWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final Executor work;
    private final Predicate<String> submitting;
    private final AwaitCall awaiting;
    /** Jobs that count against their account's maxConcurrentJobs until they have left the gateway. */
    private final Map<String, AccountLimits> holding = new ConcurrentHashMap<>();
    private volatile JobTimer.Cancellable next = () -> { };
    private volatile boolean stopped;

    /**
     * @param submitting   whether this node follows the job itself
     * @param awaiting notified of rows that callers wait for, and of rows that are gone
     */
    RemoteJobWatch(EngineParts parts, Predicate<String> submitting, AwaitCall awaiting) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.work = parts.work();
        this.submitting = submitting;
        this.awaiting = awaiting;
    }

    void start() {
        next = timer.schedule(PAUSE, () -> work.execute(this::round));
    }

    void stop() {
        stopped = true;
        next.cancel();
    }

    void hold(String jobId, AccountLimits limits) {
        holding.put(jobId, limits);
    }

    private void round() {
        try {
            Set<String> ids = new HashSet<>(waiters.awaited());
            ids.removeIf(submitting);
            ids.addAll(holding.keySet());
            if (!ids.isEmpty()) {
                List<VideoJob> jobs = book.store().findAll(ids);
                jobs.forEach(this::look);
                jobs.forEach(job -> ids.remove(job.id()));
                ids.forEach(this::gone);
            }
        } catch (RuntimeException away) {
            LOG.debug("The rows of other nodes' jobs cannot be read now", away);
        } finally {
            if (!stopped) {
                start();
            }
        }
    }

    private void look(VideoJob job) {
        if (!job.state().isAtGateway()) {
            release(job.id());
        }
        if (waiters.isAwaited(job.id())) {
            awaiting.changedElsewhere(job);
        }
    }

    /** Another node has removed the row: there will be no further change. */
    private void gone(String jobId) {
        release(jobId);
        awaiting.gone(jobId);
    }

    private void release(String jobId) {
        AccountLimits limits = holding.remove(jobId);
        if (limits != null) {
            limits.release(jobId);
        }
    }
}
