// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.core.StatusQueries;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.QueryGate;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the jobs at the gateways: one timer entry per job, one query at a time per job, shared by all callers that want the answer. */
public final class Poller {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int MAX_NOTES = 200_000;

    private final JobBook book;
    private final JobWaiters waiters;
    private final StatusQueries queries;
    private final QueryGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final PollTiming timing;
    private final PollOutcome outcome;
    private final Map<String, PollWatch> watches = new ConcurrentHashMap<>();
    /** Notes on jobs that are scheduled elsewhere and occasionally polled from here. */
    private final Map<String, PollNotes> notes = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param rendered receives each job whose video exists */
    public Poller(EngineParts parts, QueryGate gate, PollTiming timing, Consumer<VideoJob> rendered) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.queries = parts.queries();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.timing = timing;
        this.outcome = new PollOutcome(parts, timing, rendered);
    }

    /** Starts to poll a job unless it is polled already. */
    public void begin(VideoJob job, AccountLimits limits) {
        PollWatch watch = new PollWatch(job, limits, new PollNotes(), timing.learnt(job), false);
        if (watches.putIfAbsent(job.id(), watch) == null) {
            limits.hold(job.id());
            watch.schedule(timing.first(job, limits, timer.now()), timer, () -> due(watch));
        }
    }

    /**
     * Polls once a job that is scheduled elsewhere. If nothing is new, the store is neither read nor written.
     *
     * @param  job as it was just read
     * @return when to poll again; null = never. Fails if the key is rejected, as the job's waiters do
     */
    public CompletableFuture<Duration> askOnce(VideoJob job, AccountLimits limits) {
        if (notes.size() >= MAX_NOTES) {
            // Their jobs have continued or ended on other nodes.
            notes.clear();
        }
        PollWatch watch = new PollWatch(job, limits, notes.computeIfAbsent(job.id(), id -> new PollNotes()), timing.learnt(job), true);
        return call(watch).thenApply(meaning -> {
            Duration next = outcome.apply(watch, meaning);
            if (next == null) {
                notes.remove(job.id());
            }
            if (meaning instanceof PollAnswer.Refused refused) {
                throw outcome.refused(watch, refused);
            }
            return next;
        });
    }

    /** Whether so many status queries to the account's gateway wait for others to end that a further one would wait for long. */
    public boolean isCrowded(AccountLimits limits) {
        return gate.isCrowded(limits.account().access());
    }

    public boolean isWatching(String jobId) {
        return watches.containsKey(jobId);
    }

    /** @return empty = it is not polled here */
    public Optional<Instant> nextPollAt(String jobId) {
        return Optional.ofNullable(watches.get(jobId)).map(watch -> watch.dueAt);
    }

    /** @return result of the last status query; null = there was none here, or the job has ended */
    public String lastPoll(String jobId) {
        PollWatch watch = watches.get(jobId);
        PollNotes known = watch == null ? notes.get(jobId) : watch.notes;
        return known == null ? null : known.last();
    }

    /**
     * Polls now, or shares the query in flight.
     *
     * @return the job after the answer; as stored if it is not polled
     */
    public CompletableFuture<VideoJob> ask(String jobId) {
        PollWatch watch = watches.get(jobId);
        CompletableFuture<VideoJob> answer = new CompletableFuture<>();
        if (watch == null || !watch.join(answer, timer, () -> due(watch))) {
            tell(List.of(answer), jobId);
        }
        return answer;
    }

    /** Completes all callers, whatever the store throws. */
    private void tell(List<CompletableFuture<VideoJob>> askers, String jobId) {
        if (askers.isEmpty()) {
            return;
        }
        try {
            VideoJob job = book.find(jobId).orElseThrow(() -> EngineErrors.notKnown(jobId).toException(jobId, null));
            askers.forEach(asker -> asker.complete(job));
        } catch (RuntimeException e) {
            askers.forEach(asker -> asker.completeExceptionally(e));
        }
    }

    /** A new caller waits: polls the job sooner if the gateway rejected the key or did not answer before. */
    public void wake(String jobId) {
        PollWatch watch = watches.get(jobId);
        if (watch != null && (watch.refusals > 0 || watch.noAnswers > 0)) {
            watch.wake(timer, () -> due(watch));
        }
    }

    /**
     * There is news about a job: polls it now, within the account's rate limits.
     *
     * @return by how much its next query was brought forward; empty = it is not polled here
     */
    public Optional<Duration> hint(String jobId) {
        return Optional.ofNullable(watches.get(jobId)).map(watch -> watch.hint(timer, () -> due(watch)));
    }

    /** Stops polling. Answers of queries in flight are still stored. */
    public void stop() {
        stopped = true;
        for (PollWatch watch : List.copyOf(watches.values())) {
            watches.remove(watch.jobId, watch);
            watch.cancel();
            watch.takeAskers(true).forEach(asker -> asker.completeExceptionally(EngineErrors.detached(watch.jobId)));
        }
    }

    private void due(PollWatch watch) {
        watch.lock.lock();
        try {
            if (watch.asking || watches.get(watch.jobId) != watch) {
                return;
            }
            Duration turn = watch.limits.reservePoll(timer.now());
            if (!turn.isZero()) {
                boolean holds = watch.limits.pollReservationHolds();
                watch.asking = holds;
                watch.at(turn, timer, holds ? () -> work.execute(() -> ask(watch)) : () -> due(watch));
                return;
            }
            watch.asking = true;
        } finally {
            watch.lock.unlock();
        }
        work.execute(() -> ask(watch));
    }

    private void ask(PollWatch watch) {
        if (stopped) {
            return;
        }
        watch.sent();
        call(watch).whenComplete((meaning, failure) -> answered(watch, meaning, failure));
    }

    private CompletableFuture<PollAnswer> call(PollWatch watch) {
        VideoAccount account = watch.limits.account();
        return queries.ask(watch.jobId, account, watch.taskId, watch.elsewhere, call -> gate.enter(account.access(), call));
    }

    /** @param failure null, unless the provider or this component is at fault */
    private void answered(PollWatch watch, PollAnswer meaning, Throwable failure) {
        Duration next = watch.schedule(timer.now()).longest();
        Throwable unusable = null;
        try {
            if (failure != null) {
                throw new CompletionException(EngineErrors.unwrap(failure));
            }
            next = outcome.apply(watch, meaning);
            if (meaning instanceof PollAnswer.Refused refused) {
                unusable = outcome.refused(watch, refused);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("Job {}: the answer to a status query could not be processed; polling again: {}", watch.jobId, e.toString());
            unusable = e;
        }
        List<CompletableFuture<VideoJob>> askers = watch.takeAskers(next == null);
        if (next == null) {
            watches.remove(watch.jobId, watch);
            watch.limits.release(watch.jobId);
            over(watch.jobId);
        } else {
            watch.schedule(next, timer, () -> due(watch));
        }
        if (unusable == null) {
            tell(askers, watch.jobId);
        } else {
            for (CompletableFuture<VideoJob> asker : askers) {
                asker.completeExceptionally(unusable);
            }
        }
    }

    /**
     * The store may have kept an earlier answer without confirming it: then this one changed nothing, and the waiters were not notified.
     */
    private void over(String jobId) {
        if (waiters.isAwaited(jobId)) {
            try {
                book.find(jobId).ifPresent(waiters::changed);
            } catch (RuntimeException away) {
                LOG.debug("Job {} cannot be read now", jobId, away);
            }
        }
    }
}
