package io.github.grokvideo.component.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;

/** An operator's hands on the jobs. What it changes is taken up by the same parts that serve routes. */
final class Operations implements JobOperations {

    private final JobBook book;
    private final Waits waits;
    private final JobTimer timer;
    private final Membership membership;
    private final JobDispatcher dispatcher;
    private final Retention retention;
    private final Repeats repeats;

    Operations(EngineParts parts, JobDispatcher dispatcher, Retention retention, Repeats repeats) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.dispatcher = dispatcher;
        this.retention = retention;
        this.repeats = repeats;
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
            job = book.change(jobId, stored -> Reopening.isPossible(stored)
                    ? Reopening.reopened(stored, Handover.again(stored), membership.id()) : stored).orElse(job);
            dispatcher.takeUp(job);
        }
        if (job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING) {
            return CompletableFuture.failedFuture(notNow(job, "The gateway is asked only about jobs that are ACCEPTED or RUNNING, or that"
                    + " have FAILED since it did not know them or gave no usable URL"));
        }
        return dispatcher.ask(job);
    }

    @Override
    public VideoJob stopWaiting(String jobId) {
        VideoJob job = known(jobId);
        waits.failAll(jobId, Failures.detached(jobId));
        return job;
    }

    @Override
    public VideoJob redeliver(String jobId) {
        VideoJob job = changed(jobId, "Only a job that has ended, and is in no consumer's hands, can be delivered again", stored -> {
            if (!Handover.isOver(stored) || stored.delivery().state() == JobDelivery.State.CLAIMED
                    || stored.state() == JobState.REJECTED) {
                return null;
            }
            if (Reopening.isPossible(stored)) {
                return Reopening.reopened(stored, JobDelivery.DETACHED, membership.id());
            }
            boolean fetchAgain = Handover.isFetchable(stored)
                    || stored.state().hasVideo() && !stored.urlOnly() && !Waits.Until.DOWNLOADED.isReached(stored);
            return stored.with(changes -> {
                changes.delivery(new JobDelivery(JobDelivery.State.OFFERED, timer.now(), 0)).node(null);
                if (fetchAgain) {
                    Handover.fetchAgain(changes).delivery(JobDelivery.DETACHED).node(dispatcher.nodeFor(stored));
                } else if (stored.state() == JobState.EXPIRED && stored.taskId() != null) {
                    // The gateway is asked once more: it may have it after all.
                    changes.state(JobState.ACCEPTED).file(null).holder(null).downloadedAt(null).endedAt(null).error(null)
                            .delivery(JobDelivery.DETACHED).node(membership.id());
                } else if (stored.state() == JobState.DELIVERED) {
                    changes.state(stored.urlOnly() ? JobState.RENDERED : JobState.DOWNLOADED).endedAt(null);
                }
            });
        });
        dispatcher.takeUp(job);
        return job;
    }

    @Override
    public VideoJob adopt(String jobId, String taskId) {
        if (taskId == null || taskId.isBlank()) {
            throw JobError.of(ErrorType.INVALID_REQUEST, "The task id is missing: it is in the gateway's own list of jobs", Charged.NO)
                    .toException(jobId, null);
        }
        TaskIds.check(taskId, jobId);
        String rule = "Only an UNKNOWN job, or one that has FAILED since its task was not found, can be told its task";
        VideoJob job = changed(jobId, rule, stored -> stored.state() != JobState.UNKNOWN && !Reopening.isPossible(stored) ? null
                : stored.with(changes -> changes.state(JobState.ACCEPTED).taskId(taskId.strip()).acceptedAt(timer.now()).error(null)
                        .endedAt(null).delivery(Handover.again(stored)).node(membership.id())));
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
        return changed(jobId, "Only an UNKNOWN job can be given up", stored -> stored.state() != JobState.UNKNOWN ? null
                : stored.with(changes -> changes.state(JobState.FAILED).delivery(stored.delivery().acknowledged()).node(null)
                        .error(stored.error().withMessage("An operator gave it up. " + stored.error().message()))));
    }

    @Override
    public CompletableFuture<VideoJob> retry(String jobId) {
        VideoJob job = known(jobId);
        if (job.state() != JobState.FAILED && job.state() != JobState.MODERATED && job.state() != JobState.EXPIRED) {
            return CompletableFuture.failedFuture(notNow(job, "Only a job that is FAILED, MODERATED or EXPIRED can be made anew"));
        }
        return repeats.submit(job, retryId(jobId), VideoOrder.SubmitUnknown.FAIL);
    }

    @Override
    public Optional<VideoJob> retryOf(String jobId) {
        return book.find(retryId(jobId));
    }

    /** Follows from the failed job's id: the store lets one be made, however often and on however many nodes it is asked for. */
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
        return book.find(jobId).orElseThrow(() -> Failures.notKnown(jobId).toException(jobId, null));
    }

    /** @param change null = it cannot be done in the job's present state */
    private VideoJob changed(String jobId, String rule, UnaryOperator<VideoJob> change) {
        VideoJob[] refused = new VideoJob[1];
        VideoJob after = book.change(jobId, stored -> {
            VideoJob changed = change.apply(stored);
            refused[0] = changed == null ? stored : null;
            return changed == null ? stored : changed;
        }).orElseThrow(() -> Failures.notKnown(jobId).toException(jobId, null));
        if (refused[0] != null) {
            throw notNow(refused[0], rule);
        }
        return after;
    }

    private static RuntimeException notNow(VideoJob job, String rule) {
        return JobError.of(ErrorType.INVALID_REQUEST, rule + "; this one is " + job.state() + ", delivery "
                + job.delivery().state(), Charged.NO).toException(job.id(), job.provider());
    }
}
