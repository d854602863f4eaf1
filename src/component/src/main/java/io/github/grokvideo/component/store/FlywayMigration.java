package io.github.grokvideo.component.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only class that needs Flyway, which is optional. */
final class FlywayMigration {

    /** Own history: the user's migrations, and their table, are left alone. */
    private static final String HISTORY = "grokvideo_schema_history";

    private FlywayMigration() {
    }

    static void run(DataSource dataSource) {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/grokvideo")
                    .table(HISTORY)
                    // The schema may hold the user's tables: that is no reason not to begin.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException("The table of the job store could not be made or brought up to date: " + e.getMessage(), e);
        }
    }
}
