package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;

/** The store, and everyone who wants to know when a job in it changes. */
final class JobBook {

    private static final Logger LOG = LoggerFactory.getLogger(JobBook.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final JobStore store;
    private final Waits waits;
    private final JobTimer timer;
    private final Executor work;
    private final List<VideoJobListener> listeners = new CopyOnWriteArrayList<>();

    JobBook(JobStore store, Waits waits, JobTimer timer, Executor work) {
        this.store = store;
        this.waits = waits;
        this.timer = timer;
        this.work = work;
    }

    JobStore store() {
        return store;
    }

    Optional<VideoJob> find(String jobId) {
        return store.find(jobId);
    }

    /** @return the job that holds the id or the key: the given one if it was stored */
    VideoJob insert(VideoJob job) {
        VideoJob stored = store.insert(job);
        if (stored == job) {
            tell(null, job);
        }
        return stored;
    }

    /** Stores a change, then tells listeners and waits. @return the job as it is now; empty = there is none */
    Optional<VideoJob> change(String jobId, UnaryOperator<VideoJob> change) {
        VideoJob[] before = new VideoJob[1];
        Optional<VideoJob> after = store.update(jobId, job -> {
            before[0] = job;
            return change.apply(job);
        });
        after.filter(job -> job != before[0]).ifPresent(job -> {
            tell(before[0], job);
            waits.changed(job);
        });
        return after;
    }

    /**
     * A change that must not be lost, since money was spent: tried for the life of the process.
     *
     * @param stored runs once it is stored
     * @param what   the change in words, for the log should the store be away
     */
    void changeSurely(String jobId, UnaryOperator<VideoJob> change, Consumer<VideoJob> stored, String what) {
        Optional<VideoJob> after;
        try {
            after = change(jobId, change);
        } catch (StoreUnavailableException away) {
            LOG.error("Job {} is {}, and the store is away: that is kept in memory until the store answers: {}",
                    jobId, what, away.getMessage());
            timer.schedule(STORE_RETRY, () -> work.execute(() -> changeSurely(jobId, change, stored, what)));
            return;
        }
        after.ifPresent(stored);
    }

    /** Ends a job that was not sent because the store was away, as soon as the store answers: its change may have been stored. */
    void rejectUnsent(String jobId, StoreUnavailableException away) {
        UnaryOperator<VideoJob> rejection = ending(JobState.REJECTED, changes -> changes.jobKey(null).error(away.getError()));
        changeSurely(jobId, job -> job.state() == JobState.NEW || job.state() == JobState.SUBMITTING ? rejection.apply(job) : job,
                job -> { }, "not sent");
    }

    /** @return the change into an ended state; nothing for a job that has ended already */
    UnaryOperator<VideoJob> ending(JobState state, Consumer<VideoJob.Changes> fields) {
        return job -> job.state().isEnded() ? job
                : job.with(changes -> fields.accept(changes.state(state).endedAt(timer.now())));
    }

    void addListener(VideoJobListener listener) {
        listeners.add(listener);
    }

    void removeListener(VideoJobListener listener) {
        listeners.remove(listener);
    }

    private void tell(VideoJob before, VideoJob after) {
        for (VideoJobListener listener : listeners) {
            try {
                listener.onJob(before, after);
            } catch (RuntimeException e) {
                LOG.warn("A job listener failed: {}", e.toString());
            }
        }
    }
}
