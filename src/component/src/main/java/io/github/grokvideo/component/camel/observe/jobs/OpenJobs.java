// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * The open jobs that this node processes, tracked by the changes it is notified of: a job of an earlier process is included from its first
 * change on. Thread-safe; changes of one job come in order.
 */
public final class OpenJobs {

    private static final int SOME = 100;

    private record Entry(VideoJob job, Instant lastPoll) {
    }

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    /** Whether other nodes may work on the same store. */
    private final boolean shared;

    public OpenJobs(boolean shared) {
        this.shared = shared;
    }

    /**
     * Records a change.
     *
     * @return the change, with the time this node last heard of the job from its gateway
     */
    public JobChange changed(VideoJob before, VideoJob after, Instant now) {
        Entry known = entries.get(after.id());
        JobChange change = new JobChange(before, after, now, known == null ? null : known.lastPoll);
        if (isSubmitting(after)) {
            entries.put(after.id(), new Entry(after, lastPoll(change)));
        } else {
            entries.remove(after.id());
        }
        return change;
    }

    private static Instant lastPoll(JobChange change) {
        boolean accepted = change.submitOutcome().filter(JobChange.SubmitOutcome.ACCEPTED::equals).isPresent();
        return change.isPoll() || accepted ? change.at() : change.lastPoll();
    }

    private boolean isSubmitting(VideoJob job) {
        JobState state = job.state();
        if (state.isEnded() || state == JobState.DOWNLOADED || state == JobState.RENDERED && job.urlOnly()) {
            return false;
        }
        // Jobs that the store schedules are polled by whichever node comes first.
        boolean waitsInStore = shared && job.delivery().state() != JobDelivery.State.ATTACHED
                && (state == JobState.ACCEPTED || state == JobState.RUNNING);
        return !waitsInStore;
    }

    public int size() {
        return entries.size();
    }

    /** Whether any job of a provider is waiting for its video. */
    public boolean isAnyWaiting(String provider) {
        return entries.values().stream().anyMatch(entry -> isAskedAbout(entry.job) && entry.job.provider().equals(provider));
    }

    /** @return ids of up to {@link #SOME} jobs that are being polled */
    public List<String> someWaiting() {
        return entries.values().stream().map(Entry::job).filter(OpenJobs::isAskedAbout).map(VideoJob::id).limit(SOME).toList();
    }

    private static boolean isAskedAbout(VideoJob job) {
        return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING;
    }

    public Optional<VideoJob> oldest() {
        return entries.values().stream().map(Entry::job).min(Comparator.comparing(VideoJob::createdAt));
    }

    /** The job no longer exists, or another node processes it. */
    public void forget(String jobId) {
        entries.remove(jobId);
    }

    /** @return how many there are by provider and state, with the same keys in the same order for each provider */
    public Map<String, Map<JobState, Integer>> count() {
        Map<String, Map<JobState, Integer>> counts = new TreeMap<>();
        for (Entry entry : entries.values()) {
            counts.computeIfAbsent(entry.job.provider(), provider -> new EnumMap<>(JobState.class))
                    .merge(entry.job.state(), 1, Integer::sum);
        }
        return counts;
    }

    public int count(String provider, JobState state) {
        return (int) entries.values().stream().filter(entry -> entry.job.state() == state && entry.job.provider().equals(provider)).count();
    }
}
