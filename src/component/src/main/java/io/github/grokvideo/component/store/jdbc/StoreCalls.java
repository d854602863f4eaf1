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
 * Calls of the database: a connection each, what it lost to another call again, a value it refuses as InvalidRequest, every other failure
 * as StoreUnavailable.
 */
final class StoreCalls {

    /** Deadlocks and failures to serialise: nothing was done, and the next try is likely to succeed. */
    private static final String ROLLED_BACK = "40";
    private static final int MOST_ROLLBACKS = 10;
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

    /** Reads many rows in pieces. */
    <T> T scan(String sql, Values values, Rows<T> reader) {
        // PostgreSQL sends pieces within a transaction only; else the whole table would be in memory.
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

    /** An interrupt that is due would end the call in the middle, and with some databases the whole database. */
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
                if (e.getSQLState() == null || !e.getSQLState().startsWith(ROLLED_BACK) || rollbacks == MOST_ROLLBACKS) {
                    throw failed(e);
                }
            }
        }
    }

    static GrokVideoException failed(SQLException cause) {
        String told = " (SQL state " + cause.getSQLState() + "): " + firstLine(cause);
        GrokVideoException failure = (isRefusal(cause) ? JobError.of(
                ErrorType.INVALID_REQUEST, "The job store refuses a value" + told, Charged.NO)
                : error("The job store does not answer" + told))
                .toException(null, null);
        failure.initCause(cause);
        return failure;
    }

    /** Classes 22, data exception, and 23, constraint violation: the database answers, and would say the same again. */
    private static boolean isRefusal(SQLException cause) {
        return cause.getSQLState() != null && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("23"));
    }

    /** The lines after it may show the statement or the row, and with it a prompt or a signed URL. */
    private static String firstLine(SQLException cause) {
        String text = String.valueOf(cause.getMessage());
        return text.lines().findFirst().orElse(text);
    }

    static GrokVideoException busy(String jobId) {
        return error("The row of the job changes without end").toException(jobId, null);
    }

    private static JobError error(String message) {
        return JobError.of(ErrorType.STORE_UNAVAILABLE, message, Charged.NO).withRetryable(true);
    }
}
