// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.Jobs;
import io.github.grokvideo.component.store.PostgresServer;
import io.github.grokvideo.component.store.StoreNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresJobStoreIT extends JdbcJobStoreContract {

    @TempDir
    static Path directory;
    private static PostgresServer postgres;
    private HikariDataSource pool;
    private JdbcJobStore store;

    @BeforeAll
    static void startServer() throws Exception {
        postgres = PostgresServer.start(directory.resolve("data"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() {
        pool = PostgresServer.pool(postgres.database("postgres"), 18);
        store = JdbcJobStore.open(pool, true);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        pool.close();
    }

    private static void execute(String sql) throws Exception {
        PostgresServer.execute(postgres.database("postgres"), sql);
    }

    @Override
    protected JdbcJobStore store() {
        return store;
    }

    @Test
    void theTablesOfTheUserAreLeftAlone() throws Exception {
        store.close();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE mine (id INT); CREATE TABLE flyway_schema_history (x INT)");
        store = JdbcJobStore.open(pool, true);

        store.insert(Jobs.full("a"));
        execute("SELECT id FROM mine; SELECT x FROM flyway_schema_history; SELECT version FROM grokvideo_schema");
    }

    @Test
    void enginesThatStartAtOnceCreateTheTablesOnce() throws Exception {
        store.close();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        ExecutorService engines = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                starts.add(engines.submit(() -> JdbcJobStore.open(pool, true).close()));
            }
            for (Future<?> start : starts) {
                start.get(30, TimeUnit.SECONDS);
            }
        } finally {
            engines.shutdownNow();
        }
        store = JdbcJobStore.open(pool, true);
        store.insert(Jobs.full("a"));
    }

    @Test
    void aRoleThatMayNotCreateTablesUsesThoseThatAreThereAndIsToldWhatToRunIfNoneAre() throws Exception {
        execute("CREATE ROLE writer LOGIN; GRANT USAGE ON SCHEMA public TO writer;"
                + " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer");
        store.close();
        try (HikariDataSource writer = PostgresServer.pool(postgres.as("writer"), 2)) {
            try (JdbcJobStore own = JdbcJobStore.open(writer, true)) {
                own.insert(Jobs.full("a"));
            }
            execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO writer");

            assertThatThrownBy(() -> JdbcJobStore.open(writer, true)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("permission denied").hasMessageContaining("a role that may create tables")
                    .hasMessageContaining("V1__jobs.sql, V2__nodes_delivery_and_tasks.sql, V3__learnt.sql, V4__spend.sql,"
                            + " V5__changes_and_times.sql");
        } finally {
            execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP ROLE writer");
        }
        store = JdbcJobStore.open(pool, true);
    }

    @Test
    void severalEnginesShareAStoreAndTellEachOtherThatTheyLive() {
        try (HikariDataSource other = PostgresServer.pool(postgres.database("postgres"), 2);
                JdbcJobStore second = JdbcJobStore.open(other, true)) {
            store.nodes().beat(new StoreNode("a", "work-a", Duration.ofSeconds(60), Duration.ZERO));
            second.nodes().beat(new StoreNode("b", "work-b", Duration.ofMillis(1500), Duration.ZERO));
            second.nodes().leave("b");

            assertThat(store.nodes().list()).extracting(StoreNode::id, StoreNode::holder, StoreNode::submitTimeout)
                    .containsExactlyInAnyOrder(tuple("a", "work-a", Duration.ofSeconds(60)), tuple("b", "work-b", Duration.ofSeconds(2)));
            assertThat(second.nodes().list()).filteredOn(node -> node.silence().compareTo(Duration.ofSeconds(20)) < 0)
                    .extracting(StoreNode::id).containsExactly("a");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jobsAfterAnotherAreFoundByAnIndex(boolean descending) throws Exception {
        JobFilter filter = JobFilter.of(new JobQuery(null, null, null, null, null, null, JobQuery.Sort.CREATED, descending, 0, 1, "a"));
        List<String> plan = new ArrayList<>();
        try (Connection connection = pool.getConnection(); Statement settings = connection.createStatement();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN SELECT COUNT(*) FROM grokvideo_job " + filter.where())) {
            connection.setAutoCommit(false);
            settings.execute("SET LOCAL enable_seqscan = off");
            filter.set(explain);
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.add(lines.getString(1).strip());
                }
            }
            connection.rollback();
        }
        assertThat(plan).anyMatch(line -> line.startsWith("Index Cond: (created_at " + (descending ? "<=" : ">=")));
    }

    private String mark() {
        return store.changeMark().orElseThrow();
    }

    @Test
    void aChangeThatBecomesVisibleAfterALaterOneIsTold() throws Exception {
        store.insert(Jobs.full("a"));
        store.insert(Jobs.full("b").with(changes -> changes.jobKey("b").taskId("b")));
        try (Connection early = pool.getConnection(); Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("UPDATE grokvideo_job SET revision = revision + 1, changed_at = CURRENT_TIMESTAMP WHERE id = 'a'");
            store.update("b", job -> job.with(changes -> changes.progress(50)));
            String before = mark();

            early.commit();

            assertThat(mark()).isNotEqualTo(before);
        }
    }

    @Test
    void jobsThatWereLastChangedLongAgoAreCountedOnce() throws Exception {
        store.insert(Jobs.full("a"));
        execute("UPDATE grokvideo_job SET changed_at = CURRENT_TIMESTAMP - INTERVAL '50 seconds'");
        String late = mark();
        execute("UPDATE grokvideo_job SET revision = revision + 1");
        assertThat(mark()).as("an older transaction may still end").isNotEqualTo(late);

        execute("UPDATE grokvideo_job SET changed_at = CURRENT_TIMESTAMP - INTERVAL '70 seconds'");
        String settled = mark();
        execute("UPDATE grokvideo_job SET revision = revision + 1");
        assertThat(mark()).as("nothing is counted again").isEqualTo(settled);

        store.update("a", job -> job.with(changes -> changes.progress(50)));
        assertThat(mark()).isNotEqualTo(settled);
    }

    @Test
    void aServerThatLosesAllConnectionsIsFoundAgain() throws Exception {
        store.insert(Jobs.full("a"));
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");

        // The pool hands out the dead ones first.
        for (int tries = 0; tries < 20; tries++) {
            try {
                store.find("a");
                break;
            } catch (StoreUnavailableException away) {
                assertThat(away).hasCauseInstanceOf(java.sql.SQLException.class);
            }
        }
        assertThat(store.find("a")).contains(Jobs.full("a"));
    }
}
