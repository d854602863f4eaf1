// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetFullException;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.LedgerEntry;
import io.github.grokvideo.component.store.spend.SpendLedger;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendQuery.By;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.SpendSums;
import io.github.grokvideo.component.store.spend.TimesGroups;
import io.github.grokvideo.component.store.spend.TimesSum;
import io.github.grokvideo.component.store.spend.VideoTimes;

/**
 * What jobs have cost since the start of the JVM, summed up by quarters of an hour: single rows would fill the memory. Every zone's days
 * begin with such a quarter. Thread-safe.
 */
final class MemoryLedger implements SpendLedger {

    private static final long QUARTER = 900;
    /** Videos whose times are kept, for medians: the latest. */
    private static final int MAX_TIMED = 10_000;
    private static final SpendSum NOTHING = new SpendSum(
            Map.of(), null, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** What is summed up in one place. */
    private record Part(long quarter, String account, String tag, String provider, String model, String unit) {

        private static Part of(LedgerEntry entry) {
            VideoJob job = entry.job();
            return new Part(entry.countedAt().getEpochSecond() / QUARTER, job.account(), job.tag(), job.provider(), job.model(),
                    entry.unit());
        }

        private Instant at() {
            return Instant.ofEpochSecond(quarter * QUARTER);
        }

        private Map<By, String> values() {
            Map<By, String> values = new HashMap<>();
            values.put(By.ACCOUNT, account);
            values.put(By.TAG, tag);
            values.put(By.PROVIDER, provider);
            values.put(By.MODEL, model);
            return values;
        }

        private boolean countsIn(BudgetWindow window) {
            Budget budget = window.budget();
            boolean mine = switch (budget.scope()) {
                case STORE -> true;
                case ACCOUNT -> budget.of().equals(account);
                case TAG -> budget.of().equals(tag);
            };
            return mine && budget.limit().unit().equals(unit) && !at().isBefore(window.from())
                    && (window.until() == null || at().isBefore(window.until()));
        }
    }

    /** A video that came. */
    private record Timed(Instant at, Map<By, String> values, VideoTimes times) {

        private static Timed of(LedgerEntry entry) {
            return new Timed(entry.countedAt(), Part.of(entry).values(), entry.times());
        }
    }

    private record Counter(String budget, String unit, Instant from, Instant until) {

        private static Counter of(BudgetWindow window) {
            return new Counter(window.name(), window.budget().limit().unit(), window.from(), window.until());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Part, SpendSum> parts = new HashMap<>();
    /** The use of budgets, so that a submit need not add up all parts. */
    private final Map<Counter, SpendSum> counters = new HashMap<>();
    private final Map<String, BigDecimal> limits = new TreeMap<>();
    /** The last videos that came. */
    private final Deque<Timed> timed = new ArrayDeque<>();

    /** @throws BudgetFullException if a budget has no room; nothing is written */
    void write(VideoJob job, List<LedgerEntry> entries, Budgets budgets) {
        lock.lock();
        try {
            List<BudgetWindow> windows = budgets.windows(job);
            entries.forEach(entry -> requireRoom(job, entry, windows));
            for (LedgerEntry entry : entries) {
                if (entry.times() == null) {
                    add(entry, windows);
                } else {
                    addTimes(entry);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireRoom(VideoJob job, LedgerEntry entry, List<BudgetWindow> windows) {
        for (BudgetWindow window : windows) {
            BudgetUse use = use(window);
            if (entry.takes() && counts(entry, window) && use.left().compareTo(entry.total()) < 0) {
                throw new BudgetFullException(job, use, entry.total());
            }
        }
    }

    private static boolean counts(LedgerEntry entry, BudgetWindow window) {
        return window.budget().limit().unit().equals(entry.unit());
    }

    private void add(LedgerEntry entry, List<BudgetWindow> windows) {
        SpendSum sum = new SpendSum(Map.of(), entry.unit(), entry.jobs(), entry.reserved(), entry.estimated(), entry.reported(),
                entry.reportedEstimate());
        for (BudgetWindow window : windows) {
            if (counts(entry, window)) {
                counters.put(Counter.of(window), counted(window).plus(sum));
            }
        }
        parts.merge(Part.of(entry), sum, SpendSum::plus);
    }

    private void addTimes(LedgerEntry entry) {
        timed.addLast(Timed.of(entry));
        if (timed.size() > MAX_TIMED) {
            timed.removeFirst();
        }
    }

    private SpendSum counted(BudgetWindow window) {
        SpendSum known = counters.get(Counter.of(window));
        return known == null ? spent(window) : known;
    }

    private SpendSum spent(BudgetWindow window) {
        return parts.entrySet().stream().filter(part -> part.getKey().countsIn(window)).map(Map.Entry::getValue)
                .reduce(NOTHING, SpendSum::plus);
    }

    /** @return names of the budgets that are counted in periods that are not over */
    private Set<String> used(Instant now) {
        return counters.keySet().stream().filter(counter -> counter.until() == null || counter.until().isAfter(now))
                .map(Counter::budget).collect(Collectors.toSet());
    }

    private BudgetUse use(BudgetWindow window) {
        SpendSum sum = counted(window);
        return new BudgetUse(window, limits.getOrDefault(window.budget().key(), window.budget().limit().amount()), sum.reserved(),
                sum.estimated(), sum.reported());
    }

    @Override
    public List<SpendSum> sums(SpendQuery query) {
        SpendSums sums = new SpendSums(query);
        lock.lock();
        try {
            parts.forEach((part, sum) -> {
                if (!part.at().isBefore(query.from()) && part.at().isBefore(query.until())) {
                    sums.add(part.values(), part.at(), sum);
                }
            });
        } finally {
            lock.unlock();
        }
        return sums.list();
    }

    @Override
    public List<TimesSum> times(SpendQuery query) {
        TimesGroups groups = new TimesGroups(query);
        lock.lock();
        try {
            timed.stream().filter(video -> !video.at().isBefore(query.from()) && video.at().isBefore(query.until()))
                    .forEach(video -> groups.add(video.values(), video.times()));
        } finally {
            lock.unlock();
        }
        return groups.list();
    }

    @Override
    public List<BudgetUse> uses(List<BudgetWindow> windows) {
        lock.lock();
        try {
            return windows.stream().map(this::use).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<BudgetUse> current(Budgets budgets, Instant now) {
        lock.lock();
        try {
            return budgets.current(used(now), now).stream().map(this::use).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changeLimit(Budget budget, BigDecimal limit) {
        lock.lock();
        try {
            if (limit == null) {
                limits.remove(budget.key());
            } else {
                limits.put(budget.key(), limit);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void recount(Budgets budgets, Instant now) {
        lock.lock();
        try {
            budgets.current(used(now), now).forEach(window -> counters.put(Counter.of(window), spent(window)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int purge(Instant before) {
        lock.lock();
        try {
            counters.keySet().removeIf(counter -> counter.until() != null && counter.until().isBefore(before));
            List<Part> old = parts.keySet().stream().filter(part -> part.quarter() != 0 && part.at().isBefore(before)).toList();
            timed.removeIf(video -> video.at().isBefore(before));
            old.forEach(part -> parts.merge(new Part(0, part.account(), part.tag(), part.provider(), null, part.unit()),
                    parts.remove(part), SpendSum::plus));
            return old.size();
        } finally {
            lock.unlock();
        }
    }
}
