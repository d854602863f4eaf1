package io.github.grokvideo.component.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The table of the jobs and its versions: the migrations in {@code db/grokvideo}. */
final class JobSchema {

    private JobSchema() {
    }

    /** @param create false = the table is the user's affair and only looked for */
    static void prepare(DataSource dataSource, boolean create) throws SQLException {
        if (create) {
            requireFlyway();
            FlywayMigration.run(dataSource);
        }
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT revision, " + String.join(", ", JobRow.SET) + " FROM grokvideo_job WHERE 1 = 0").close();
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                throw new IllegalStateException("The job store has no usable table grokvideo_job, or that of an earlier version: run the files in db/grokvideo of the"
                        + " camel-grokvideo jar in order, or set createSchema=true. The database says: " + e.getMessage(), e);
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
