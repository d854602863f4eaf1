// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.FairQueue;
import io.github.grokvideo.component.engine.limits.Turn;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submissions that wait for room in a budget, without a thread, by turns of their tags. The one whose turn it is tries again when a job
 * here frees something, when the budget renews, and every few seconds, since other nodes free something too. Each one that is sent wakes
 * the next. Thread-safe.
 */
final class BudgetQueue {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetQueue.class);
    /** One transaction that is rolled back, for each full budget: next to nothing, and nobody notices so short a wait for money. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private record Waiting(Submission submission, Runnable start) {
    }

    private static final class Line {
        private final FairQueue<Waiting> waiting;
        private JobTimer.Cancellable alarm;
        /** The one that tries again, which stays in the queue; null = nobody does. */
        private Submission trying;

        private Line(ToDoubleFunction<String> weights) {
            this.waiting = new FairQueue<>(weights);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();
    /** By budget, the end of the period that was warned about. */
    private final Map<String, Instant> warned = new HashMap<>();
    private final Budgets budgets;
    private final JobTimer timer;

    BudgetQueue(Budgets budgets, JobTimer timer) {
        this.budgets = budgets;
        this.timer = timer;
    }

    /**
     * Whether others wait already.
     *
     * @return the budget they wait for; empty = the submission may try
     */
    Optional<BudgetWindow> ahead(Submission submission) {
        List<BudgetWindow> windows = budgets.windows(submission.account().name(), submission.turn.tag(), timer.now());
        lock.lock();
        try {
            return submission.budget != null ? Optional.empty()
                    : windows.stream().filter(window -> lines.containsKey(window.name())).findFirst();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a submission, or lets it wait on if it has tried again without success.
     *
     * @param window the budget that has no room, or that others wait for
     * @param start  tries again
     */
    void waitFor(BudgetWindow window, Submission submission, Runnable start) {
        String budget = window.name();
        leaveOther(budget, submission);
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(budget, name -> new Line(weights(window, submission.limits)));
            if (submission.budget == null) {
                submission.budget = budget;
                line.waiting.add(submission.turn, new Waiting(submission, start));
            }
            line.trying = line.trying == submission ? null : line.trying;
            alarm(budget, line, pause(window));
        } finally {
            lock.unlock();
        }
        warn(window);
    }

    private Duration pause(BudgetWindow window) {
        if (window.until() == null) {
            return AGAIN;
        }
        Duration renewal = Duration.between(timer.now(), window.until());
        return renewal.isNegative() ? Duration.ZERO : renewal.compareTo(AGAIN) < 0 ? renewal : AGAIN;
    }

    /** There was room in the budget that it waited for before: the next one can try. */
    private void leaveOther(String budget, Submission submission) {
        lock.lock();
        try {
            if (submission.budget == null || submission.budget.equals(budget)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        left(submission);
    }

    /** The weights are those of the account whose budget it is; in a budget of several accounts, all tags have the same share. */
    private static ToDoubleFunction<String> weights(BudgetWindow window, AccountLimits limits) {
        return window.budget().scope() == Budget.Scope.ACCOUNT ? tag -> limits.account().tagWeight(tag) : tag -> 1;
    }

    /** To be called with the lock held. */
    private void alarm(String budget, Line line, Duration pause) {
        if (line.alarm == null) {
            line.alarm = timer.schedule(pause, () -> onTime(budget, line));
        }
    }

    private void warn(BudgetWindow window) {
        Instant until = window.until() == null ? Instant.MAX : window.until();
        lock.lock();
        try {
            warned.values().removeIf(end -> end.isBefore(timer.now()));
            if (until.equals(warned.put(window.name(), until))) {
                return;
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("The budget {} is full: jobs wait until it has room{}", window.name(),
                window.until() == null ? ". It does not renew: raise it, or cancel them" : ", or renews at " + window.until());
    }

    private void onTime(String budget, Line line) {
        lock.lock();
        try {
            if (lines.get(budget) != line) {
                return;
            }
            line.alarm = null;
        } finally {
            lock.unlock();
        }
        wake(budget);
    }

    /** The next one tries again, and nobody else meanwhile. */
    private void wake(String budget) {
        Waiting next;
        lock.lock();
        try {
            Line line = lines.get(budget);
            if (line == null) {
                return;
            }
            next = line.waiting.peek();
            if (next == null) {
                lines.remove(budget);
                if (line.alarm != null) {
                    line.alarm.cancel();
                }
                return;
            }
            alarm(budget, line, AGAIN);
            if (line.trying != null) {
                return;
            }
            line.trying = next.submission;
        } finally {
            lock.unlock();
        }
        next.start.run();
    }

    /** It was sent: the next one can try. If it did not wait, nothing happens. */
    void sent(Submission submission) {
        leave(submission, FairQueue::take);
    }

    /** It will not be sent any more, or waits for something else: the next one can try. If it did not wait, nothing happens. */
    void left(Submission submission) {
        leave(submission, FairQueue::remove);
    }

    private void leave(Submission submission, BiConsumer<FairQueue<Waiting>, Turn> removal) {
        String budget;
        lock.lock();
        try {
            budget = submission.budget;
            if (budget == null) {
                return;
            }
            submission.budget = null;
            Line line = lines.get(budget);
            removal.accept(line.waiting, submission.turn);
            line.trying = line.trying == submission ? null : line.trying;
        } finally {
            lock.unlock();
        }
        wake(budget);
    }

    /** Its priority has changed. If it does not wait, nothing happens. */
    void moved(Submission submission) {
        lock.lock();
        try {
            if (submission.budget != null) {
                lines.get(submission.budget).waiting.moved(submission.turn);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A job has changed: it may have freed something. */
    void changed(VideoJob before, VideoJob after) {
        if (before != null && before.details().charge() != null
                && after.details().charge().total().compareTo(before.details().charge().total()) < 0) {
            budgets.windows(after).forEach(window -> wake(window.name()));
        }
    }
}
