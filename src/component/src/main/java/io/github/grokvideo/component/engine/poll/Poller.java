// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the gateways about the jobs that wait there: one timer entry a job, one query a job at a time, shared by all who want to know.
 */
public final class Poller {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int MOST_NOTES = 100_000;

    private final JobBook book;
    private final JobWaiters waits;
    private final GatewayCalls gateway;
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final PollOutcome outcome;
    private final Map<String, PollWatch> watches = new ConcurrentHashMap<>();
    /** Of jobs that others time, and that are asked about from here now and then. */
    private final Map<String, PollNotes> notes = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param rendered is told each job whose video exists */
    public Poller(EngineParts parts, CallGate gate, Consumer<VideoJob> rendered) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.gateway = parts.gateway();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
        this.outcome = new PollOutcome(parts, rendered);
    }

    /** Begins to ask about a job, unless that has begun. */
    public void begin(VideoJob job, AccountLimits lane) {
        PollWatch watch = new PollWatch(job, lane, new PollNotes());
        if (watches.putIfAbsent(job.id(), watch) == null) {
            lane.hold(job.id());
            watch.schedule(lane.firstPoll(), timer, () -> due(watch));
        }
    }

    /**
     * Asks once about a job that others time.
     *
     * @return when to ask again; null = it is not asked about any more. Fails where the key is refused, as those who wait for the job do
     */
    public CompletableFuture<Duration> askOnce(VideoJob job, AccountLimits lane) {
        if (notes.size() >= MOST_NOTES) {
            // Their jobs went on, or ended, on other nodes.
            notes.clear();
        }
        PollWatch watch = new PollWatch(job, lane, notes.computeIfAbsent(job.id(), id -> new PollNotes()));
        return call(watch).handle((answer, failure) -> {
            PollAnswer meaning = outcome.meaning(watch, answer, failure);
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

    public boolean isWatching(String jobId) {
        return watches.containsKey(jobId);
    }

    /** @return empty = it is not asked about here */
    public Optional<Instant> nextPollAt(String jobId) {
        return Optional.ofNullable(watches.get(jobId)).map(watch -> watch.dueAt);
    }

    /** @return what the last status query told; null = none was made here, or the job is over */
    public String lastPoll(String jobId) {
        PollWatch watch = watches.get(jobId);
        PollNotes known = watch == null ? notes.get(jobId) : watch.notes;
        return known == null ? null : known.last();
    }

    /** Asks now, or shares the query that is under way. @return the job after the answer; as stored where it is not asked about */
    public CompletableFuture<VideoJob> ask(String jobId) {
        PollWatch watch = watches.get(jobId);
        CompletableFuture<VideoJob> answer = new CompletableFuture<>();
        if (watch == null || !watch.join(answer, timer, () -> due(watch))) {
            tell(List.of(answer), jobId);
        }
        return answer;
    }

    /** Whatever the store does, nobody is left waiting. */
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

    /** Somebody new waits: a job that is asked rarely because the gateway refused or did not answer is asked sooner. */
    public void wake(String jobId) {
        PollWatch watch = watches.get(jobId);
        if (watch != null && (watch.refusals > 0 || watch.noAnswers > 0)) {
            watch.wake(timer, () -> due(watch));
        }
    }

    /** What is asked just now is stored yet; nothing more is asked. */
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
            Duration turn = watch.lane.reservePoll(timer.now());
            if (!turn.isZero()) {
                boolean holds = watch.lane.pollReservationHolds();
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
        call(watch).whenComplete((answer, failure) -> answered(watch, answer, failure));
    }

    private CompletableFuture<HttpAnswer> call(PollWatch watch) {
        VideoAccount account = watch.lane.account();
        return gate.ordinary(() -> gateway.call(GatewayCall.Operation.POLL, watch.jobId, account,
                account.provider().poll(watch.taskId), settings.pollTimeout()));
    }

    private void answered(PollWatch watch, HttpAnswer answer, Throwable failure) {
        Duration next = watch.lane.pollSchedule().longest();
        Throwable unusable = null;
        try {
            PollAnswer meaning = outcome.meaning(watch, answer, failure);
            next = outcome.apply(watch, meaning);
            if (meaning instanceof PollAnswer.Refused refused) {
                unusable = outcome.refused(watch, refused);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("Job {}: the answer to a status query could not be used, it is asked again: {}", watch.jobId, e.toString());
            unusable = e;
        }
        List<CompletableFuture<VideoJob>> askers = watch.takeAskers(next == null);
        if (next == null) {
            watches.remove(watch.jobId, watch);
            watch.lane.release(watch.jobId);
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

    /** An earlier answer may have been stored although the store did not say so: then this one changed nothing, and told nobody. */
    private void over(String jobId) {
        if (waits.isAwaited(jobId)) {
            try {
                book.find(jobId).ifPresent(waits::changed);
            } catch (RuntimeException away) {
                LOG.debug("Job {} cannot be looked at now", jobId, away);
            }
        }
    }
}
