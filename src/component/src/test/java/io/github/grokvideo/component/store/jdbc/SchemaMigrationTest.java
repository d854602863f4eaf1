// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.component.store.Jobs;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {

    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:migration;DB_CLOSE_DELAY=-1", "", "");

    @AfterEach
    void drop() throws SQLException {
        execute("SHUTDOWN");
        database.dispose();
    }

    @Test
    void everyFileIsKnown() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources", SchemaMigration.FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(SchemaMigration.FILES);
        }
        for (int i = 0; i < SchemaMigration.FILES.size(); i++) {
            assertThat(SchemaMigration.FILES.get(i)).startsWith("V" + (i + 1) + "__");
        }
    }

    @Test
    void aMigrationThatEndedAfterAnyStatementIsCompleted() throws Exception {
        List<String> statements = new ArrayList<>();
        SchemaMigration.FILES.forEach(file -> statements.addAll(SchemaMigration.statements(file)));
        assertThat(statements).hasSizeGreaterThan(20);
        migrate();
        List<String> whole = schema();

        for (int done = 0; done <= statements.size(); done++) {
            execute("DROP ALL OBJECTS");
            for (String statement : statements.subList(0, done)) {
                execute(statement);
            }
            migrate();
            assertThat(schema()).as("the schema, after %s statements of the first run", done).isEqualTo(whole);
        }
    }

    @Test
    void filesThatWereRunByHandAreNotRunAgain() throws Exception {
        for (String file : SchemaMigration.FILES) {
            execute(Files.readString(Path.of("src/main/resources", SchemaMigration.FOLDER, file)));
        }
        execute("UPDATE grokvideo_schema SET installed_at = TIMESTAMP '2026-01-01 00:00:00Z'");

        migrate();

        assertThat(text("SELECT DISTINCT CAST(installed_at AS DATE) FROM grokvideo_schema")).containsExactly("2026-01-01");
    }

    @Test
    void jobsAreKeptAndTheSecondStartChangesNothing() throws Exception {
        try (JdbcJobStore store = JdbcJobStore.open(database, true)) {
            store.insert(Jobs.full("a"));
        }
        try (JdbcJobStore store = JdbcJobStore.open(database, true)) {
            assertThat(store.find("a")).isPresent();
        }
        assertThat(text("SELECT version FROM grokvideo_schema ORDER BY version")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void jobsOfAnEarlierVersionAreTakenAsChangedNow() throws Exception {
        for (String file : SchemaMigration.FILES.subList(0, 4)) {
            execute(Files.readString(Path.of("src/main/resources", SchemaMigration.FOLDER, file)));
        }
        JobRow row = JobRow.of(Jobs.full("old"));
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO grokvideo_job (" + String.join(", ", JobRow.SET) + ", revision) VALUES ("
                        + "?, ".repeat(JobRow.SET.size()) + "0)")) {
            row.set(statement, 1);
            statement.executeUpdate();
        }

        try (JdbcJobStore store = JdbcJobStore.open(database, true)) {
            assertThat(text("SELECT COUNT(*) FROM grokvideo_job WHERE changed_at BETWEEN CURRENT_TIMESTAMP - INTERVAL '10' MINUTE"
                    + " AND CURRENT_TIMESTAMP")).containsExactly("1");
            String mark = store.changeMark().orElseThrow();
            assertThat(mark).isEqualTo(store.changeMark().orElseThrow());
            store.update("old", job -> job.with(changes -> changes.jobKey(null)));
            assertThat(store.changeMark().orElseThrow()).isNotEqualTo(mark);
        }
    }

    @Test
    void aStatementThatIsRefusedIsReportedWithWhatToRun() throws Exception {
        execute("CREATE VIEW grokvideo_node AS SELECT 1 AS x");
        execute("CREATE USER app PASSWORD 'app'");
        JdbcConnectionPool app = JdbcConnectionPool.create("jdbc:h2:mem:migration", "app", "app");

        assertThatThrownBy(() -> JdbcJobStore.open(app, true)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("db/grokvideo/V1__jobs.sql").hasMessageContaining("a role that may create tables")
                .hasMessageContaining("(V1__jobs.sql, V2__nodes_delivery_and_tasks.sql, V3__learnt.sql, V4__spend.sql,"
                        + " V5__changes_and_times.sql)");
        assertThat(app.getActiveConnections()).isZero();
        app.dispose();
    }

    private void migrate() throws SQLException {
        JobSchema.prepare(database, true);
        assertThat(JobSchema.version(database)).isEqualTo(JobSchema.VERSION);
    }

    /** Tables, columns and indexes. */
    private List<String> schema() throws SQLException {
        List<String> all = new ArrayList<>(text("SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable"
                + " FROM information_schema.columns WHERE table_schema = 'PUBLIC' ORDER BY 1"));
        all.addAll(text("SELECT table_name || '.' || index_name FROM information_schema.indexes WHERE table_schema = 'PUBLIC'"
                + " AND index_name LIKE 'GROKVIDEO%' ORDER BY 1"));
        return all;
    }

    private List<String> text(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
