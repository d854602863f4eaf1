// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.LedgerEntry;
import io.github.grokvideo.component.store.spend.SpendLedger;

/** Keeps jobs in memory, for the life of this JVM. */
public final class MemoryJobStore implements JobStore {

    /** A jobKey or task id within an account. */
    private record Name(String account, String value) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, VideoJob> jobs = new HashMap<>();
    private final Map<Name, String> keys = new HashMap<>();
    private final Map<Name, String> tasks = new HashMap<>();
    private final MemoryLedger ledger = new MemoryLedger();
    private long changes;

    @Override
    public VideoJob insert(VideoJob job) {
        lock.lock();
        try {
            VideoJob sameId = jobs.get(job.id());
            if (sameId != null) {
                return sameId;
            }
            if (job.jobKey() != null) {
                String holder = keys.get(new Name(job.account(), job.jobKey()));
                if (holder != null) {
                    return jobs.get(holder);
                }
            }
            put(job);
            return job;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        lock.lock();
        try {
            return Optional.ofNullable(jobs.get(jobId));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<VideoJob> findByKey(String account, String jobKey) {
        return findBy(keys, account, jobKey);
    }

    @Override
    public Optional<VideoJob> findByTask(String account, String taskId) {
        return findBy(tasks, account, taskId);
    }

    private Optional<VideoJob> findBy(Map<Name, String> index, String account, String value) {
        lock.lock();
        try {
            return Optional.ofNullable(index.get(new Name(account, value))).map(jobs::get);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change) {
        return update(jobId, change, Budgets.NONE);
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change, Budgets budgets) {
        lock.lock();
        try {
            VideoJob before = jobs.get(jobId);
            if (before == null) {
                return Optional.empty();
            }
            VideoJob after = change.apply(before);
            if (after != before) {
                List<LedgerEntry> entries = LedgerEntry.between(before, after);
                if (!entries.isEmpty()) {
                    ledger.write(after, entries, budgets);
                }
                forget(before);
                put(after);
            }
            return Optional.of(new JobUpdate(before, after));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<VideoJob> list(Predicate<VideoJob> filter, int limit) {
        List<VideoJob> all;
        lock.lock();
        try {
            all = new ArrayList<>(jobs.values());
        } finally {
            lock.unlock();
        }
        all.removeIf(filter.negate());
        all.sort(Comparator.comparing(VideoJob::createdAt).thenComparing(VideoJob::id));
        return Collections.unmodifiableList(all.subList(0, Math.min(limit, all.size())));
    }

    @Override
    public int countOpen(String account) {
        lock.lock();
        try {
            return (int) jobs.values().stream().filter(job -> job.state().isAtGateway() && job.account().equals(account)).count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean remove(VideoJob job) {
        lock.lock();
        try {
            if (jobs.get(job.id()) != job) {
                return false;
            }
            forget(job);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<SpendLedger> ledger() {
        return Optional.of(ledger);
    }

    @Override
    public Optional<String> changeMark() {
        lock.lock();
        try {
            return Optional.of(Long.toString(changes));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    private void put(VideoJob job) {
        changes++;
        jobs.put(job.id(), job);
        if (job.jobKey() != null) {
            keys.putIfAbsent(new Name(job.account(), job.jobKey()), job.id());
        }
        if (job.taskId() != null) {
            tasks.putIfAbsent(new Name(job.account(), job.taskId()), job.id());
        }
    }

    private void forget(VideoJob job) {
        changes++;
        jobs.remove(job.id());
        if (job.jobKey() != null) {
            keys.remove(new Name(job.account(), job.jobKey()), job.id());
        }
        if (job.taskId() != null) {
            tasks.remove(new Name(job.account(), job.taskId()), job.id());
        }
    }
}
