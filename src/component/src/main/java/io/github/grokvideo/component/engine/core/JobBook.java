// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.JobUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store, and everyone who wants to know when a job in it changes. */
public final class JobBook {

    private static final Logger LOG = LoggerFactory.getLogger(JobBook.class);

    private final JobStore store;
    private final JobWaiters waits;
    private final JobTimer timer;
    private final StoreRetry retry;
    private final Duration orphanAfter;
    private final JobNotifier news = new JobNotifier();
    /** Changes the store has not taken yet. */
    private final InFlightCounter unstored = new InFlightCounter();
    private final List<VideoJobListener> listeners = new CopyOnWriteArrayList<>();

    public JobBook(JobStore store, JobWaiters waits, JobTimer timer, Executor work, Duration orphanAfter) {
        this.store = store;
        this.waits = waits;
        this.timer = timer;
        this.retry = new StoreRetry(timer, work);
        this.orphanAfter = orphanAfter;
    }

    /** Repeats what needs the store and must not be lost. */
    public StoreRetry retry() {
        return retry;
    }

    public JobStore store() {
        return store;
    }

    public Optional<VideoJob> find(String jobId) {
        return store.find(jobId);
    }

    /** @return the job that holds the id or the key: the given one if it was stored */
    public VideoJob insert(VideoJob job) {
        return news.write(job.id(), () -> store.insert(job),
                stored -> stored == job ? () -> tell(listener -> listener.onJob(null, job)) : null);
    }

    /** Stores a change, then notifies listeners and waits. @return the job before and after it; empty = there is no such job */
    public Optional<JobUpdate> change(String jobId, UnaryOperator<VideoJob> change) {
        return news.write(jobId, () -> store.update(jobId, job -> {
            VideoJob after = change.apply(job);
            return after == job ? job : DeliveryRules.offered(after, timer.now(), orphanAfter);
        }), update -> update.filter(JobUpdate::isApplied).<Runnable>map(one -> () -> changed(one.before(), one.after())).orElse(null));
    }

    /** As {@link #change}. @return the job as it is now; empty = there is no such job */
    public Optional<VideoJob> changed(String jobId, UnaryOperator<VideoJob> change) {
        return change(jobId, change).map(JobUpdate::after);
    }

    /**
     * Takes back jobs that nothing was ever sent for: their rows go, which nobody would ever look at. Whoever follows them is told that
     * they were rejected.
     *
     * @param  jobs as they are stored
     * @return      those of them that were as given, and are gone
     */
    public List<VideoJob> withdraw(List<VideoJob> jobs) {
        List<VideoJob> unsent = jobs.stream().filter(JobBook::isUnsent).toList();
        if (unsent.size() == 1) {
            VideoJob job = unsent.get(0);
            return news.write(job.id(), () -> store.removeAll(unsent),
                    gone -> gone.isEmpty() ? null : () -> changed(job, JobTransitions.withdrawn(job, timer.now())));
        }
        List<VideoJob> gone = store.removeAll(unsent);
        gone.forEach(job -> news.write(job.id(), () -> job, told -> () -> changed(job, JobTransitions.withdrawn(job, timer.now()))));
        return gone;
    }

    private static boolean isUnsent(VideoJob job) {
        return job.state() == JobState.NEW && job.submits() == 0;
    }

    /**
     * A change that must not be lost, since money was spent: tried for the life of the process, whatever the store throws.
     *
     * @param stored runs once it is stored, with the job as it is then; empty = there is none
     * @param what   the change in words, for the log should the store be away
     */
    public void changeSurely(String jobId, UnaryOperator<VideoJob> change, Consumer<Optional<VideoJob>> stored, String what) {
        surely(jobId, () -> changed(jobId, change), stored, what);
    }

    /**
     * Stores a job that stands for a task which was paid for: tried for the life of the process, whatever the store throws.
     *
     * @param stored runs once it is stored, with the job that stands for the task: another one where there was one already
     */
    public void insertSurely(VideoJob job, Consumer<VideoJob> stored, String what) {
        surely(job.id(), () -> Optional.of(store.findByTask(job.account(), job.taskId()).orElseGet(() -> insert(job))),
                known -> known.ifPresent(stored), what);
    }

    private void surely(
            String jobId, Supplier<Optional<VideoJob>> write, Consumer<Optional<VideoJob>> stored, String what) {
        Optional<VideoJob> after;
        try {
            after = write.get();
        } catch (RuntimeException away) {
            LOG.error("Job {} is {}, and the store is away: that is kept in memory until the store answers: {}",
                    jobId, what, away.toString());
            unstored.begin();
            retry.again("Job " + jobId + " is " + what, write, late -> {
                try {
                    // An earlier attempt may have stored it without an answer: then nothing changed now, and no waiter was notified.
                    late.ifPresent(waits::changed);
                    stored(jobId, late, stored, what);
                } finally {
                    unstored.end();
                }
            });
            return;
        }
        stored(jobId, after, stored, what);
    }

    private static void stored(String jobId, Optional<VideoJob> after, Consumer<Optional<VideoJob>> stored, String what) {
        if (after.isEmpty()) {
            LOG.error("Job {} is {}, and its row is gone from the store", jobId, what);
        }
        stored.accept(after);
    }

    /** Waits until the store has taken what could not be stored yet. Blocks. @return false = the time ran out */
    public boolean awaitStored(Duration timeout) {
        return unstored.awaitNone(timeout);
    }

    public void addListener(VideoJobListener listener) {
        listeners.add(listener);
    }

    public void removeListener(VideoJobListener listener) {
        listeners.remove(listener);
    }

    /** Tells a call that has ended. Throws nothing: the call's own outcome would be lost. */
    void called(GatewayCall call) {
        tell(listener -> listener.onCall(call));
    }

    private void changed(VideoJob before, VideoJob after) {
        tell(listener -> listener.onJob(before, after));
        waits.changed(after);
    }

    private void tell(Consumer<VideoJobListener> news) {
        for (VideoJobListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | Error e) {
                // Those who wait are told all the same.
                LOG.warn("A job listener failed: {}", e.toString());
            }
        }
    }
}
