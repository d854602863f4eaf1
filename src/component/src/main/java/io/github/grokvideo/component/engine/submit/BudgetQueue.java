// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submissions that wait for room in a budget, without a thread. Those of one budget go in the order in which they came: the first tries
 * again when a job here frees something, when the budget renews, and every few seconds, since other nodes free something too. Each one
 * that gets through wakes the next. Thread-safe.
 */
final class BudgetQueue {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetQueue.class);
    /** One transaction that is rolled back, for each full budget: next to nothing, and nobody notices so short a wait for money. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private record Waiting(Submission submission, Runnable start) {
    }

    private static final class Line {
        private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
        private JobTimer.Cancellable alarm;
        /** The first one, while it tries again; null = nobody does. */
        private Submission trying;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();
    /** By budget, the end of the period that was warned about. */
    private final Map<String, Instant> warned = new HashMap<>();
    private final Budgets budgets;
    private final JobTimer timer;
    private long arrivals;

    BudgetQueue(Budgets budgets, JobTimer timer) {
        this.budgets = budgets;
        this.timer = timer;
    }

    /**
     * Whether others were there first.
     *
     * @return the budget they wait for; empty = the submission may try
     */
    Optional<String> ahead(Submission submission, VideoJob job) {
        if (submission.budgetTurn != 0 || budgets.all().isEmpty()) {
            return Optional.empty();
        }
        lock.lock();
        try {
            return budgets.windows(job.account(), job.tag(), timer.now()).stream().map(BudgetWindow::name).filter(lines::containsKey)
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** @param use the budget that has no room */
    void waitFor(BudgetUse use, Submission submission, Runnable start) {
        Instant renewal = use.window().until();
        warn(use);
        Duration pause = renewal == null ? AGAIN : shorter(AGAIN, Duration.between(timer.now(), renewal));
        waitFor(use.window().name(), submission, start, pause);
    }

    /** @param budget one that others wait for */
    void waitFor(String budget, Submission submission, Runnable start) {
        waitFor(budget, submission, start, AGAIN);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other.isNegative() ? Duration.ZERO : other;
    }

    private void waitFor(String budget, Submission submission, Runnable start, Duration pause) {
        String before = submission.budget;
        if (before != null && !before.equals(budget)) {
            // There was room in that one: its next can try.
            passed(submission);
        }
        lock.lock();
        try {
            if (submission.budgetTurn == 0) {
                submission.budgetTurn = ++arrivals;
            }
            submission.budget = budget;
            Line line = lines.computeIfAbsent(budget, name -> new Line());
            line.waiting.put(submission.budgetTurn, new Waiting(submission, start));
            line.trying = line.trying == submission ? null : line.trying;
            alarm(budget, line, pause);
        } finally {
            lock.unlock();
        }
    }

    /** To be called with the lock held. */
    private void alarm(String budget, Line line, Duration pause) {
        if (line.alarm == null) {
            line.alarm = timer.schedule(pause, () -> onTime(budget, line));
        }
    }

    private void warn(BudgetUse use) {
        Instant until = use.window().until() == null ? Instant.MAX : use.window().until();
        lock.lock();
        try {
            if (until.equals(warned.put(use.window().name(), until))) {
                return;
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("The budget {} is full: jobs wait until it has room{}", use.window().name(),
                use.window().until() == null ? ". It does not renew: raise it, or cancel them" : ", or renews at " + use.window().until());
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

    /** The first one tries again, and nobody else meanwhile; if it is refused again, it is the first again. */
    private void wake(String budget) {
        Waiting first;
        lock.lock();
        try {
            Line line = lines.get(budget);
            if (line == null) {
                return;
            }
            if (line.trying != null) {
                alarm(budget, line, AGAIN);
                return;
            }
            Map.Entry<Long, Waiting> entry = line.waiting.pollFirstEntry();
            if (entry == null) {
                lines.remove(budget);
                if (line.alarm != null) {
                    line.alarm.cancel();
                }
                return;
            }
            first = entry.getValue();
            line.trying = first.submission;
            alarm(budget, line, AGAIN);
        } finally {
            lock.unlock();
        }
        first.start.run();
    }

    /** It was sent, or will not be sent any more: the next one can try. */
    void passed(Submission submission) {
        String budget = submission.budget;
        if (budget == null) {
            return;
        }
        lock.lock();
        try {
            submission.budget = null;
            Line line = lines.get(budget);
            if (line != null && line.trying == submission) {
                line.trying = null;
            }
        } finally {
            lock.unlock();
        }
        wake(budget);
    }

    /** It is withdrawn. */
    void leave(Submission submission) {
        lock.lock();
        try {
            Line line = submission.budget == null ? null : lines.get(submission.budget);
            if (line != null) {
                line.waiting.remove(submission.budgetTurn);
            }
        } finally {
            lock.unlock();
        }
        passed(submission);
    }

    /** A job has changed: it may have freed something. */
    void changed(VideoJob before, VideoJob after) {
        if (budgets.all().isEmpty() || before == null || before.details().charge() == null
                || after.details().charge().total().compareTo(before.details().charge().total()) >= 0) {
            return;
        }
        names(after).forEach(this::wake);
    }

    private List<String> names(VideoJob job) {
        lock.lock();
        try {
            return budgets.windows(job).stream().map(BudgetWindow::name)
                    .filter(name -> lines.containsKey(name) && !lines.get(name).waiting.isEmpty()).toList();
        } finally {
            lock.unlock();
        }
    }
}
