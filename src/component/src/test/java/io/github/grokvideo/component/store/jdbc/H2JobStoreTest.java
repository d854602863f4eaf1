// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.store.Jobs;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JobStoreTest extends JdbcJobStoreContract {

    @TempDir
    Path directory;
    private JdbcConnectionPool pool;
    private JdbcJobStore store;

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create(url(";WRITE_DELAY=0"), "", "");
        pool.setMaxConnections(20);
        store = JdbcJobStore.open(pool, true);
    }

    @AfterEach
    void close() {
        store.close();
        pool.dispose();
    }

    private String url(String settings) {
        return "jdbc:h2:file:" + directory.resolve("jobs") + settings;
    }

    private static JdbcDataSource dataSource(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    @Override
    protected JdbcJobStore store() {
        return store;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void jobsOutliveTheStore() {
        store.insert(Jobs.full("a"));
        store.close();
        pool.dispose();
        open();

        assertThat(store.isDurable()).isTrue();
        assertThat(store.find("a")).contains(Jobs.full("a"));
    }

    @Test
    void aUrlThatLosesCommitsIsRefused() {
        for (String settings : new String[] { "", ";WRITE_DELAY=500" }) {
            JdbcDataSource lossy = dataSource("jdbc:h2:file:" + directory.resolve("lossy" + settings.length()) + settings);

            assertThatThrownBy(() -> JdbcJobStore.open(lossy, true)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(";WRITE_DELAY=0");
        }
    }

    @Test
    void aSecondEngineIsRefusedUntilTheFirstHasEnded() {
        assertThatThrownBy(() -> JdbcJobStore.open(pool, true)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by another engine of this process");
        store.close();
        store = JdbcJobStore.open(pool, true);
    }

    @Test
    void theLimitsOfFieldsAreThoseOfTheirColumns() throws Exception {
        try (Connection connection = pool.getConnection()) {
            for (JobColumn column : JobColumn.values()) {
                try (var rows = connection.getMetaData().getColumns(
                        null, null, "GROKVIDEO_JOB", column.column().toUpperCase(Locale.ROOT))) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt("COLUMN_SIZE")).as(column.name()).isEqualTo(column.width());
                }
            }
            try (var rows = connection.getMetaData().getColumns(null, null, "GROKVIDEO_JOB", "JOB")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("COLUMN_SIZE")).isGreaterThanOrEqualTo(JobColumn.LARGEST_JOB);
            }
        }
    }

    @Test
    void inMemoryIsNotDurable() {
        try (JdbcJobStore memory = JdbcJobStore.open(dataSource("jdbc:h2:mem:jobs;DB_CLOSE_DELAY=1"), true)) {
            assertThat(memory.isDurable()).isFalse();
        }
    }

    @Test
    void aTableThatIsLeftToTheUserIsLookedFor() throws Exception {
        store.close();
        for (String table : List.of("grokvideo_job", "grokvideo_node", "grokvideo_tasks", "grokvideo_learnt", "grokvideo_ledger",
                "grokvideo_budget", "grokvideo_budget_limit")) {
            execute("DROP TABLE " + table);
        }
        // Of a store that is begun anew on purpose.
        Files.delete(directory.resolve("jobs.grokvideo.properties"));

        assertThatThrownBy(() -> JdbcJobStore.open(pool, false)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("grokvideo_job").hasMessageContaining("createSchema=true").hasMessageContaining("db/grokvideo");
        for (String file : List.of("V1__jobs.sql", "V2__nodes_delivery_and_tasks.sql", "V3__learnt.sql", "V4__spend.sql",
                "V5__changes_and_times.sql")) {
            assertThatThrownBy(() -> JdbcJobStore.open(pool, false)).isInstanceOf(IllegalStateException.class);
            try (var ddl = getClass().getResourceAsStream("/db/grokvideo/" + file)) {
                execute(new String(ddl.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        store = JdbcJobStore.open(pool, false);
        store.insert(Jobs.full("a"));
    }

    @Test
    void aStoreThatIsAwayIsATypedErrorThatCostNothing() throws Exception {
        store.insert(Jobs.full("a"));
        execute("ALTER TABLE grokvideo_job RENAME TO away");

        for (Runnable call : new Runnable[] { () -> store.find("a"), () -> store.insert(Jobs.full("b")),
                () -> store.update("a", job -> job.with(next -> next.polls(1))), () -> store.list(job -> true, 1),
                () -> store.remove(Jobs.full("a")), () -> store.findByKey("team", "k") }) {
            assertThatThrownBy(call::run).isInstanceOfSatisfying(StoreUnavailableException.class, away -> {
                assertThat(away.getCharged()).isEqualTo(Charged.NO);
                assertThat(away.isRetryable()).isTrue();
                assertThat(away).hasCauseInstanceOf(SQLException.class);
            });
        }
        execute("ALTER TABLE away RENAME TO grokvideo_job");
        assertThat(store.find("a")).isPresent();
    }

    @Test
    void oneRowThatCannotBeReadDoesNotHideTheOthers() throws Exception {
        store.insert(Jobs.full("a"));
        store.insert(Jobs.full("b"));
        execute("UPDATE grokvideo_job SET job = '{' WHERE id = 'a'");

        assertThat(store.list(job -> true, 10)).containsExactly(Jobs.full("b"));
    }

    @Test
    void rowsOfALaterVersionAreRead() throws Exception {
        store.insert(Jobs.full("a"));
        execute("UPDATE grokvideo_job SET job = '{\"later\":{\"x\":[1]},' || SUBSTRING(job FROM 2)");

        assertThat(store.find("a")).contains(Jobs.full("a"));
        assertThat(store.remove(Jobs.full("a"))).isTrue();
    }
}
