// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import io.github.grokvideo.simulator.fault.Directives;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.fault.FaultQueue;
import io.github.grokvideo.simulator.fault.FaultStage;
import io.github.grokvideo.simulator.video.VideoFile;
import io.github.grokvideo.simulator.video.VideoSpec;

/**
 * A job. Its state is derived from the clock, so unfinished jobs need neither timers nor threads.
 */
public final class SimulatedJob {

    private final JobRecord accepted;
    private final JobDraft draft;
    private final JobTimes times;
    private final Fault outcome;
    private final FaultQueue faults;
    private final long minimumSize;
    private final Function<SimulatedJob, CompletableFuture<VideoFile>> studio;
    private final JobListener listener;
    private final AtomicInteger urlVersion = new AtomicInteger(1);
    private final AtomicInteger etagVersion = new AtomicInteger(1);
    private final AtomicInteger downloads = new AtomicInteger();
    private volatile boolean urlRevoked;
    private volatile Set<JobMark> marks = Set.of();
    private CompletableFuture<VideoFile> video;

    SimulatedJob(JobRecord accepted, Function<SimulatedJob, CompletableFuture<VideoFile>> studio, JobListener listener) {
        this.accepted = accepted;
        this.draft = accepted.draft();
        this.times = accepted.times();
        this.outcome = accepted.faults().stream().filter(f -> f.kind().stage() == FaultStage.JOB).findFirst().orElse(null);
        this.faults = new FaultQueue(accepted.faults());
        this.minimumSize = Directives.of(draft.prompt()).size().orElse(0);
        this.studio = studio;
        this.listener = listener;
    }

    /** The job as it was accepted. */
    public JobRecord accepted() {
        return accepted;
    }

    /** The changes since then. */
    public SimulatedJobChange change() {
        return new SimulatedJobChange(id(), faults.pending(), urlVersion.get(), urlRevoked, etagVersion.get(), downloads.get(), marks);
    }

    /** Applies stored changes. Only before the job is visible to requests. */
    void restore(SimulatedJobChange change) {
        faults.replace(change.faults());
        urlVersion.set(change.urlVersion());
        urlRevoked = change.urlRevoked();
        etagVersion.set(change.etagVersion());
        downloads.set(change.downloads());
        marks = change.marks();
    }

    /** Name of the gateway: {@code xai}, {@code toapis} ... */
    public String gateway() {
        return accepted.gateway();
    }

    /** The gateway's task id. */
    public String id() {
        return accepted.id();
    }

    public String model() {
        return draft.model();
    }

    /** The mode by its common name, such as {@code text-to-video}. */
    public String mode() {
        return draft.mode();
    }

    /** The prompt as it was sent, directives included. */
    public String prompt() {
        return draft.prompt();
    }

    /** The caller's own id; null if none was sent. */
    public String clientBusinessId() {
        return draft.clientBusinessId();
    }

    /** A part of the request that only some gateways take; empty if it was not sent. */
    public Optional<String> extra(String name) {
        return Optional.ofNullable(draft.extras().get(name));
    }

    /** Whether that has happened to it. */
    public boolean marked(JobMark mark) {
        return marks.contains(mark);
    }

    /** Notes that something has happened to it; false if that is known already. */
    public synchronized boolean mark(JobMark mark) {
        if (marks.contains(mark)) {
            return false;
        }
        Set<JobMark> more = EnumSet.of(mark);
        more.addAll(marks);
        marks = Set.copyOf(more);
        listener.changed(this);
        return true;
    }

    /** The price, in the gateway's own unit. */
    public BigDecimal price() {
        return draft.price();
    }

    /** Resolution class, such as {@code 480p}. */
    public String resolution() {
        return draft.resolution();
    }

    /** Picture size in pixels and length in seconds of the video. */
    public VideoSpec spec() {
        return draft.video();
    }

    public Instant created() {
        return Instant.ofEpochMilli(times.created());
    }

    /** When it ends, or has ended. */
    public Instant finished() {
        return Instant.ofEpochMilli(times.finished());
    }

    /** When the URL of the video expires. */
    public Instant urlExpires() {
        return Instant.ofEpochMilli(times.finished() + times.urlLifetime());
    }

    public SimulatedJobState state() {
        if (marked(JobMark.CANCELLED)) {
            return SimulatedJobState.CANCELLED;
        }
        long now = System.currentTimeMillis();
        if (now < times.queuedUntil()) {
            return SimulatedJobState.QUEUED;
        }
        return now < times.finished() || is(FaultKind.STUCK) || awaitsUpload() ? SimulatedJobState.RENDERING : end();
    }

    /** 0 to 99 while it runs, 100 once it has ended. */
    public int progress() {
        SimulatedJobState state = state();
        if (state.ended()) {
            return 100;
        }
        long done = System.currentTimeMillis() - times.queuedUntil();
        return state == SimulatedJobState.QUEUED ? 0 : (int) Math.min(99, 100 * done / Math.max(1, times.finished() - times.queuedUntil()));
    }

    /** Whether its outcome is determined by that kind of fault. */
    public boolean is(FaultKind kind) {
        return outcome != null && outcome.kind() == kind;
    }

    /** A setting of the fault that determines the outcome. */
    public String outcomeOption(String name, String otherwise) {
        return outcome == null ? otherwise : outcome.option(name, otherwise);
    }

    /** Whether it fails, now or later. */
    boolean fails() {
        return end() != SimulatedJobState.DONE;
    }

    /** The job's fault for this request if one is due, which uses it up once. */
    public Optional<Fault> takeFault(FaultStage stage) {
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        List<Fault> before = faults.pending();
        Optional<Fault> due = faults.take(gateway(), stage);
        if (!faults.pending().equals(before)) {
            listener.changed(this);
        }
        return due;
    }

    /** Size of the video file in bytes. Blocks while the video is created, if necessary. */
    public long fileSize() {
        return video().join().size();
    }

    /** SHA-256 of the video file in lower-case hex. Blocks while the video is created, if necessary. */
    public String sha256() {
        return video().join().sha256();
    }

    /** How many downloads of the video have started. */
    public int downloads() {
        return downloads.get();
    }

    /** Counts a download. */
    public void downloading() {
        downloads.incrementAndGet();
        listener.changed(this);
    }

    /** The video file, once it is encoded. */
    public synchronized CompletableFuture<VideoFile> video() {
        if (video == null || video.isCompletedExceptionally()) {
            video = studio.apply(this);
        }
        return video;
    }

    /** Minimum size of the video file, in bytes. */
    public long minimumSize() {
        return minimumSize;
    }

    /** Which URL of the video is the current one; older ones have expired. */
    public int urlVersion() {
        return urlVersion.get();
    }

    /**
     * Lets the URL expire.
     *
     * @param fresh whether the next status query returns a new one, or the same expired one
     */
    public void expireUrl(boolean fresh) {
        if (fresh) {
            urlVersion.incrementAndGet();
        } else {
            urlRevoked = true;
        }
        listener.changed(this);
    }

    /** Whether a URL of the given version is still valid. */
    public boolean serves(int version) {
        return !urlRevoked && version == urlVersion.get() && Instant.now().isBefore(urlExpires());
    }

    /** Strong validator of the file, in quotes. */
    public String etag() {
        return "\"" + Integer.toHexString(id().hashCode()) + "-" + etagVersion.get() + "\"";
    }

    /** Changes the validator of the file. */
    public void changeEtag() {
        etagVersion.incrementAndGet();
        listener.changed(this);
    }

    /** Whether its video has to be put where the request says, now or later. A job is not done before. */
    public boolean awaitsUpload() {
        return extra(JobDraft.UPLOAD_URL).isPresent() && !marked(JobMark.UPLOADED) && !is(FaultKind.STUCK)
                && end() == SimulatedJobState.DONE;
    }

    private SimulatedJobState end() {
        if (marked(JobMark.UPLOAD_FAILED)) {
            return SimulatedJobState.FAILED;
        }
        if (outcome == null) {
            return SimulatedJobState.DONE;
        }
        return switch (outcome.kind()) {
            case JOB_FAILED -> SimulatedJobState.FAILED;
            case JOB_MODERATED -> SimulatedJobState.MODERATED;
            case JOB_CANCELLED -> gateway().equals("openrouter") ? SimulatedJobState.CANCELLED : SimulatedJobState.FAILED;
            case JOB_EXPIRED -> gateway().matches("xai|openrouter") ? SimulatedJobState.EXPIRED : SimulatedJobState.FAILED;
            default -> SimulatedJobState.DONE;
        };
    }
}
