// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;

/**
 * Database calls, one connection each. Calls rolled back because of another one are retried, a rejected value fails as InvalidRequest and
 * every other failure as StoreUnavailable.
 */
final class StoreCalls {

    static final String UNIQUE_VIOLATION = "23505";
    /** Deadlocks and serialisation failures: nothing was done, and a retry is likely to succeed. */
    private static final String ROLLED_BACK = "40";
    private static final int MAX_ROLLBACKS = 10;
    private static final int ROWS_AT_ONCE = 500;

    private final DataSource dataSource;

    StoreCalls(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @FunctionalInterface
    interface Call<T> {
        T run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface Values {
        void set(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** @param call one statement; it may run more than once */
    <T> T call(Call<T> call) {
        return connected(true, call);
    }

    /** @param call many statements, stored together or not at all; it may run more than once */
    <T> T transaction(Call<T> call) {
        return connected(false, connection -> {
            try {
                T result = call.run(connection);
                connection.commit();
                return result;
            } finally {
                // After a commit there is nothing to roll back.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** Reads many rows, fetched in batches. */
    <T> T scan(String sql, Values values, Rows<T> reader) {
        // PostgreSQL fetches in batches only within a transaction; otherwise it would load the whole result.
        return connected(false, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                values.set(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    return reader.read(rows);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** Clears a pending interrupt during the call: it would abort the call, and with some databases close the whole database. */
    private <T> T connected(boolean autoCommit, Call<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return tried(autoCommit, call);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T tried(boolean autoCommit, Call<T> call) {
        for (int rollbacks = 0;; rollbacks++) {
            try (Connection connection = dataSource.getConnection()) {
                if (connection.getAutoCommit() != autoCommit) {
                    connection.setAutoCommit(autoCommit);
                }
                return call.run(connection);
            } catch (SQLException e) {
                if (e.getSQLState() == null || !e.getSQLState().startsWith(ROLLED_BACK) || rollbacks == MAX_ROLLBACKS) {
                    throw failed(e);
                }
            }
        }
    }

    static GrokVideoException failed(SQLException cause) {
        String detail = " (SQL state " + cause.getSQLState() + "): " + firstLine(cause);
        GrokVideoException failure = (isRefusal(cause) ? JobError.of(
                ErrorType.INVALID_REQUEST, "The job store rejected a value" + detail, Charged.NO)
                : error("The job store does not answer" + detail))
                .toException(null, null);
        failure.initCause(cause);
        return failure;
    }

    /** SQL state classes 22 (data exception) and 23 (constraint violation): a retry would fail in the same way. */
    private static boolean isRefusal(SQLException cause) {
        return cause.getSQLState() != null && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("23"));
    }

    /** Further lines may show the statement or the row, and with it a prompt or a signed URL. */
    private static String firstLine(SQLException cause) {
        String text = String.valueOf(cause.getMessage());
        return text.lines().findFirst().orElse(text);
    }

    static GrokVideoException busy(String jobId) {
        return error("The job's row is changed again and again by others").toException(jobId, null);
    }

    private static JobError error(String message) {
        return JobError.of(ErrorType.STORE_UNAVAILABLE, message, Charged.NO).withRetryable(true);
    }
}
