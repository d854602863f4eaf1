// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.AccountWebhooks;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.schedule.PollSchedule;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.ProviderLimits;

/** Enforces one account's limits: its submit and poll rates and its concurrent jobs at the gateway. Thread-safe. */
public final class AccountLimits {

    /** Of all accounts: jobs of several may wait for the same budget. */
    private static final AtomicLong ARRIVALS = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final JobRoom room;
    private final RateBucket submits;
    private final SubmitLine submitLine;
    private final RateBucket polls;
    /** If polls share the submit bucket, they retry one by one: all at once would only find it empty. */
    private final RateBucket pollLine;
    private final boolean shareAfter429;
    /** By model: a gateway may reject a key for some models only. */
    private final Map<String, KeyGate> keyGates = new ConcurrentHashMap<>();
    private final PollPressure pressure = new PollPressure();
    private final NoticeTrust noticeTrust = new NoticeTrust();
    /** null = the submit rate is documented or set by the user. */
    private final LearntRate learnt;
    private volatile VideoAccount account;
    private volatile boolean pollsShareSubmits;

    /** For an engine that follows all jobs of its store. */
    public AccountLimits(VideoAccount account) {
        this(account, null);
    }

    /** @param openJobs counts the jobs in a store that outlives the engine or is shared; null = this engine follows all of them */
    public AccountLimits(VideoAccount account, OpenJobCount openJobs) {
        this.account = account;
        room = new JobRoom(this::account, openJobs);
        ProviderLimits limits = account.provider().limits();
        learnt = account.submitsPerSecond() == null && limits.submitsPerSecond() <= 0 ? new LearntRate() : null;
        submits = learnt != null ? new RateBucket(learnt.perSecond(), learnt.burst())
                : account.submitsPerSecond() == null ? new RateBucket(limits.submitsPerSecond(), limits.submitBurst())
                : new RateBucket(account.submitsPerSecond(), 1);
        submitLine = new SubmitLine(submits, tag -> this.account.tagWeight(tag));
        polls = new RateBucket(limits.pollsPerSecond(), (int) Math.max(1, limits.pollsPerSecond()));
        pollLine = submits.alike();
        // A learnt submit rate says nothing about status queries.
        shareAfter429 = limits.shareAfter429() && learnt == null;
    }

    public VideoAccount account() {
        return account;
    }

    /** Replaces the account: its key or limits may change while its jobs wait. */
    public void renew(VideoAccount renewed) {
        if (renewed == account) {
            return;
        }
        boolean otherKey = !renewed.access().equals(account.access());
        account = renewed;
        if (otherKey) {
            keyGates.values().forEach(KeyGate::open);
        }
        room.begin();
    }

    public PollSchedule pollSchedule(String jobId, Instant now) {
        ProviderLimits limits = account.provider().limits();
        Duration safetyNet = safetyNet(jobId, now);
        return new PollSchedule(
                longest(account.pollInterval() == null ? limits.pollInterval() : account.pollInterval(), safetyNet),
                longest(account.pollInterval() == null ? limits.leastPollInterval() : account.pollInterval(), safetyNet),
                longest(account.maxPollInterval() == null ? limits.maxPollInterval() : account.maxPollInterval(), safetyNet));
    }

    /** @return time until the first status query of an accepted job; zero if its webhook notice came before the submit's answer */
    public Duration firstPoll(VideoJob job, Instant now) {
        if (noticeTrust.takeEarly(job, now)) {
            return Duration.ZERO;
        }
        return longest(account.pollInterval() == null ? account.provider().limits().firstPoll() : account.pollInterval(),
                safetyNet(job.id(), now));
    }

    /** @return zero = the job is polled as if there were no webhooks */
    private Duration safetyNet(String jobId, Instant now) {
        AccountWebhooks webhooks = account.webhooks();
        return webhooks != null && webhooks.pollInterval() != null && noticeTrust.isExpected(jobId, now) ? webhooks.pollInterval()
                : Duration.ZERO;
    }

    /** A verified webhook notice about the job has arrived. */
    public void noticed(String jobId, Instant now) {
        noticeTrust.noticed(jobId, now);
    }

    /**
     * A verified webhook notice has arrived about a task or job that may not be accepted yet: if it is accepted by this node, it is polled
     * at once.
     *
     * @param id of the task or the job
     */
    public void noticedEarly(String id) {
        noticeTrust.early(id);
    }

    /** A status query has shown that the job is over. */
    public void seenEnded(String jobId) {
        noticeTrust.ended(jobId);
    }

    /**
     * A place in the queues, behind those of the same tag and priority.
     *
     * @param tag null = none
     */
    public Turn turn(String tag, int priority) {
        return new Turn(tag, priority, ARRIVALS.incrementAndGet());
    }

    /** Changes the priority of a submit, in whichever queue it waits or will wait. */
    public void prioritize(Turn turn, int priority) {
        // First: a queue that the turn is just entering sees it, or is entered before it is notified here.
        turn.priority(priority);
        room.moved(turn);
        submitLine.moved(turn);
    }

    /**
     * Runs {@code start} as soon as the account may have another job at the gateway, by turns; immediately if it may now.
     *
     * @param turn key for {@link #leave}; a job that is withdrawn and submitted again needs a new turn
     */
    public void whenFree(Turn turn, String jobId, Runnable start) {
        room.enter(turn, jobId, start);
    }

    /**
     * Whether a job whose row says that it is about to be sent may be sent: other nodes may have started jobs at the same moment. Reads the
     * store if there may be others.
     *
     * @return false = it must wait for {@link #whenFree} again
     */
    public boolean admits(String jobId) {
        return room.admits(jobId);
    }

    /** Counts a job that is already at the gateway, even beyond the limit. */
    public void hold(String jobId) {
        room.hold(jobId);
    }

    /** The job is no longer at the gateway, or never got there. Further calls have no effect. */
    public void release(String jobId) {
        room.release(jobId);
    }

    /** Leaves the queues. */
    public void leave(Turn turn) {
        room.leave(turn);
        submitLine.leave(turn);
    }

    /**
     * Holds submits while the gateway rejects the key.
     *
     * @param model null = not specified
     */
    public KeyGate keyGate(String model) {
        return keyGates.computeIfAbsent(model == null ? "" : model, unknown -> new KeyGate());
    }

    /** Queue of submits that wait for the rate limit. */
    public SubmitLine submitLine() {
        return submitLine;
    }

    public void submitSent(Instant now) {
        learn(rate -> rate.sent(now));
    }

    public void submitTaken() {
        learn(rate -> {
            rate.taken();
            if (!rate.isLimited()) {
                // Returns its own permit and one more: the rate grows with accepted submits, independent of the clock.
                submits.giveBack(2);
            }
        });
    }

    /** A submit has had its turn and is not sent. */
    public void submitNotSent(JobTimer timer) {
        submitLine.giveBack(timer);
    }

    /** @param sentAt when the rate-limited submit was sent */
    public void submitRefused(Instant sentAt, Instant now) {
        learn(rate -> rate.refused(sentAt, now));
        if (learnt != null) {
            submits.pauseUntil(now.plus(submits.spacing()));
        }
    }

    private void learn(Consumer<LearntRate> lesson) {
        if (learnt == null) {
            return;
        }
        lock.lock();
        try {
            lesson.accept(learnt);
            submits.pace(learnt.perSecond(), learnt.burst());
        } finally {
            lock.unlock();
        }
    }

    /** @return time until a submit may be sent; zero = now */
    public Duration untilSubmit(Instant now) {
        return submits.untilFree(now);
    }

    /** The gateway asks for a pause in submits. */
    public void submitsRejected(Instant until) {
        submits.pauseUntil(until);
    }

    /** @return how long to wait before polling; zero = poll now. If polls share the submit bucket, submits go first. */
    public Duration reservePoll(Instant now) {
        if (!pollsShareSubmits) {
            return polls.reserve(now);
        }
        Duration pause = polls.untilFree(now);
        if (!pause.isZero()) {
            return pause;
        }
        if (submitLine.isEmpty() && submits.tryTake(now)) {
            return Duration.ZERO;
        }
        return longest(pollLine.reserve(now), submits.untilFree(now), submits.spacing());
    }

    private static Duration longest(Duration... durations) {
        return Stream.of(durations).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** @return the time until the next query of a job that was answered, longer if the gateway has rejected queries for their rate */
    public Duration afterAnswer(Duration interval) {
        pressure.answered();
        return pressure.stretched(interval);
    }

    /** @return whether a permit taken by {@link #reservePoll} stays valid after the wait */
    public boolean pollReservationHolds() {
        return !pollsShareSubmits;
    }

    /**
     * A status query was rejected for its rate.
     *
     * @param until when the gateway allows the next one
     */
    public void pollRejected(Instant until, Instant now) {
        pressure.rejected(now);
        if (shareAfter429) {
            pollsShareSubmits = true;
        }
        polls.pauseUntil(until);
    }
}
