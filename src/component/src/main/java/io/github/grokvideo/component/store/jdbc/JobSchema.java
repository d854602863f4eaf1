// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** The version of the tables, and whether this version of the component can use them. */
final class JobSchema {

    /** The version that this version of the component needs: that of the last file. */
    static final int VERSION = SchemaMigration.FILES.size();

    private JobSchema() {
    }

    /** Whether there is a table of jobs, of whatever version. */
    static boolean isThere(DataSource dataSource) throws SQLException {
        return isReadable(dataSource, "SELECT id FROM grokvideo_job WHERE 1 = 0");
    }

    private static boolean isReadable(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeQuery(sql).close();
            return true;
        } catch (SQLException e) {
            if (isAbsence(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isAbsence(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("42");
    }

    /** @return which of {@link SchemaMigration#FILES} were run, up to this one; 0 = none */
    static int version(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return inTransaction(connection, () -> version(connection));
        }
    }

    /** Call it within a transaction, which survives if the table does not exist. */
    static int version(Connection connection) throws SQLException {
        OptionalInt version = greatest(connection, "SELECT version FROM grokvideo_schema");
        // Databases from before the first release were created with Flyway.
        return (version.isPresent() ? version : greatest(connection, "SELECT \"version\" FROM \"grokvideo_schema_history\"")).orElse(0);
    }

    private static OptionalInt greatest(Connection connection, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            OptionalInt greatest = OptionalInt.empty();
            while (rows.next()) {
                String version = rows.getString(1);
                if (version != null && version.matches("\\d{1,9}")) {
                    greatest = OptionalInt.of(Math.max(greatest.orElse(0), Integer.parseInt(version)));
                }
            }
            return greatest;
        } catch (SQLException e) {
            if (!isAbsence(e)) {
                throw e;
            }
            connection.rollback(before);
            return OptionalInt.empty();
        }
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Commits, or rolls back if something is thrown. */
    static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.run();
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        }
    }

    /**
     * If the tables are up to date nothing is changed: the role then needs no permission to create tables.
     *
     * @param create false = the user runs the files, and the tables are only checked
     */
    static void prepare(DataSource dataSource, boolean create) throws SQLException {
        int version = version(dataSource);
        if (version > VERSION) {
            // It may have stored what this version would misread or overwrite.
            throw new IllegalStateException("The job store's database is of schema version " + version + ", and this version of"
                    + " camel-grokvideo knows " + VERSION + ": a later version has used it. Run that version, or use another database");
        }
        if (create && version < VERSION) {
            SchemaMigration.run(dataSource);
        }
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT revision, changed_at, " + String.join(", ", JobRow.SET)
                    + " FROM grokvideo_job WHERE 1 = 0").close();
            statement.executeQuery("SELECT kind, content, revision FROM grokvideo_learnt WHERE 1 = 0").close();
            statement.executeQuery("SELECT counted_at, reserved, estimated, reported, lag_millis FROM grokvideo_ledger"
                    + " WHERE 1 = 0").close();
            statement.executeQuery("SELECT window_start, reserved FROM grokvideo_budget WHERE 1 = 0").close();
            statement.executeQuery("SELECT amount FROM grokvideo_budget_limit WHERE 1 = 0").close();
        } catch (SQLException e) {
            if (isAbsence(e)) {
                throw new IllegalStateException("The job store has no usable tables (grokvideo_job, grokvideo_learnt, grokvideo_ledger,"
                        + " grokvideo_budget, grokvideo_budget_limit), or those of an earlier version: run the files in "
                        + SchemaMigration.FOLDER + " of the camel-grokvideo jar in order, or set createSchema=true. The database says: "
                        + e.getMessage(), e);
            }
            throw e;
        }
    }
}
