// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.LearntRows;
import io.github.grokvideo.component.store.StoreClock;
import io.github.grokvideo.component.store.StoreNodes;
import io.github.grokvideo.component.store.jdbc.due.DueRows;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;

/**
 * Jobs in a table of H2 or PostgreSQL. Each call is one statement or a compare-and-set on the row's revision, or a batch of these: no
 * transaction stays open, no row stays locked.
 */
public final class JdbcJobStore implements JobStore {

    private static final int MAX_TRIES = 1000;
    static final String SELECT = "SELECT " + JobRow.COLUMNS + " FROM grokvideo_job ";
    static final String OLDEST_FIRST = " ORDER BY created_at, id";

    private final DataSource dataSource;
    private final JobDatabase database;
    private final StoreCalls calls;
    private final JdbcLedger ledger;
    private final JdbcUpdates updates;
    private final JdbcRemoval removal;
    private final JdbcJobLists lists;
    private final StoreClock clock = StoreClock.ofThisProcess();

    private JdbcJobStore(DataSource dataSource, JobDatabase database) {
        this.dataSource = dataSource;
        this.database = database;
        this.calls = new StoreCalls(dataSource);
        JdbcBudgets budgets = new JdbcBudgets(calls);
        this.ledger = new JdbcLedger(calls, budgets);
        this.updates = new JdbcUpdates(calls, new JdbcCharges(calls, budgets));
        this.removal = new JdbcRemoval(calls);
        this.lists = new JdbcJobLists(calls);
    }

    /**
     * Opens the store; an H2 file is used by this process alone. The DataSource is not closed with the store.
     *
     * @param  createSchema whether the component creates and updates the tables
     * @throws IllegalStateException if the store cannot be used or is in use; the message says what to do
     * @throws io.github.grokvideo.component.error.StoreUnavailableException if the database does not answer
     */
    public static JdbcJobStore open(DataSource dataSource, boolean createSchema) {
        try {
            return prepared(dataSource, createSchema, JobDatabase.open(dataSource));
        } catch (SQLException away) {
            throw StoreCalls.failed(away);
        }
    }

    /**
     * Opens the store in an H2 database of its own, for this process alone. The database is closed with the store.
     *
     * @param  directory    created if it is missing
     * @param  createSchema as above
     * @throws IllegalStateException if libraries are missing, or the directory cannot be used or is in use; the message says what to do
     * @throws io.github.grokvideo.component.error.StoreUnavailableException if the database does not answer
     */
    public static JdbcJobStore open(Path directory, boolean createSchema) {
        OptionalJar.require("jobStore=file:" + directory, OptionalJar.H2, OptionalJar.DB_SCHEDULER);
        try {
            H2Directory database = H2Directory.open(directory);
            return prepared(database.dataSource(), createSchema, new JobDatabase(true, false, database, database.file()));
        } catch (SQLException away) {
            throw StoreCalls.failed(away);
        }
    }

    private static JdbcJobStore prepared(DataSource dataSource, boolean createSchema, JobDatabase database) {
        database.prepare(dataSource, createSchema);
        return new JdbcJobStore(dataSource, database);
    }

    /** Whether no other engine can use the store. */
    public boolean isExclusive() {
        return database.isExclusive();
    }

    /**
     * The engines on this store. Engines registered in an H2 file are marked as ended, since the file could be opened. Writes to the store.
     */
    public StoreNodes nodes() {
        JdbcStoreNodes nodes = new JdbcStoreNodes(calls, clock, database.lock()::maintain);
        if (database.isExclusive()) {
            nodes.othersHaveEnded();
        }
        return nodes;
    }

    /**
     * For an H2 file, steps that an earlier process was running are due again at once. Writes to the store.
     *
     * @param  node id of the engine that runs the steps
     * @throws IllegalStateException if db-scheduler is missing; the message says what to do
     */
    public DueJobs dueJobs(String node, DueJobThreads threads) {
        OptionalJar.require("A jobStore in a database", OptionalJar.DB_SCHEDULER);
        if (database.isExclusive()) {
            calls.call(DueRows::release);
        }
        return new DbSchedulerDueJobs(dataSource, calls, clock, node, database.skipsLocked(), threads);
    }

    @Override
    public VideoJob insert(VideoJob job) {
        JobRow row = JobRow.of(job);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (updates.insert(row)) {
                return job;
            }
            Optional<VideoJob> holder = find(job.id());
            if (holder.isEmpty() && job.jobKey() != null) {
                holder = findByKey(job.account(), job.jobKey());
            }
            if (holder.isPresent()) {
                return holder.get();
            }
            // The holder was removed in between: retry.
        }
        throw StoreCalls.busy(job.id());
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return lists.first("WHERE id = ?", jobId).map(JdbcUpdates.Stored::job);
    }

    @Override
    public Optional<VideoJob> findByKey(String account, String jobKey) {
        return lists.findBy("WHERE account = ? AND job_key = ?", account, jobKey);
    }

    @Override
    public Optional<VideoJob> findByTask(String account, String taskId) {
        return lists.findBy("WHERE account = ? AND task_id = ?" + OLDEST_FIRST + " LIMIT 1", account, taskId);
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change) {
        return update(jobId, change, Budgets.NONE);
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change, Budgets budgets) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Optional<JdbcUpdates.Stored> before = lists.first("WHERE id = ?", jobId);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            VideoJob after = change.apply(before.get().job());
            if (after == before.get().job() || updates.replace(before.get(), after, budgets)) {
                return Optional.of(new JobUpdate(before.get().job(), after));
            }
        }
        throw StoreCalls.busy(jobId);
    }

    @Override
    public List<JobUpdate> updateAll(Collection<String> jobIds, UnaryOperator<VideoJob> change, Budgets budgets) {
        return updates.updateAll(jobIds, change, budgets);
    }

    @Override
    public boolean remove(VideoJob job) {
        return !removal.remove(List.of(job)).isEmpty();
    }

    @Override
    public List<VideoJob> removeAll(List<VideoJob> jobs) {
        return removal.remove(jobs);
    }

    @Override
    public List<VideoJob> findAll(Collection<String> jobIds) {
        return lists.findAll(jobIds);
    }

    @Override
    public List<VideoJob> list(Predicate<VideoJob> filter, int limit) {
        return lists.list(filter, limit);
    }

    @Override
    public List<VideoJob> listOpen(String account, Instant createdBefore, int limit) {
        return lists.listOpen(account, createdBefore, limit);
    }

    @Override
    public int countOpen(String account) {
        return lists.countOpen(account);
    }

    @Override
    public List<VideoJob> listEnded(Instant before, boolean withKey, Predicate<VideoJob> wanted, int limit) {
        return lists.listEnded(before, withKey, wanted, limit);
    }

    @Override
    public List<VideoJob> listUndelivered(Instant before, int limit) {
        return lists.listUndelivered(before, limit);
    }

    @Override
    public List<VideoJob> listOwnedBy(String node, boolean submitting, int limit) {
        return lists.listOwnedBy(node, submitting, limit);
    }

    @Override
    public List<VideoJob> listOffered(Instant now, Predicate<VideoJob> wanted, int limit) {
        return lists.listOffered(now, wanted, limit);
    }

    @Override
    public JobPage page(JobQuery query) {
        return lists.page(query);
    }

    @Override
    public List<VideoJob> list(JobQuery query) {
        return lists.list(query);
    }

    @Override
    public long count(JobQuery query) {
        return lists.count(query);
    }

    @Override
    public Optional<String> changeMark() {
        return Optional.of(lists.changeMark().text());
    }

    @Override
    public int countOffered(Instant until) {
        return lists.countOffered(until);
    }

    @Override
    public int countHeld(Instant until) {
        return lists.countHeld(until);
    }

    @Override
    public List<VideoJob> listHeld(Instant until, int limit) {
        return lists.listHeld(until, limit);
    }

    @Override
    public Optional<LearntRows> learnt() {
        return Optional.of(new JdbcLearntRows(calls));
    }

    @Override
    public Optional<SpendLedger> ledger() {
        return Optional.of(ledger);
    }

    @Override
    public boolean isDurable() {
        return database.durable();
    }

    @Override
    public void close() {
        database.lock().close();
    }
}
