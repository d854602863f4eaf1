// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import io.github.grokvideo.component.store.StoreClock;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;

/** Heartbeats in a table. Uses only the database's clock, since those of the nodes may differ. */
final class JdbcStoreNodes implements StoreNodes {

    private static final OffsetDateTime LONG_AGO = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    private static final String NOW = "CURRENT_TIMESTAMP";

    private final StoreCalls calls;
    private final StoreClock clock;
    private final Runnable atBeat;

    /** @param atBeat database maintenance, run with each heartbeat */
    JdbcStoreNodes(StoreCalls calls, StoreClock clock, Runnable atBeat) {
        this.calls = calls;
        this.atBeat = atBeat;
        this.clock = clock;
    }

    @Override
    public StoreClock clock() {
        return clock;
    }

    /** Marks all registered nodes as ended, since only this process can use the store. */
    void othersHaveEnded() {
        calls.call(connection -> silence(connection, "UPDATE grokvideo_node SET beat_at = ?", null));
    }

    @Override
    public void beat(StoreNode node) {
        if (calls.call(connection -> renew(connection, node)) == 0) {
            calls.call(connection -> enter(connection, node));
        }
        atBeat.run();
    }

    private static int renew(Connection connection, StoreNode node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE grokvideo_node SET beat_at = " + NOW + " WHERE id = ?")) {
            statement.setString(1, node.id());
            return statement.executeUpdate();
        }
    }

    private static int enter(Connection connection, StoreNode node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO grokvideo_node"
                + " (id, holder, submit_seconds, started_at, beat_at) VALUES (?, ?, ?, " + NOW + ", " + NOW + ")")) {
            statement.setString(1, node.id());
            statement.setString(2, node.holder());
            statement.setLong(3, node.submitTimeout().plusMillis(999).toSeconds());
            return statement.executeUpdate();
        }
    }

    @Override
    public List<StoreNode> list() {
        return calls.call(connection -> {
            Instant asked = clock.steady();
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id, holder, submit_seconds, beat_at, " + NOW + " AS read_at FROM grokvideo_node");
                    ResultSet rows = statement.executeQuery()) {
                Instant answered = clock.steady();
                List<StoreNode> nodes = new ArrayList<>();
                while (rows.next()) {
                    Instant now = rows.getObject("read_at", OffsetDateTime.class).toInstant();
                    if (nodes.isEmpty()) {
                        clock.adjust(asked, now, answered);
                    }
                    Instant beat = rows.getObject("beat_at", OffsetDateTime.class).toInstant();
                    nodes.add(new StoreNode(rows.getString("id"), rows.getString("holder"),
                            Duration.ofSeconds(rows.getLong("submit_seconds")), Duration.between(beat, now)));
                }
                return nodes;
            }
        });
    }

    @Override
    public void leave(String id) {
        calls.call(connection -> silence(connection, "UPDATE grokvideo_node SET beat_at = ? WHERE id = ?", id));
    }

    private static int silence(Connection connection, String sql, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, LONG_AGO);
            if (id != null) {
                statement.setString(2, id);
            }
            return statement.executeUpdate();
        }
    }

    @Override
    public void remove(String id) {
        calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM grokvideo_node WHERE id = ?")) {
                statement.setString(1, id);
                return statement.executeUpdate();
            }
        });
    }
}
