// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDetails;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the answer of a status query to its job, and determines when the next one is due. */
final class PollOutcome {

    private static final Logger LOG = LoggerFactory.getLogger(PollOutcome.class);
    private static final int MAX_UNWRITTEN = 200_000;

    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final EngineSettings settings;
    private final RandomGenerator random;
    private final Consumer<VideoJob> rendered;
    private final Membership membership;
    private final PollTiming timing;
    /** Queries that changed nothing, by job: they are counted in the row with its next change. */
    private final Map<String, Integer> unwritten = new ConcurrentHashMap<>();

    /** @param rendered receives each job whose video exists */
    PollOutcome(EngineParts parts, PollTiming timing, Consumer<VideoJob> rendered) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.settings = parts.settings();
        this.random = parts.random();
        this.rendered = rendered;
        this.timing = timing;
        this.membership = parts.membership();
    }

    /** @return when to poll again; null = never */
    Duration apply(PollWatch watch, PollAnswer answer) {
        if (watch.notes.heard(answer, timer.now())) {
            LOG.warn("Job {}: the status queries return nothing useful; polling goes on. Last answer of {}: {}", watch.jobId,
                    watch.limits.account().provider().name(), watch.notes.last());
        }
        if (answer instanceof PollAnswer.NoAnswer none) {
            return noAnswer(watch, none);
        }
        watch.noAnswers = 0;
        if (!(answer instanceof PollAnswer.Refused)) {
            watch.notRefused();
        }
        if (answer instanceof PollAnswer.Pending pending) {
            return pending(watch, pending);
        }
        if (answer instanceof PollAnswer.Done done) {
            return done(watch, done);
        }
        if (answer instanceof PollAnswer.Failed failed) {
            return failed(watch, failed);
        }
        if (answer instanceof PollAnswer.NotFound notFound) {
            return notFound(watch, notFound.error());
        }
        return refused(watch);
    }

    private Duration noAnswer(PollWatch watch, PollAnswer.NoAnswer none) {
        LOG.debug("Job {}: no answer to a status query: {}", watch.jobId, none.reason());
        watch.noAnswers++;
        Duration pause = watch.schedule(timer.now()).afterNoAnswer(watch.noAnswers, random.nextDouble());
        if (none.retryAfter() != null) {
            pause = watch.schedule(timer.now()).retryAfter(none.retryAfter());
        }
        if (none.rateLimited()) {
            watch.limits.pollRejected(timer.now().plus(none.retryAfter() == null ? Duration.ZERO : none.retryAfter()), timer.now());
        }
        return again(polled(watch, job -> job.with(changes -> changes.misses(watch.noAnswers))), pause);
    }

    /** @return the pause; null = no further polling: the job has ended elsewhere, or its row is gone */
    private static Duration again(VideoJob job, Duration pause) {
        return job != null && (job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING) ? pause : null;
    }

    private Duration pending(PollWatch watch, PollAnswer.Pending pending) {
        VideoJob job = polled(watch, stored -> {
            VideoJob heard = stored.with(changes -> changes.misses(0)
                    .progress(pending.progress() != null ? pending.progress() : stored.progress()));
            return pending.running() ? JobTransitions.running(heard, timer.now()) : heard;
        });
        return again(job, pending.retryAfter() != null ? watch.schedule(timer.now()).retryAfter(pending.retryAfter())
                : watch.limits.afterAnswer(timing.next(watch, age(watch), pending.progress(), timer.now())));
    }

    private Duration done(PollWatch watch, PollAnswer.Done done) {
        // The first node to see the video downloads it, even if the store scheduled the query.
        Duration open = watch.notes.progress().openUntil();
        Instant openUntil = open.isZero() ? null : watch.acceptedAt.plus(open);
        VideoJob job = polled(watch, stored -> timed(JobTransitions.rendered(stored, done, membership.id(), timer.now()), openUntil));
        ended(watch);
        if (job != null && job.state() == JobState.RENDERED) {
            report(job);
            rendered.accept(job);
        }
        return null;
    }

    private static VideoJob timed(VideoJob job, Instant openUntil) {
        return job.with(changes -> changes.misses(0).details(job.details().withOpenUntil(openUntil)));
    }

    private static void report(VideoJob job) {
        JobDetails details = job.details();
        if (details.answeredModel() != null && job.model() != null && !details.answeredModel().equals(job.model())) {
            LOG.warn("Job {}: {} has used the model {} instead of {}, at its price", job.id(), job.provider(), details.answeredModel(),
                    job.model());
        }
        if (details.storageError() != null) {
            LOG.warn("Job {}: {} made the video but could not keep or publish it: {}", job.id(), job.provider(), details.storageError());
        }
    }

    private Duration failed(PollWatch watch, PollAnswer.Failed failed) {
        if (failed.isDoubtful() && !watch.notes.readBefore()) {
            polled(watch, job -> job.with(changes -> changes.misses(1)));
            return watch.schedule(timer.now()).next(Duration.ZERO, null, random.nextDouble());
        }
        ended(watch);
        end(watch, failed.state(), failed.error(), failed.cost());
        return null;
    }

    private Duration notFound(PollWatch watch, JobError error) {
        VideoJob job = polled(watch, stored -> stored.with(changes -> changes.misses(stored.misses() + 1)));
        boolean heardElsewhere = job != null && job.misses() == 1;
        if (!watch.notes.isLost(heardElsewhere, timer.now(), settings.jobNotFoundAfter())) {
            if (watch.adopted && !watch.notes.isTaskSeen()) {
                // A caller that mistyped the id is notified at once.
                waiters.fail(watch.jobId, notFound(error, error.message())
                        .toException(watch.jobId, watch.limits.account().provider().name()));
            }
            return again(job, watch.schedule(timer.now()).next(age(watch), null, random.nextDouble()));
        }
        String message = error.message() + ". It has answered this for " + PlainDuration.of(settings.jobNotFoundAfter())
                + " or longer; the same message, await, redeliver or pollNow polls it again free of charge";
        watch.limits.seenEnded(watch.jobId);
        end(watch, JobState.FAILED, notFound(error, message), null);
        return null;
    }

    private static JobError notFound(JobError answer, String message) {
        return new JobError(ErrorType.JOB_NOT_FOUND, message, Charged.UNKNOWN, false, answer.httpStatus(), answer.gatewayCode(),
                answer.requestId());
    }

    /** The key may be replaced: the job stays open, the waiters are notified. */
    private Duration refused(PollWatch watch) {
        Duration pause = watch.refused(timer.now());
        Duration longest = watch.schedule(timer.now()).longest();
        VideoJob job = polled(watch, UnaryOperator.identity());
        if (job != null) {
            watch.limits.keyGate(job.model()).refused(timer);
        }
        return again(job, pause.compareTo(longest) > 0 ? pause : longest);
    }

    /** @return the error that the job's waiters have received */
    GrokVideoException refused(PollWatch watch, PollAnswer.Refused refused) {
        GrokVideoException error = refused.error().withCharged(Charged.UNKNOWN)
                .toException(watch.jobId, watch.limits.account().provider().name());
        waiters.fail(watch.jobId, error);
        return error;
    }

    private void ended(PollWatch watch) {
        watch.limits.seenEnded(watch.jobId);
        timing.ended(watch, age(watch), timer.now());
    }

    private void end(PollWatch watch, JobState state, JobError error, Cost cost) {
        book.change(watch.jobId, job -> JobTransitions.failed(job, state, error, cost, timer.now()));
    }

    private VideoJob polled(PollWatch watch, UnaryOperator<VideoJob> heard) {
        PolledChange change = new PolledChange(unwritten.merge(watch.jobId, 1, Integer::sum), heard);
        boolean nothingNew = watch.justRead != null && change.apply(watch.justRead) == watch.justRead;
        VideoJob job = nothingNew ? watch.justRead : book.changed(watch.jobId, change).orElse(null);
        if (change.isWritten() || job == null || !PolledChange.isPolled(job)) {
            unwritten.remove(watch.jobId);
        } else if (unwritten.size() > MAX_UNWRITTEN) {
            // Most of these jobs are polled by other nodes by now.
            unwritten.clear();
        }
        return job;
    }

    private Duration age(PollWatch watch) {
        return Duration.between(watch.acceptedAt, timer.now());
    }
}
