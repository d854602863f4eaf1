// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Creates the tables and brings them up to date with the files in {@code db/grokvideo}. It is not done with a migration library: the
 * program that the component runs in may have one of its own, in any version, for its own tables.
 */
final class SchemaMigration {

    /** In order; the position is the version, beginning with 1. They are also run by hand, see createSchema. */
    static final List<String> FILES = List.of(
            "V1__jobs.sql", "V2__nodes_delivery_and_tasks.sql", "V3__learnt.sql", "V4__spend.sql", "V5__changes_and_times.sql");
    static final String FOLDER = "db/grokvideo";

    /** Any number that no other program uses for an advisory lock of PostgreSQL: "grokvide" as bytes. */
    private static final long ADVISORY_LOCK = 0x67726f6b76696465L;
    /** H2 has no such lock. Only one process uses an H2 file, so a lock in this process is enough. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private SchemaMigration() {
    }

    /**
     * Runs the files that were not run yet.
     *
     * @throws IllegalStateException if the database refuses a statement; it says what to run
     */
    static void run(DataSource dataSource) throws SQLException {
        IN_THIS_PROCESS.lock();
        try (Connection connection = dataSource.getConnection()) {
            JobSchema.inTransaction(connection, () -> {
                run(connection);
                return null;
            });
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            }
            for (int version = JobSchema.version(connection) + 1; version <= JobSchema.VERSION; version++) {
                apply(statement, FILES.get(version - 1));
            }
        }
    }

    private static void apply(Statement statement, String file) throws SQLException {
        for (String sql : statements(file)) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                if (isUnavailable(e)) {
                    throw e;
                }
                throw new IllegalStateException("The tables of the job store could not be created or brought up to date by " + FOLDER + "/"
                        + file + ": " + e.getMessage() + ". Let a role that may create tables in this schema run the files in " + FOLDER
                        + " of the camel-grokvideo jar, in order (" + String.join(", ", FILES) + "), then start again", e);
            }
        }
    }

    /** Classes 08, connection exception, and 57, operator intervention: it is tried again when the component starts again. */
    private static boolean isUnavailable(SQLException e) {
        return e.getSQLState() != null && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57"));
    }

    /** @return the statements of a file, without comments; each ends with a semicolon at the end of a line */
    static List<String> statements(String file) {
        try (InputStream in = SchemaMigration.class.getResourceAsStream("/" + FOLDER + "/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Stream.of(text.split(";\\s*(\\n|$)")).map(String::strip).filter(sql -> !sql.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
