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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that db-scheduler has picked for this node. For db-scheduler they ended when they were handed over, so a step holds no thread
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

    private final Map<String, StepInFlight> inFlight = new ConcurrentHashMap<>();
    private final Queue<StepInFlight> picked = new ConcurrentLinkedQueue<>();
    private final Queue<StepInFlight> ended = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean beginning = new AtomicBoolean();
    private final DueJobs.Steps steps;
    private final Rows rows;
    private final StoreClock clock;
    private final Executor threads;
    private final Duration heartbeat;
    private volatile boolean stopped;

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
            begin(taken(picked, AT_ONCE));
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
        try {
            Map<String, CompletableFuture<Optional<Instant>>> ends = steps.begin(some.stream().map(step -> step.jobId).toList());
            some.forEach(step -> ends.get(step.jobId).whenComplete((next, failure) -> ended(step, next, failure)));
        } catch (RuntimeException | Error failed) {
            some.forEach(step -> ended(step, null, failed));
        }
    }

    private void ended(StepInFlight step, Optional<Instant> next, Throwable failure) {
        Instant now = clock.now();
        if (failure != null) {
            LOG.debug("A step of job {} has failed; it is repeated", step.jobId, failure);
        }
        step.ended(now, failure == null ? next : Optional.of(now.plus(AFTER_FAILURE)), failure != null);
        ended.add(step);
    }

    /** To be called every few milliseconds, never twice at once: stores how steps have ended since, and keeps running ones alive. */
    public void tick() {
        try {
            for (List<StepInFlight> some = taken(ended, AT_ONCE); !some.isEmpty(); some = taken(ended, AT_ONCE)) {
                store(some);
            }
            beat();
        } catch (RuntimeException away) {
            LOG.debug("Due jobs cannot be updated now", away);
        }
    }

    private void store(List<StepInFlight> some) {
        try {
            // Sorted: transactions that lock rows in the same order run into no deadlock.
            rows.end(some.stream().sorted(Comparator.comparing(step -> step.jobId)).map(StepInFlight::storing).toList());
        } catch (RuntimeException | Error away) {
            some.forEach(StepInFlight::notStored);
            ended.addAll(some);
            throw away;
        }
        some.forEach(step -> inFlight.remove(step.jobId, step));
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
        CountDownLatch never = new CountDownLatch(1);
        do {
            tick();
        } while (!inFlight.isEmpty() && System.nanoTime() < end && !never.await(20, TimeUnit.MILLISECONDS));
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
