// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import io.github.grokvideo.component.store.LearntRows;

/** What was learnt from jobs that ended, in a table. */
final class JdbcLearntRows implements LearntRows {

    private final StoreCalls calls;

    JdbcLearntRows(StoreCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Row> find(Collection<String> kinds) {
        Map<String, String> byKey = kinds.stream().filter(JobColumn::isText)
                .collect(Collectors.toMap(JobRow::indexed, Function.identity(), (one, same) -> one));
        if (byKey.isEmpty()) {
            return List.of();
        }
        String sql = "SELECT kind, content, revision FROM grokvideo_learnt WHERE kind IN (?" + ", ?".repeat(byKey.size() - 1) + ")";
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int next = 1;
                for (String key : byKey.keySet()) {
                    statement.setString(next++, key);
                }
                List<Row> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Row(byKey.get(rows.getString("kind")), rows.getString("content"), rows.getLong("revision")));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public boolean put(Row row) {
        return JobColumn.isText(row.kind()) && calls.call(connection -> row.revision() == 0 ? insert(connection, row)
                : update(connection, row));
    }

    private static boolean insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO grokvideo_learnt (content, changed_at, revision, kind) VALUES (?, CURRENT_TIMESTAMP, 1, ?)")) {
            statement.setString(1, row.content());
            statement.setString(2, JobRow.indexed(row.kind()));
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (StoreCalls.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static boolean update(Connection connection, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE grokvideo_learnt SET content = ?,"
                + " changed_at = CURRENT_TIMESTAMP, revision = revision + 1 WHERE kind = ? AND revision = ?")) {
            statement.setString(1, row.content());
            statement.setString(2, JobRow.indexed(row.kind()));
            statement.setLong(3, row.revision());
            return statement.executeUpdate() == 1;
        }
    }
}
