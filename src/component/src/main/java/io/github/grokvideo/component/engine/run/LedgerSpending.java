// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import io.github.grokvideo.component.engine.EngineSpending;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.Spending;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.TimesSum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the use of the budgets every few seconds, and warns once in each period when one is nearly used up and when it is. */
final class LedgerSpending implements EngineSpending {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSpending.class);
    /** Often enough for a person who watches, and a handful of small queries. */
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private record Warned(BudgetWindow window, boolean full) {
    }

    private final JobBook book;
    private final SpendLedger ledger;
    private final Spending spending;
    private final EngineCalls calls;
    private final JobTimer timer;
    private final Executor work;
    private final Set<Warned> warned = ConcurrentHashMap.newKeySet();
    private volatile List<BudgetUse> current = List.of();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean away;
    private boolean stopped;
    private JobTimer.Cancellable next = () -> { };

    /** @throws IllegalArgumentException if there are budgets and the store keeps no ledger */
    LedgerSpending(JobBook book, Spending spending, EngineCalls calls, JobTimer timer, Executor work) {
        this.book = book;
        JobStore store = book.store();
        this.ledger = store.ledger().orElse(null);
        this.spending = spending;
        this.calls = calls;
        this.timer = timer;
        this.work = work;
        if (ledger == null && !spending.budgets().counted().isEmpty()) {
            throw new IllegalArgumentException("The job store " + store.getClass().getName() + " keeps no ledger (JobStore.ledger), so"
                    + " there can be no budgets: " + spending.budgets().counted().stream().map(Budget::name).toList());
        }
    }

    /** @throws IllegalArgumentException if the account has a budget that was not known when the engine started: it would not hold */
    void requireKnown(VideoAccount account) {
        if (!spending.budgets().all().containsAll(account.costs().budgets())) {
            throw new IllegalArgumentException("The budget of account " + account.name() + " was not known when the engine started:"
                    + " bind the account to the registry before the routes start, or configure it as accounts[" + account.name() + "]");
        }
    }

    /** Reads and writes the store. */
    void start() {
        if (!spending.budgets().counted().isEmpty()) {
            // Engines that did not have these budgets may have written to the ledger.
            ledger.recount(spending.budgets(), timer.now());
            work.execute(this::round);
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            next.cancel();
        } finally {
            lock.unlock();
        }
    }

    private void round() {
        try {
            read();
            away = false;
        } catch (RuntimeException failure) {
            if (away) {
                LOG.debug("The budgets still cannot be read", failure);
            } else {
                LOG.warn("The budgets cannot be read, so what is shown of them is old: {}. They are read again every {} s",
                        failure.getMessage(), ROUND.toSeconds());
            }
            away = true;
        } finally {
            schedule();
        }
    }

    private void schedule() {
        lock.lock();
        try {
            if (!stopped) {
                next = timer.schedule(ROUND, () -> work.execute(this::round));
            }
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        List<BudgetUse> uses = ledger.current(spending.budgets(), timer.now());
        current = uses;
        book.budgetsRead(uses);
        for (BudgetUse use : uses) {
            BigDecimal percent = use.total().multiply(HUNDRED).divide(use.limit(), 0, RoundingMode.FLOOR);
            boolean full = percent.compareTo(HUNDRED) >= 0;
            if (percent.compareTo(BigDecimal.valueOf(spending.warnAt())) >= 0 && warned.add(new Warned(use.window(), full))) {
                LOG.warn("{} % of the budget {} are used: {} of {} {}, {} of it reserved for jobs that are not over", percent,
                        use.window().name(), Cost.text(use.total()), Cost.text(use.limit()), use.window().budget().limit().unit(),
                        Cost.text(use.reserved()));
                book.budgetUsed(use, percent.intValue());
            }
        }
        Set<BudgetWindow> windows = new HashSet<>(uses.stream().map(BudgetUse::window).toList());
        warned.removeIf(one -> !windows.contains(one.window));
    }

    /** @return by how much the windows are used now; empty = no ledger */
    List<BudgetUse> uses(List<BudgetWindow> windows) {
        return ledger == null || windows.isEmpty() ? List.of() : ledger.uses(windows);
    }

    @Override
    public List<BudgetUse> uses(String account, String tag) {
        return uses(spending.budgets().windows(account, tag, timer.now()));
    }

    @Override
    public CompletableFuture<List<SpendSum>> sums(SpendQuery query) {
        return asked(kept -> kept.sums(query));
    }

    @Override
    public CompletableFuture<List<TimesSum>> times(SpendQuery query) {
        return asked(kept -> kept.times(query));
    }

    private <T> CompletableFuture<T> asked(Function<SpendLedger, T> question) {
        if (ledger == null) {
            return CompletableFuture.failedFuture(JobError.of(ErrorType.UNSUPPORTED, "The job store keeps no ledger (JobStore.ledger)",
                    Charged.NO).toException(null, null));
        }
        return calls.begin(() -> CompletableFuture.completedFuture(question.apply(ledger)));
    }

    @Override
    public ZoneId zone() {
        return spending.budgets().zone();
    }

    @Override
    public List<BudgetUse> budgets() {
        return current;
    }

    @Override
    public List<BudgetUse> changeLimit(String budget, BigDecimal limit) {
        Budgets budgets = spending.budgets();
        Budget known = budgets.named(budget).orElseThrow(() -> new IllegalArgumentException("There is no budget '" + budget
                + "'; there are " + budgets.counted().stream().map(Budget::name).toList()));
        BigDecimal amount = limit == null ? null : limit.setScale(JobCharge.SCALE, RoundingMode.HALF_UP);
        if (amount != null && amount.signum() <= 0) {
            throw new IllegalArgumentException("The limit of a budget must be more than 0: " + limit);
        }
        ledger.changeLimit(known, amount);
        LOG.info("The limit of the budget {} is now {}", budget, limit == null ? "as configured" : Cost.text(limit));
        read();
        return current;
    }
}
