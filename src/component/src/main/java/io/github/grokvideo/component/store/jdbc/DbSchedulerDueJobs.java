// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;







import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.sql.DataSource;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.FailedToScheduleBatchException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreClock;

/**
 * Due jobs in a db-scheduler table: one execution per job, with the job id as instance id and no data. The only class that needs
 * db-scheduler, which is optional.
 */
final class DbSchedulerDueJobs implements DueJobs {

    private static final String TABLE = "grokvideo_tasks";
    private static final String TASK = "job";
    private static final int IDS_AT_ONCE = 500;
    /** Another node takes over after four missed heartbeats, within 30 s; db-scheduler's defaults suit nightly batch work. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 4;
    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(500);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** Executions of a task name that only a later version knows must not be deleted. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private final StoreCalls calls;
    private final Scheduler scheduler;
    private final CustomTask<Void> task;
    private volatile Step step;
    private volatile boolean started;

    DbSchedulerDueJobs(
            DataSource dataSource, StoreCalls calls, StoreClock clock, String node, boolean lockAndFetch, DueJobThreads threads) {
        this.calls = calls;
        this.task = Tasks.custom(TASK, Void.class)
                .onFailure((failed, operations) -> operations.reschedule(failed, clock.now().plus(AFTER_FAILURE)))
                .execute((instance, context) -> completion(instance));
        SchedulerBuilder builder = Scheduler.create(dataSource, task)
                .tableName(TABLE)
                // All nodes must agree on which executions are due and whose heartbeats are missed.
                .clock(clock::now)
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(threads.count())
                .executorService(Uninterrupted.of(ExecutorService.class, threads.steps()))
                .dueExecutor(Uninterrupted.of(ExecutorService.class, threads.due()))
                .housekeeperExecutor(Uninterrupted.of(ScheduledExecutorService.class, threads.housekeeper()))
                .pollingInterval(LOOK_FOR_DUE)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(LONGEST_STOP)
                .deleteUnresolvedAfter(NEVER)
                // Otherwise its writes are lost with a pool that disables auto-commit.
                .commitWhenAutocommitDisabled(true)
                .failureLogging(LogLevel.DEBUG, false);
        if (lockAndFetch) {
            builder.pollUsingLockAndFetch(0.5, 1.0);
        } else {
            // db-scheduler does not recognize H2 and would log a warning at each start.
            builder.pollUsingFetchAndLockOnExecute(0.5, 3.0).jdbcCustomization(new DefaultJdbcCustomization(false));
        }
        this.scheduler = builder.build();
    }

    private CompletionHandler<Void> completion(TaskInstance<Void> instance) {
        Optional<Instant> next = step.run(instance.getId());
        return next.<CompletionHandler<Void>>map(due -> (complete, operations) -> operations.reschedule(complete, due))
                .orElseGet(() -> (complete, operations) -> operations.stop());
    }

    @Override
    public void start(Step toRun) {
        step = toRun;
        scheduler.start();
        started = true;
    }

    @Override
    public void put(String jobId, Instant due) {
        asked(() -> scheduler.scheduleIfNotExists(task.instance(jobId), due));
    }

    @Override
    public void putAll(Collection<String> jobIds, Instant due) {
        Map<String, Instant> scheduled = dueAt(jobIds);
        List<TaskInstance<?>> missing = jobIds.stream().filter(jobId -> !scheduled.containsKey(jobId))
                .<TaskInstance<?>>map(task::instance).toList();
        if (missing.isEmpty()) {
            return;
        }
        try {
            scheduler.scheduleBatch(missing, due);
        } catch (FailedToScheduleBatchException oneIsThere) {
            // Another node has scheduled some of them meanwhile; a database that is away fails again.
            missing.forEach(one -> put(one.getId(), due));
        }
    }

    @Override
    public void bringForward(String jobId, Instant due) {
        asked(() -> scheduler.scheduleIfNotExists(task.instance(jobId), due) || rescheduled(jobId, due));
    }

    private boolean rescheduled(String jobId, Instant due) {
        try {
            return scheduler.reschedule(task.instance(jobId), due);
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException now) {
            return false;
        }
    }

    /** One query for many jobs; db-scheduler itself only looks up one at a time. */
    @Override
    public Map<String, Instant> dueAt(Collection<String> jobIds) {
        List<String> ids = List.copyOf(jobIds);
        Map<String, Instant> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + IDS_AT_ONCE, ids.size()));
            found.putAll(calls.call(connection -> dueAt(connection, some)));
        }
        return found;
    }

    private static Map<String, Instant> dueAt(Connection connection, List<String> jobIds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT task_instance, execution_time FROM " + TABLE
                + " WHERE task_name = ? AND task_instance IN (" + String.join(", ", Collections.nCopies(jobIds.size(), "?")) + ")")) {
            statement.setString(1, TASK);
            for (int i = 0; i < jobIds.size(); i++) {
                statement.setString(i + 2, jobIds.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Instant> found = new HashMap<>();
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getObject(2, OffsetDateTime.class).toInstant());
                }
                return found;
            }
        }
    }

    /** db-scheduler wraps the database's exceptions. */
    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException refused) {
                    throw StoreCalls.failed(refused);
                }
            }
            throw failed;
        }
    }

    @Override
    public void stop() {
        if (started) {
            started = false;
            scheduler.stop();
        }
    }

    /** Without this, db-scheduler would wait for the missed heartbeats of a process that cannot come back. */
    static int release(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE grokvideo_tasks SET picked = FALSE, picked_by = NULL,"
                + " last_heartbeat = NULL, version = version + 1 WHERE picked = TRUE")) {
            return statement.executeUpdate();
        }
    }
}
