// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.Reopening;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.files.Retention;
import io.github.grokvideo.component.engine.submit.WaitingSubmits;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.checked.TaskIds;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.JobUpdate;

/** Operator actions on jobs. Changed jobs are resumed by the same parts that serve routes. */
final class OperatorActions implements JobOperations {

    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final Membership membership;
    private final WaitingSubmits waiting;
    private final JobDispatcher dispatcher;
    private final Retention retention;
    private final JobResubmission repeats;
    private final JobCancellation cancellation;

    OperatorActions(
            EngineParts parts, WaitingSubmits waiting, JobDispatcher dispatcher, Retention retention, JobResubmission repeats,
            JobCancellation cancellation) {
        this.waiting = waiting;
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.dispatcher = dispatcher;
        this.retention = retention;
        this.repeats = repeats;
        this.cancellation = cancellation;
    }

    @Override
    public JobPage page(JobQuery query) {
        return book.store().page(query);
    }

    @Override
    public Optional<VideoJob> findByKey(String account, String jobKey) {
        return book.store().findByKey(account, jobKey);
    }

    @Override
    public Map<String, Instant> nextPollsAt(Collection<String> jobIds) {
        return dispatcher.nextPollsAt(jobIds);
    }

    @Override
    public Optional<String> lastPoll(String jobId) {
        return Optional.ofNullable(dispatcher.lastPoll(jobId));
    }

    @Override
    public CompletableFuture<VideoJob> pollNow(String jobId) {
        VideoJob job = known(jobId);
        if (Reopening.isPossible(job)) {
            job = book.changed(jobId, stored -> Reopening.isPossible(stored)
                    ? JobTransitions.reopened(stored, DeliveryRules.again(stored), membership.id()) : stored).orElse(job);
            dispatcher.takeUp(job);
        }
        if (job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING) {
            return CompletableFuture.failedFuture(notNow(job, "Only jobs that are ACCEPTED or RUNNING can be polled, or that FAILED"
                    + " because the gateway did not know them or gave no usable URL"));
        }
        return dispatcher.ask(job);
    }

    @Override
    public VideoJob stopWaiting(String jobId) {
        VideoJob job = known(jobId);
        waiters.failAll(jobId, EngineErrors.detached(jobId));
        return job;
    }

    @Override
    public VideoJob redeliver(String jobId) {
        VideoJob job = applied(jobId, "Only a job that has ended, and that no consumer has claimed, can be delivered again",
                this::deliveredAgain);
        dispatcher.takeUp(job);
        return job;
    }

    private VideoJob deliveredAgain(VideoJob job) {
        if (!DeliveryRules.isOver(job) || job.delivery().state() == JobDelivery.State.CLAIMED || job.state() == JobState.REJECTED) {
            return job;
        }
        if (Reopening.isPossible(job) || job.state() == JobState.EXPIRED && job.taskId() != null) {
            // Polled again: the gateway may have the video after all.
            return JobTransitions.reopened(job, JobDelivery.DETACHED, membership.id());
        }
        boolean fetchAgain = DeliveryRules.isFetchable(job)
                || job.state().hasVideo() && !job.urlOnly() && !JobWaiters.Until.DOWNLOADED.isReached(job);
        return fetchAgain ? JobTransitions.fetchedAgain(job, JobDelivery.DETACHED, dispatcher.nodeFor(job))
                : JobTransitions.offeredAgain(job, timer.now());
    }

    @Override
    public VideoJob adopt(String jobId, String taskId) {
        if (taskId == null || taskId.isBlank()) {
            throw JobError.of(ErrorType.INVALID_REQUEST, "The task id is missing: look it up in the gateway's own job list", Charged.NO)
                    .toException(jobId, null);
        }
        TaskIds.check(taskId, jobId);
        String rule = "Only an UNKNOWN job, or one that FAILED because its task was not found, can be given a task id";
        VideoJob job = applied(jobId, rule, stored -> JobTransitions.taskAssigned(stored, taskId.strip(), membership.id(), timer.now()));
        dispatcher.takeUp(job);
        return job;
    }

    @Override
    public CompletableFuture<VideoJob> resubmit(String jobId) {
        VideoJob job = known(jobId);
        if (job.state() != JobState.UNKNOWN) {
            return CompletableFuture.failedFuture(notNow(job, "Only an UNKNOWN job can be submitted again"));
        }
        return repeats.submit(job, jobId, VideoOrder.SubmitUnknown.RESUBMIT);
    }

    @Override
    public VideoJob abandon(String jobId) {
        return applied(jobId, "Only an UNKNOWN job can be given up", JobTransitions::abandoned);
    }

    @Override
    public CompletableFuture<VideoJob> cancel(String jobId) {
        VideoJob job = known(jobId);
        if (job.state() == JobState.NEW) {
            VideoJob cancelled = applied(jobId, "The job has been sent meanwhile: cancel it again",
                    stored -> JobTransitions.cancelledUnsent(stored, timer.now()));
            waiting.cancelled(jobId);
            return CompletableFuture.completedFuture(cancelled);
        }
        return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING ? cancellation.cancel(job)
                : CompletableFuture.failedFuture(notNow(job, "Only a job that waits to be sent, or that is ACCEPTED or RUNNING, can be"
                        + " cancelled"));
    }

    @Override
    public boolean isCancellable(VideoJob job) {
        return job.state() == JobState.NEW || cancellation.isPossible(job);
    }

    @Override
    public VideoJob prioritize(String jobId, int priority) {
        if (!JobDetails.isPriority(priority)) {
            throw JobError.of(ErrorType.INVALID_REQUEST, "The priority must be from " + JobDetails.LOWEST_PRIORITY + " to "
                    + JobDetails.HIGHEST_PRIORITY + ": " + priority, Charged.NO).toException(jobId, null);
        }
        VideoJob job = known(jobId);
        if (job.state() == JobState.NEW && !waiting.contains(jobId)) {
            throw notNow(job, "Each node has its own queue, and this job does not wait on this node. Its node is " + job.node());
        }
        VideoJob changed = applied(jobId, "Only a job that waits to be sent can get another priority", stored -> stored.state()
                != JobState.NEW ? stored : stored.with(changes -> changes.details(stored.details().withPriority(priority))));
        waiting.prioritize(jobId, priority);
        return changed;
    }

    @Override
    public CompletableFuture<VideoJob> retry(String jobId) {
        VideoJob job = known(jobId);
        if (!job.state().isFailure()) {
            return CompletableFuture.failedFuture(notNow(job, "Only a job that is FAILED, MODERATED, EXPIRED or CANCELLED can be retried"));
        }
        return repeats.submit(job, retryId(jobId), VideoOrder.SubmitUnknown.FAIL);
    }

    @Override
    public Optional<VideoJob> retryOf(String jobId) {
        return book.find(retryId(jobId));
    }

    /** Derived from the failed job's id, so that there is only one retry, however often and on however many nodes it is requested. */
    private static String retryId(String jobId) {
        return UUID.nameUUIDFromBytes(("grokvideo:retry:" + jobId).getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public boolean isRepeatable(VideoJob job) {
        return repeats.seemsWhole(job);
    }

    @Override
    public int purge(Duration endedFor) {
        return retention.purge(endedFor);
    }

    @Override
    public int purge(Instant endedBefore) {
        return retention.purge(endedBefore);
    }

    private VideoJob known(String jobId) {
        return book.find(jobId).orElseThrow(() -> EngineErrors.notKnown(jobId).toException(jobId, null));
    }

    /** @param change does not apply if the job's current state does not allow it */
    private VideoJob applied(String jobId, String rule, UnaryOperator<VideoJob> change) {
        JobUpdate update = book.change(jobId, change).orElseThrow(() -> EngineErrors.notKnown(jobId).toException(jobId, null));
        if (!update.isApplied()) {
            throw notNow(update.after(), rule);
        }
        return update.after();
    }

    private static RuntimeException notNow(VideoJob job, String rule) {
        return JobError.of(ErrorType.INVALID_REQUEST, rule + "; this one is " + job.state() + ", delivery "
                + job.delivery().state(), Charged.NO).toException(job.id(), job.provider());
    }
}
