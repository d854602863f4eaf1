// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The job tables and their versions: the migrations in {@code db/grokvideo}. */
final class JobSchema {

    /** A history table of its own, separate from that of the user's Flyway migrations. */
    static final String HISTORY = "grokvideo_schema_history";
    /** Version of the last file in {@code db/grokvideo}. */
    static final int VERSION = 2;
    private static final String VERSIONS = "SELECT \"version\" FROM \"" + HISTORY + "\"";

    private JobSchema() {
    }

    /** Whether the job table exists, whatever its version. */
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

    /** Refuses a newer schema: this version might misread or overwrite what a newer one has stored. */
    private static void refuseLater(DataSource dataSource) throws SQLException {
        if (!isReadable(dataSource, VERSIONS + " WHERE 1 = 0")) {
            return;
        }
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSIONS)) {
            while (rows.next()) {
                String version = rows.getString(1);
                if (version != null && version.matches("\\d{1,9}") && Integer.parseInt(version) > VERSION) {
                    throw new IllegalStateException("The job store's database has schema version " + version + ", but this version of"
                            + " camel-grokvideo supports only " + VERSION
                            + ": a later version has used it. Run that version, or use another database");
                }
            }
        }
    }

    /** @param create false = the user creates the tables, they are only checked */
    static void prepare(DataSource dataSource, boolean create) throws SQLException {
        refuseLater(dataSource);
        if (create) {
            requireFlyway();
            FlywayMigration.run(dataSource);
        }
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT revision, " + String.join(", ", JobRow.SET) + " FROM grokvideo_job WHERE 1 = 0").close();
        } catch (SQLException e) {
            if (isAbsence(e)) {
                throw new IllegalStateException("The job store has no usable table grokvideo_job, or one of an earlier version: run the"
                        + " files in db/grokvideo of the camel-grokvideo jar in order, or set createSchema=true. The database says: "
                        + e.getMessage(), e);
            }
            throw e;
        }
    }

    private static void requireFlyway() {
        if (OptionalJar.FLYWAY.isMissing()) {
            throw new IllegalStateException("createSchema=true needs Flyway on the class path: add org.flywaydb:flyway-core (for"
                    + " PostgreSQL org.flywaydb:flyway-database-postgresql as well), or set createSchema=false and run the files in"
                    + " db/grokvideo of the camel-grokvideo jar");
        }
    }
}
