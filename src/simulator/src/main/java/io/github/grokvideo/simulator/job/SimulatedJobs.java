// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import io.github.grokvideo.simulator.fault.Directives;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.video.VideoFile;
import io.github.grokvideo.simulator.video.VideoStudio;

/** All jobs, by task id and by the caller's own id. Beyond {@value #CAPACITY} the oldest are removed. */
public final class SimulatedJobs {

    /** How many jobs are kept. */
    public static final int CAPACITY = 200_000;

    /** With this many unfinished jobs, videos are no longer encoded ahead of time. */
    private static final int CROWD = 64;

    private final JobDefaults defaults;
    private final VideoStudio studio;
    private final JobListener listener;
    private final Map<String, SimulatedJob> byId = new LinkedHashMap<>();
    private final Map<String, SimulatedJob> byBusinessId = new LinkedHashMap<>();
    private final Deque<SimulatedJob> latest = new ArrayDeque<>();
    private final PriorityQueue<SimulatedJob> failing = new PriorityQueue<>(Comparator.comparing(SimulatedJob::finished));

    /** @param listener is notified of every job that is created or changed, not of those that are restored */
    public SimulatedJobs(JobDefaults defaults, VideoStudio studio, JobListener listener) {
        this.defaults = defaults;
        this.studio = studio;
        this.listener = listener;
    }

    /**
     * Creates a job; it is accepted at this moment.
     *
     * @param faults faults of the job; the first of stage JOB determines its outcome
     */
    public SimulatedJob create(String gateway, String id, JobDraft draft, List<Fault> faults) {
        SimulatedJob job = keep(new JobRecord(gateway, id, draft, times(gateway, Directives.of(draft.prompt()), faults), faults));
        listener.accepted(job);
        prepare(job);
        return job;
    }

    /** Restores a job of an earlier run. Its state is derived from the clock, so it has continued meanwhile. */
    public SimulatedJob restore(JobRecord accepted) {
        return keep(accepted);
    }

    /** Applies a stored change to a restored job; ignored if the job was removed. */
    public void restore(SimulatedJobChange change) {
        find(change.id()).ifPresent(job -> job.restore(change));
    }

    private synchronized SimulatedJob keep(JobRecord accepted) {
        SimulatedJob job = new SimulatedJob(accepted, this::film, listener);
        byId.put(job.id(), job);
        if (job.clientBusinessId() != null) {
            byBusinessId.put(job.clientBusinessId(), job);
        }
        latest.addLast(job);
        if (latest.size() > CROWD + 1) {
            latest.removeFirst();
        }
        if (job.fails()) {
            failing.add(job);
        }
        forgetOldest();
        return job;
    }

    /** The job with that task id at that gateway; empty also if the client deleted it. */
    public synchronized Optional<SimulatedJob> find(String gateway, String id) {
        return Optional.ofNullable(byId.get(id)).filter(job -> job.gateway().equals(gateway))
                .filter(job -> !job.marked(JobMark.DELETED));
    }

    /** The latest job with that id of the caller. */
    public synchronized Optional<SimulatedJob> findByBusinessId(String gateway, String clientBusinessId) {
        return Optional.ofNullable(byBusinessId.get(clientBusinessId)).filter(job -> job.gateway().equals(gateway));
    }

    /** The job with that task id, at whichever gateway. */
    public synchronized Optional<SimulatedJob> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All jobs, oldest first. */
    public synchronized List<SimulatedJob> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Starts encoding a job's video while it renders, so that its download need not wait. Skipped with many unfinished jobs, where it would
     * slow down requests for videos that are mostly never downloaded.
     */
    public void prepare(SimulatedJob job) {
        if (!defaults.sharedVideos() && !job.state().ended() && !job.fails() && !crowded()) {
            job.video();
        }
    }

    private synchronized boolean crowded() {
        return latest.size() > CROWD && !latest.peekFirst().state().ended();
    }

    /** Passes on each job that has failed since the last call, once. */
    public synchronized void settle(Consumer<SimulatedJob> failed) {
        while (!failing.isEmpty() && failing.peek().state().ended()) {
            failed.accept(failing.poll());
        }
    }

    /** Removes all jobs. */
    public synchronized void clear() {
        byId.clear();
        byBusinessId.clear();
        failing.clear();
        latest.clear();
    }

    private JobTimes times(String gateway, Directives directives, List<Fault> faults) {
        boolean atOnce = faults.stream().anyMatch(fault -> fault.kind() == FaultKind.WEBHOOK_EARLY);
        long render = atOnce ? 0 : directives.renderTime().orElse(defaults.renderTime()).toMillis();
        long queue = directives.queueTime().or(defaults::queueTime).orElse(Duration.ofMillis(render / 8)).toMillis();
        long now = System.currentTimeMillis();
        return new JobTimes(now, now + Math.min(queue, render), now + render, defaults.urlLifetime(gateway).toMillis());
    }

    private CompletableFuture<VideoFile> film(SimulatedJob job) {
        List<String> lines = defaults.sharedVideos()
                ? List.of("grokvideo simulator")
                : List.of(job.gateway() + "  " + job.model(), job.id(), Directives.strip(job.prompt()));
        return studio.file(job.spec(), lines, job.minimumSize());
    }

    private void forgetOldest() {
        if (byId.size() > CAPACITY) {
            SimulatedJob oldest = byId.values().iterator().next();
            byId.remove(oldest.id());
            if (oldest.clientBusinessId() != null) {
                byBusinessId.remove(oldest.clientBusinessId(), oldest);
            }
        }
    }
}
