package io.github.grokvideo.component.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

/**
 * Due jobs in a table of db-scheduler: one execution a job, its id the instance's, without data. The only class that needs db-scheduler,
 * which is optional.
 */
final class DbSchedulerDueJobs implements DueJobs {

    private static final String TABLE = "grokvideo_tasks";
    private static final String TASK = "job";
    /** With four missed heartbeats another node takes over within 30 s (design.md); db-scheduler's own defaults are for nightly work. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int HEARTBEATS_MISSED = 4;
    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(500);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** Jobs of a later version are not ours to throw away. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private final Scheduler scheduler;
    private final CustomTask<Void> task;
    private volatile Step step;
    private volatile boolean started;

    DbSchedulerDueJobs(DataSource dataSource, String node, boolean lockAndFetch, DueJobThreads threads) {
        this.task = Tasks.custom(TASK, Void.class)
                .onFailure((failed, operations) -> operations.reschedule(failed, Instant.now().plus(AFTER_FAILURE)))
                .execute((instance, context) -> completion(instance));
        SchedulerBuilder builder = Scheduler.create(dataSource, task)
                .tableName(TABLE)
                .schedulerName(new SchedulerName.Fixed(node))
                .threads(threads.count())
                .executorService(threads.steps())
                .dueExecutor(threads.due())
                .housekeeperExecutor(threads.housekeeper())
                .pollingInterval(LOOK_FOR_DUE)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(LONGEST_STOP)
                .deleteUnresolvedAfter(NEVER)
                // Else nothing it writes would last, in a pool made for transactional code.
                .commitWhenAutocommitDisabled(true)
                .failureLogging(LogLevel.DEBUG, false);
        if (lockAndFetch) {
            builder.pollUsingLockAndFetch(0.5, 1.0);
        } else {
            // H2 is what db-scheduler knows no better way for: it would warn of that at each start.
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

    @Override
    public Optional<Instant> dueAt(String jobId) {
        return asked(() -> scheduler.getScheduledExecution(task.instance(jobId)).map(ScheduledExecution::getExecutionTime));
    }

    /** db-scheduler wraps what the database throws. */
    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException away) {
                    throw StoreCalls.unavailable(away);
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
}
