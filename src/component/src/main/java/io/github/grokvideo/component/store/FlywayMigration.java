package io.github.grokvideo.component.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The only class that needs Flyway, which is optional. */
final class FlywayMigration {

    private FlywayMigration() {
    }

    static void run(DataSource dataSource) {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/grokvideo")
                    .table(JobSchema.HISTORY)
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
