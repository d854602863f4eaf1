// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job store together with the listeners and waiters of its changes. */
public final class JobBook {

    private static final Logger LOG = LoggerFactory.getLogger(JobBook.class);

    private final JobStore store;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final StoreRetry retry;
    private final Duration orphanAfter;
    private final Budgets budgets;
    private final JobNotifier notifier = new JobNotifier();
    /** Changes that are not stored yet. */
    private final InFlightCounter unstored = new InFlightCounter();
    private final List<VideoJobListener> listeners = new CopyOnWriteArrayList<>();

    public JobBook(JobStore store, JobWaiters waiters, JobTimer timer, Executor work, EngineSettings settings) {
        this.store = store;
        this.waiters = waiters;
        this.timer = timer;
        this.retry = new StoreRetry(timer, work);
        this.orphanAfter = settings.orphanAfter();
        this.budgets = settings.spending().budgets();
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

    /** @return the job that holds the id or key; the same instance as {@code job} if it was stored */
    public VideoJob insert(VideoJob job) {
        return notifier.write(job.id(), () -> store.insert(job),
                stored -> stored == job ? () -> notifyListeners(listener -> listener.onJob(null, job)) : null);
    }

    /**
     * Stores a change, then notifies listeners and waiters.
     *
     * @return the job before and after the change; empty = there is no such job
     * @throws io.github.grokvideo.component.store.spend.BudgetFullException if it begins a submit and a budget has no room for it
     */
    public Optional<JobUpdate> change(String jobId, UnaryOperator<VideoJob> change) {
        return notifier.write(jobId, () -> store.update(jobId, completed(change), budgets),
                update -> update.filter(JobUpdate::isApplied).<Runnable>map(one -> () -> changed(one.before(), one.after())).orElse(null));
    }

    /** Whatever changes a job, the change includes what follows from it: to whom it is offered and what it costs. */
    private UnaryOperator<VideoJob> completed(UnaryOperator<VideoJob> change) {
        return job -> {
            VideoJob after = change.apply(job);
            return after == job ? job : JobCharges.charged(job, DeliveryRules.offered(after, timer.now(), orphanAfter), timer.now());
        };
    }

    /**
     * Stores changes of several jobs at once, then notifies listeners and waiters. Jobs that others change meanwhile may be left as they
     * are.
     *
     * @return the changes that were stored
     */
    public List<JobUpdate> changeAll(Collection<String> jobIds, UnaryOperator<VideoJob> change) {
        return notifier.writeAll(jobIds, () -> store.updateAll(jobIds, completed(change), budgets), update -> update.after().id(),
                update -> () -> changed(update.before(), update.after()));
    }

    /**
     * As {@link #change}.
     *
     * @return the job after the change; empty = there is no such job
     */
    public Optional<VideoJob> changed(String jobId, UnaryOperator<VideoJob> change) {
        return change(jobId, change).map(JobUpdate::after);
    }

    /**
     * To be called before a job is forgotten: what is still reserved for it would otherwise stay reserved for ever.
     *
     * @return the job as stored
     */
    public VideoJob settled(VideoJob job) {
        return JobCharges.settledUnknown(job, timer.now()) == job ? job
                : changed(job.id(), stored -> JobCharges.settledUnknown(stored, timer.now())).orElse(job);
    }

    /**
     * Withdraws jobs that were never sent: their rows are removed, and listeners and waiters are notified that they were rejected.
     *
     * @param  jobs the jobs as stored
     * @return      those of them that were unchanged and have been removed
     */
    public List<VideoJob> withdraw(List<VideoJob> jobs) {
        List<VideoJob> unsent = jobs.stream().filter(JobBook::isUnsent).toList();
        if (unsent.size() == 1) {
            VideoJob job = unsent.get(0);
            return notifier.write(job.id(), () -> store.removeAll(unsent),
                    gone -> gone.isEmpty() ? null : () -> changed(job, JobTransitions.withdrawn(job, timer.now())));
        }
        List<VideoJob> gone = store.removeAll(unsent);
        gone.forEach(job -> notifier.write(
                job.id(), () -> job, notified -> () -> changed(job, JobTransitions.withdrawn(job, timer.now()))));
        return gone;
    }

    private static boolean isUnsent(VideoJob job) {
        return job.state() == JobState.NEW && job.submits() == 0;
    }

    /**
     * A change that must not be lost since it cost money: retried for the life of the process, whatever the store throws.
     *
     * @param stored runs once the change is stored, with the job after it; empty = the job is gone
     * @param what   the change in words, for the log
     */
    public void changeReliably(String jobId, UnaryOperator<VideoJob> change, Consumer<Optional<VideoJob>> stored, String what) {
        surely(jobId, () -> changed(jobId, change), stored, what);
    }

    /**
     * Stores a job for a task that was paid for: retried for the life of the process, whatever the store throws.
     *
     * @param stored runs once it is stored, with the job for the task, which may be one that existed already
     */
    public void insertReliably(VideoJob job, Consumer<VideoJob> stored, String what) {
        surely(job.id(), () -> Optional.of(store.findByTask(job.account(), job.taskId()).orElseGet(() -> insert(job))),
                known -> known.ifPresent(stored), what);
    }

    private void surely(
            String jobId, Supplier<Optional<VideoJob>> write, Consumer<Optional<VideoJob>> stored, String what) {
        Optional<VideoJob> after;
        try {
            after = write.get();
        } catch (RuntimeException away) {
            LOG.error("Job {} is {}, but the store does not answer: the change is kept in memory until it does: {}",
                    jobId, what, away.toString());
            unstored.begin();
            retry.again("Job " + jobId + " is " + what, write, late -> {
                try {
                    // An earlier attempt may have stored it without an answer: then nothing changed now, and no waiter was notified.
                    late.ifPresent(waiters::changed);
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
            LOG.error("Job {} is {}, but its row is gone from the store", jobId, what);
        }
        stored.accept(after);
    }

    /**
     * Blocks until all pending changes are stored.
     *
     * @return false = timed out
     */
    public boolean awaitStored(Duration timeout) {
        return unstored.awaitNone(timeout);
    }

    public void addListener(VideoJobListener listener) {
        listeners.add(listener);
    }

    public void removeListener(VideoJobListener listener) {
        listeners.remove(listener);
    }

    /** Notifies listeners of a finished call. Throws nothing, since that would lose the call's result. */
    void called(GatewayCall call) {
        notifyListeners(listener -> listener.onCall(call));
    }

    /** Notifies listeners of a webhook notice. Throws nothing. */
    public void noticed(VideoAccount account, WebhookResult result) {
        notifyListeners(listener -> listener.onNotice(account, result));
    }

    /** Notifies listeners of the use of the budgets. Throws nothing. */
    public void budgetsRead(List<BudgetUse> uses) {
        notifyListeners(listener -> listener.onBudgets(uses));
    }

    /** Notifies listeners that a budget is nearly used up, or is. Throws nothing. */
    public void budgetUsed(BudgetUse use, int percent) {
        notifyListeners(listener -> listener.onBudgetUsed(use, percent));
    }

    private void changed(VideoJob before, VideoJob after) {
        notifyListeners(listener -> listener.onJob(before, after));
        waiters.changed(after);
    }

    private void notifyListeners(Consumer<VideoJobListener> notifier) {
        for (VideoJobListener listener : listeners) {
            try {
                notifier.accept(listener);
            } catch (RuntimeException | Error e) {
                // A failing listener must not keep the waiters from being notified.
                LOG.warn("A job listener failed: {}", e.toString());
            }
        }
    }
}
