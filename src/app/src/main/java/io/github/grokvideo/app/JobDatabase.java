package io.github.grokvideo.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The H2 file that keeps jobs from one start to the next; the component makes its table. */
final class JobDatabase implements AutoCloseable {

    /** Its name in Camel's registry. */
    static final String BEAN = "grokvideoJobs";

    private static final String OPTION = "camel.component.grokvideo.jobStore";
    private static final String DASHED_OPTION = "camel.component.grokvideo.job-store";
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;

    private JobDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * @param  settings gives a value or null
     * @return          whether nobody has configured another store
     */
    static boolean isWanted(UnaryOperator<String> settings) {
        return settings.apply(OPTION) == null && settings.apply(DASHED_OPTION) == null;
    }

    /** @param file without the ending that H2 adds; its folder is made where it is missing */
    static JobDatabase open(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("grokvideo-jobs");
        config.setDriverClassName("org.h2.Driver");
        // Every commit is on the disk before it returns, and jobs are stored until the app has stopped, not until the JVM begins to.
        config.setJdbcUrl("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return new JobDatabase(new HikariDataSource(config));
    }

    DataSource dataSource() {
        return pool;
    }

    /** @return what the component is to be configured with */
    Map<String, String> componentProperties() {
        return Map.of(OPTION, "#" + BEAN);
    }

    @Override
    public void close() {
        pool.close();
    }
}
