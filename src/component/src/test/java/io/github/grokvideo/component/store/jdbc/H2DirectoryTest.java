// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.store.Jobs;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database that a store makes in a directory, and the marker beside it. */
class H2DirectoryTest {

    @TempDir
    Path directory;

    private Path database() {
        return directory.resolve("jobs.mv.db");
    }

    private Path marker() {
        return directory.resolve("jobs.grokvideo.properties");
    }

    private JdbcJobStore open() {
        return JdbcJobStore.open(directory, true);
    }

    private void storeWithJobs() {
        try (JdbcJobStore store = open()) {
            for (int i = 0; i < 50; i++) {
                store.insert(Jobs.full("job-" + i));
            }
        }
    }

    private void refused(String why) {
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining(why)
                .hasMessageContaining(directory.toString()).hasMessageContaining("paid for")
                .hasMessageContaining("Restore both files from a backup").hasMessageContaining(marker().getFileName().toString());
    }

    @Test
    void aDatabaseThatIsMissingIsNotBegunAnewInSilence() throws Exception {
        storeWithJobs();
        Files.delete(database());

        refused("is missing");
        refused("is missing");
        Files.delete(marker());
        open().close();
    }

    @Test
    void anEmptyDatabaseIsRefused() throws Exception {
        storeWithJobs();
        Files.write(database(), new byte[0]);

        refused("is empty");
    }

    @Test
    void aTruncatedDatabaseIsRefused() throws Exception {
        storeWithJobs();
        try (FileChannel file = FileChannel.open(database(), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }

        refused("when it was closed");
    }

    @Test
    void aDatabaseThatCannotBeReadIsRefusedAndNoOutage() throws Exception {
        storeWithJobs();
        Files.write(database(), "nonsense ".repeat(100_000).getBytes(StandardCharsets.UTF_8));

        refused("cannot be read");
    }

    @Test
    void aDatabaseWithoutTheTablesIsRefused() throws Exception {
        storeWithJobs();
        Files.delete(database());
        try (Connection other = plain().getConnection(); Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE another (id INT); INSERT INTO another SELECT x FROM SYSTEM_RANGE(1, 200000); SHUTDOWN");
        }

        refused("has no job table");
    }

    @Test
    void aDataSourceOfAUserIsLookedAtAsWell() throws Exception {
        JdbcConnectionPool pool = plain();
        JdbcJobStore.open(pool, true).close();
        assertThat(marker()).exists();
        pool.dispose();
        Files.delete(database());
        JdbcConnectionPool again = plain();

        assertThatThrownBy(() -> JdbcJobStore.open(again, true)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no job table");
        again.dispose();
    }

    private JdbcConnectionPool plain() {
        return JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
    }

    @Test
    void aSchemaOfALaterVersionIsRefused() throws Exception {
        storeWithJobs();
        JdbcConnectionPool pool = plain();
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO grokvideo_schema VALUES (" + (JobSchema.VERSION + 1) + ", CURRENT_TIMESTAMP)");
        }
        pool.dispose();

        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema version " + (JobSchema.VERSION + 1))
                .hasMessageContaining("knows " + JobSchema.VERSION)
                .hasMessageContaining("another database");
    }

    @Test
    void aKilledProcessLeavesNothingToRefuse() throws Exception {
        storeWithJobs();
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (JdbcJobStore store = open()) {
            store.removeAll(store.list(job -> true, 40));
            for (Path file : List.of(database(), marker())) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }

        try (JdbcJobStore store = JdbcJobStore.open(copy, true)) {
            assertThat(store.list(job -> true, 100)).hasSize(10);
        }
    }

    @Test
    void aDatabaseThatWasClosedUnderTheStoreIsOpenedAgain() throws Exception {
        H2Directory opened = H2Directory.open(directory);
        try (Connection before = opened.dataSource().getConnection()) {
            try (Connection connection = opened.dataSource().getConnection()) {
                connection.createStatement().execute("CREATE TABLE t (a INT)");
                connection.createStatement().execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException closedUnderIt) {
                assertThat(closedUnderIt.getMessage()).contains("closed");
            }
            assertThatThrownBy(() -> before.createStatement().execute("CALL 1")).isInstanceOf(SQLException.class);
        }

        try (Connection connection = opened.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
        } finally {
            opened.close();
        }
        assertThatThrownBy(() -> opened.dataSource().getConnection()).isInstanceOf(SQLException.class).hasMessageContaining("closed");
    }

    @Test
    void threadsThatAreInterruptedWhileTheyWriteHarmNobody() throws Exception {
        try (JdbcJobStore store = open()) {
            store.insert(Jobs.full("kept"));
            for (int round = 0; round < 5; round++) {
                String name = "job-" + round + "-";
                List<Thread> writers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String id = name + i;
                    writers.add(new Thread(() -> {
                        for (int n = 0; n < 30; n++) {
                            try {
                                store.insert(Jobs.full(id + "-" + n));
                            } catch (StoreUnavailableException interrupted) {
                                // This one may fail.
                                continue;
                            }
                        }
                    }));
                }
                writers.forEach(Thread::start);
                writers.forEach(Thread::interrupt);
                for (Thread writer : writers) {
                    writer.join();
                }
                assertThat(store.find("kept")).isPresent();
            }
        }
    }

    @Test
    void theFileIsCompactedWhenNobodyIsKeptWaitingAndAtTheEnd() throws Exception {
        long grown;
        try (JdbcJobStore store = open()) {
            for (int i = 0; i < 300; i++) {
                store.insert(Jobs.full("job-" + i));
                for (int change = 0; change < 4; change++) {
                    int progress = change;
                    store.update("job-" + i, job -> job.with(changes -> changes.progress(progress)));
                }
            }
            grown = Files.size(database());
            assertThat(grown).isGreaterThan(8 * 1024 * 1024);
            StoreNodes nodes = store.nodes();
            for (int beats = 0; beats < 14; beats++) {
                nodes.beat(new StoreNode("node", "work", Duration.ofSeconds(1), Duration.ZERO));
            }
            assertThat(Files.size(database())).isLessThan(grown / 4);
            assertThat(store.list(job -> true, 1000)).hasSize(300);
        }

        assertThat(Files.size(database())).isLessThan(2 * 1024 * 1024);
        try (JdbcJobStore store = open()) {
            assertThat(store.find("job-299").orElseThrow().progress()).isEqualTo(3);
        }
    }
}
