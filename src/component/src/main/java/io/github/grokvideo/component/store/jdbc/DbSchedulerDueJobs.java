// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.grokvideo.component.store.DueJobThreads;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreClock;
import io.github.grokvideo.component.store.jdbc.due.DueRows;
import io.github.grokvideo.component.store.jdbc.due.StepInFlight;
import io.github.grokvideo.component.store.jdbc.due.StepsInFlight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Due jobs in a db-scheduler table: one execution per job, with the job id as instance id and no data. The only class that needs
 * db-scheduler, which is optional.
 */
final class DbSchedulerDueJobs implements DueJobs {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJobStore.class);
    private static final int IDS_AT_ONCE = 500;
    /** Another node takes over after four missed heartbeats, within 30 s; db-scheduler's defaults suit nightly batch work. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 4;
    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(500);
    /** How soon it is stored that steps have ended: those of one round take one transaction. */
    private static final Duration STORE_ENDS = Duration.ofMillis(50);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    /** Executions of a task name that only a later version knows must not be deleted. */
    private static final Duration NEVER = Duration.ofDays(3650);
    /** How many are fetched at once. db-scheduler takes it for its number of threads. */
    private static final int FETCHED = 500;
    /** No more are fetched while so many are running: other nodes may have time for them. */
    private static final int MANY = 1000;

    private final StoreCalls calls;
    private final StoreClock clock;
    private final DueJobThreads threads;
    private final Scheduler scheduler;
    private final CustomTask<Void> task;
    private volatile StepsInFlight steps;

    DbSchedulerDueJobs(
            DataSource dataSource, StoreCalls calls, StoreClock clock, String node, boolean lockAndFetch, DueJobThreads threads) {
        this.calls = calls;
        this.clock = clock;
        this.threads = threads;
        this.task = Tasks.custom(DueRows.TASK, Void.class).execute((instance, context) -> handedOver(context.getExecution()));
        SchedulerBuilder builder = Scheduler.create(dataSource, task)
                .tableName(DueRows.TABLE)
                // All nodes must agree on which executions are due and whose heartbeats are missed.
                .clock(clock::now)
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(FETCHED)
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
            builder.pollUsingFetch(0.5, 1.0).jdbcCustomization(new DefaultJdbcCustomization(false));
        }
        this.scheduler = builder.build();
    }

    /** @return a completion that leaves the row picked: {@link StepsInFlight} completes it */
    private CompletionHandler<Void> handedOver(Execution execution) {
        steps.add(execution.taskInstance.getId(), execution.version);
        if (steps.size() >= MANY) {
            scheduler.pause();
        }
        return (complete, operations) -> { };
    }

    @Override
    public void start(Steps toRun) {
        steps = new StepsInFlight(toRun, new Rows(), clock, threads.steps(), HEARTBEAT);
        scheduler.start();
        threads.housekeeper().scheduleWithFixedDelay(this::tick, 0, STORE_ENDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The executor would not run it again after an exception. */
    private void tick() {
        try {
            steps.tick();
            if (steps.size() < MANY / 2 && scheduler.getSchedulerState().isPaused()) {
                scheduler.resume();
                scheduler.triggerCheckForDueExecutions();
            }
        } catch (RuntimeException | Error failed) {
            LOG.warn("Due jobs are not looked for now; trying again", failed);
        }
    }

    private final class Rows implements StepsInFlight.Rows {

        @Override
        public void end(List<StepInFlight.End> ends) {
            calls.transaction(connection -> {
                DueRows.end(connection, ends);
                return null;
            });
        }

        @Override
        public void beat(Map<String, Long> versions, Instant now) {
            calls.transaction(connection -> {
                DueRows.beat(connection, versions, now);
                return null;
            });
        }
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
        asked(() -> {
            try {
                scheduler.scheduleBatch(missing, due);
            } catch (FailedToScheduleBatchException oneIsThere) {
                // Another node has scheduled some of them meanwhile; a database that is away fails again.
                missing.forEach(one -> put(one.getId(), due));
            }
            return null;
        });
    }

    @Override
    public boolean bringForward(String jobId, Instant due) {
        StepsInFlight running = steps;
        return running != null && running.bringForward(jobId, due)
                || asked(() -> scheduler.scheduleIfNotExists(task.instance(jobId), due) || rescheduled(jobId, due));
    }

    private boolean rescheduled(String jobId, Instant due) {
        try {
            return scheduler.reschedule(task.instance(jobId), due);
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException now) {
            return false;
        }
    }

    @Override
    public Map<String, Instant> dueAt(Collection<String> jobIds) {
        List<String> ids = List.copyOf(jobIds);
        Map<String, Instant> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + IDS_AT_ONCE, ids.size()));
            found.putAll(calls.call(connection -> DueRows.dueAt(connection, some)));
        }
        return found;
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
        StepsInFlight running = steps;
        if (running == null || scheduler.getSchedulerState().isShuttingDown()) {
            return;
        }
        scheduler.stop();
        try {
            running.stop(LONGEST_STOP);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
