// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only class that needs Flyway, which is optional. */
final class FlywayMigration {

    private static final String H2_POOL_TIMED_OUT = "08001";

    private FlywayMigration() {
    }

    static void run(DataSource dataSource) {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/grokvideo")
                    .table(JobSchema.HISTORY)
                    // The schema may already hold the user's own tables.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (gotNoConnection(e) && answers(dataSource)) {
                throw new IllegalStateException("The job store's connection pool has only one connection. Flyway, which creates and"
                        + " upgrades the tables, needs two at once: give the pool at least 2 connections (10 are better), or"
                        + " set createSchema=false and run the files in db/grokvideo of the camel-grokvideo jar", e);
            }
            throw new IllegalStateException("The job store's tables could not be created or upgraded: " + e.getMessage(), e);
        }
    }

    private static boolean gotNoConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException none && H2_POOL_TIMED_OUT.equals(none.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the database can be reached now that Flyway no longer holds a connection. */
    private static boolean answers(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
