// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc.due;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreClock;
import io.github.grokvideo.component.store.WarnedJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that db-scheduler has picked for this node. db-scheduler takes a step for done once it is handed over, so it holds no thread
 * while it waits for a gateway. Its row stays picked: this class keeps it alive and stores the end. Thread-safe.
 */
public final class StepsInFlight {

    /** The rows of steps. */
    public interface Rows {

        /** Stores how steps have ended, unless other nodes have taken them over. */
        void end(List<StepInFlight.End> ends);

        /**
         * Other nodes take over steps whose rows have not been kept alive for a while.
         *
         * @param versions of the rows by job id, sorted
         */
        void beat(Map<String, Long> versions, Instant now);
    }

    private static final Logger LOG = LoggerFactory.getLogger(StepsInFlight.class);
    private static final int AT_ONCE = 500;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURES = Duration.ofSeconds(30);
    /** How soon a stop tries again to store an end. */
    private static final long LOOK_MILLIS = 100;

    private final Map<String, StepInFlight> inFlight = new ConcurrentHashMap<>();
    private final Queue<StepInFlight> picked = new ConcurrentLinkedQueue<>();
    private final Queue<StepInFlight> ended = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beginning = new AtomicBoolean();
    /** A stop may come while the store keeps a tick waiting. */
    private final ReentrantLock ticking = new ReentrantLock();
    private final Semaphore someEnded = new Semaphore(0);
    private final WarnedJobs warned = new WarnedJobs();
    private final DueJobs.Steps steps;
    private final Rows rows;
    private final StoreClock clock;
    private final Executor threads;
    private final Duration heartbeat;
    private volatile boolean stopped;
    private volatile boolean away;

    /**
     * @param threads   begin the steps
     * @param heartbeat how often the rows of running steps are to be kept alive
     */
    public StepsInFlight(DueJobs.Steps steps, Rows rows, StoreClock clock, Executor threads, Duration heartbeat) {
        this.steps = steps;
        this.rows = rows;
        this.clock = clock;
        this.threads = threads;
        this.heartbeat = heartbeat;
    }

    /**
     * Takes over a step that db-scheduler has picked.
     *
     * @param version of the picked row
     */
    public void add(String jobId, long version) {
        StepInFlight step = new StepInFlight(jobId, version, clock.now());
        inFlight.put(jobId, step);
        picked.add(step);
        beginLater();
    }

    public int size() {
        return inFlight.size();
    }

    /** @return false = the job's step is not running on this node */
    public boolean bringForward(String jobId, Instant due) {
        StepInFlight step = inFlight.get(jobId);
        return step != null && step.bringForward(due);
    }

    private void beginLater() {
        if (!picked.isEmpty() && beginning.compareAndSet(false, true)) {
            try {
                // Behind the other steps of one search for due jobs: they are begun together.
                threads.execute(this::beginPicked);
            } catch (RejectedExecutionException stopping) {
                beginning.set(false);
            }
        }
    }

    private void beginPicked() {
        try {
            // One that was picked again meanwhile, since the store was away, is begun with its later row only.
            begin(taken(picked, AT_ONCE).stream().filter(step -> inFlight.get(step.jobId) == step).toList());
        } finally {
            beginning.set(false);
            beginLater();
        }
    }

    private void begin(List<StepInFlight> some) {
        if (stopped) {
            some.forEach(step -> ended(step, Optional.of(clock.now()), null));
            return;
        }
        Map<String, CompletableFuture<Optional<Instant>>> ends;
        try {
            ends = steps.begin(some.stream().map(step -> step.jobId).toList());
        } catch (RuntimeException | Error failed) {
            some.forEach(step -> ended(step, null, failed));
            return;
        }
        some.forEach(step -> ends.get(step.jobId).whenComplete((next, failure) -> ended(step, next, failure)));
    }

    private void ended(StepInFlight step, Optional<Instant> next, Throwable failure) {
        Instant now = clock.now();
        step.ended(now, failure == null ? next : Optional.of(now.plus(pause(step, failure))), failure != null);
        if (failure == null) {
            warned.over(step.jobId);
        }
        ended.add(step);
        someEnded.release();
    }

    /** @return until a step that has failed is repeated */
    private Duration pause(StepInFlight step, Throwable failure) {
        if (isAway(failure)) {
            LOG.debug("The step of job {} is repeated when the store answers", step.jobId, failure);
            return AFTER_FAILURE;
        }
        boolean first = warned.isFirst(step.jobId);
        if (first) {
            LOG.warn("The next step of job {} has failed; it is repeated until it succeeds", step.jobId, failure);
        }
        return first ? AFTER_FAILURE : AFTER_FAILURES;
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof StoreUnavailableException || failure.getCause() instanceof StoreUnavailableException;
    }

    /** To be called every few milliseconds: stores how steps have ended since, and keeps running ones alive. Throws nothing. */
    public void tick() {
        ticking.lock();
        try {
            Optional<Throwable> failure = failure(this::storeEnds);
            // Also if ends cannot be stored: other nodes would begin the steps that run here again.
            Optional<Throwable> silence = failure(this::beat);
            report(failure.or(() -> silence));
        } finally {
            ticking.unlock();
        }
    }

    private static Optional<Throwable> failure(Runnable part) {
        try {
            part.run();
            return Optional.empty();
        } catch (RuntimeException | Error failed) {
            return Optional.of(failed);
        }
    }

    private void report(Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            away = false;
        } else if (!away) {
            away = true;
            LOG.warn("Rows of due jobs cannot be written now; trying again until they are", failure.get());
        } else {
            LOG.debug("Rows of due jobs cannot be written", failure.get());
        }
    }

    private void storeEnds() {
        for (List<StepInFlight> some = taken(ended, AT_ONCE); !some.isEmpty(); some = taken(ended, AT_ONCE)) {
            try {
                store(some);
            } catch (StoreUnavailableException storeAway) {
                some.forEach(StepInFlight::notStored);
                ended.addAll(some);
                throw storeAway;
            } catch (RuntimeException | Error oneIsRefused) {
                LOG.debug("The ends of {} steps could not be stored together", some.size(), oneIsRefused);
                some.forEach(this::storeAlone);
            }
        }
    }

    private void store(List<StepInFlight> some) {
        // Sorted: transactions that lock rows in about the same order seldom run into a deadlock, and are repeated if they do.
        rows.end(some.stream().sorted(Comparator.comparing(step -> step.jobId)).map(StepInFlight::storing).toList());
        some.forEach(step -> inFlight.remove(step.jobId, step));
    }

    /** If its row is refused, it is kept alive no longer: then a node takes the job over, and does the step again. */
    private void storeAlone(StepInFlight step) {
        try {
            store(List.of(step));
        } catch (StoreUnavailableException storeAway) {
            step.notStored();
            ended.add(step);
        } catch (RuntimeException | Error refused) {
            inFlight.remove(step.jobId, step);
            if (warned.isFirst(step.jobId)) {
                LOG.warn("The end of a step of job {} cannot be stored; the step is repeated", step.jobId, refused);
            }
        }
    }

    private void beat() {
        Instant now = clock.now();
        List<StepInFlight> silent = inFlight.values().stream().filter(step -> step.isSilentSince(now.minus(heartbeat)))
                .sorted(Comparator.comparing(step -> step.jobId)).toList();
        for (int from = 0; from < silent.size(); from += AT_ONCE) {
            List<StepInFlight> some = silent.subList(from, Math.min(from + AT_ONCE, silent.size()));
            Map<String, Long> versions = new LinkedHashMap<>();
            some.forEach(step -> versions.put(step.jobId, step.version));
            rows.beat(versions, now);
            some.forEach(step -> step.beat(now));
        }
    }

    /** Steps that were not begun are due again at once. Waits for the others, and stores how they end. Call it when none is added. */
    public void stop(Duration longest) throws InterruptedException {
        stopped = true;
        begin(taken(picked, Integer.MAX_VALUE));
        long end = System.nanoTime() + longest.toNanos();
        tick();
        while (!inFlight.isEmpty() && System.nanoTime() < end) {
            if (someEnded.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                someEnded.drainPermits();
            }
            tick();
        }
        if (!inFlight.isEmpty()) {
            LOG.info("{} steps of due jobs have not ended yet: other nodes take them over", inFlight.size());
        }
    }

    private static List<StepInFlight> taken(Queue<StepInFlight> queue, int most) {
        List<StepInFlight> taken = new ArrayList<>();
        for (StepInFlight step = queue.poll(); step != null; step = queue.poll()) {
            taken.add(step);
            if (taken.size() == most) {
                break;
            }
        }
        return taken;
    }
}
