// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc.due;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements on db-scheduler's table for many rows at once; db-scheduler itself looks up and changes one row at a time. */
public final class DueRows {

    public static final String TABLE = "grokvideo_tasks";
    public static final String TASK = "job";
    private static final String PICKED = " WHERE task_name = '" + TASK + "' AND task_instance = ? AND version = ?";
    /** The same changes of the row as by db-scheduler. */
    private static final String RESCHEDULE = "UPDATE " + TABLE + " SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,"
            + " execution_time = ?, last_success = COALESCE(?, last_success), last_failure = COALESCE(?, last_failure),"
            + " consecutive_failures = CASE WHEN ? THEN COALESCE(consecutive_failures, 0) + 1 ELSE 0 END, version = version + 1" + PICKED;
    private static final String REMOVE = "DELETE FROM " + TABLE + PICKED;
    private static final String BEAT = "UPDATE " + TABLE + " SET last_heartbeat = ?" + PICKED;

    private DueRows() {
    }

    /** Needs a transaction. Leaves rows alone that have another version by now. */
    public static void end(Connection connection, List<StepInFlight.End> ends) throws SQLException {
        try (PreparedStatement reschedule = connection.prepareStatement(RESCHEDULE);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            boolean someRemain = false;
            boolean someGo = false;
            for (StepInFlight.End end : ends) {
                if (end.next() == null) {
                    remove.setString(1, end.jobId());
                    remove.setLong(2, end.version());
                    remove.addBatch();
                    someGo = true;
                } else {
                    set(reschedule, 1, end.next());
                    set(reschedule, 2, end.failed() ? null : end.at());
                    set(reschedule, 3, end.failed() ? end.at() : null);
                    reschedule.setBoolean(4, end.failed());
                    reschedule.setString(5, end.jobId());
                    reschedule.setLong(6, end.version());
                    reschedule.addBatch();
                    someRemain = true;
                }
            }
            if (someRemain) {
                reschedule.executeBatch();
            }
            if (someGo) {
                remove.executeBatch();
            }
        }
    }

    /** Needs a transaction. */
    public static void beat(Connection connection, Map<String, Long> versions, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            for (Map.Entry<String, Long> row : versions.entrySet()) {
                set(statement, 1, now);
                statement.setString(2, row.getKey());
                statement.setLong(3, row.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /** @param jobIds as many as one statement takes */
    public static Map<String, Instant> dueAt(Connection connection, List<String> jobIds) throws SQLException {
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

    /** Without this, db-scheduler would wait for the missed heartbeats of a process that cannot come back. */
    public static int release(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + TABLE + " SET picked = FALSE, picked_by = NULL,"
                + " last_heartbeat = NULL, version = version + 1 WHERE picked = TRUE")) {
            return statement.executeUpdate();
        }
    }
}
