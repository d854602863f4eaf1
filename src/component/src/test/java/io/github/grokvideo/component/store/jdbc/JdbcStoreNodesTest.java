// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcStoreNodesTest {

    @TempDir
    Path directory;
    private JdbcConnectionPool pool;
    private JdbcJobStore store;

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        store = JdbcJobStore.open(pool, true);
    }

    @AfterEach
    void close() {
        store.close();
        pool.dispose();
    }

    private static StoreNode node(String id) {
        return new StoreNode(id, "work-" + id, Duration.ofMillis(1500), Duration.ZERO);
    }

    private static Duration silence(StoreNodes nodes, String id) {
        return nodes.list().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow().silence();
    }

    @Test
    void nodesEnterBeatLeaveAndAreRemoved() {
        StoreNodes nodes = store.nodes();
        nodes.beat(node("a"));
        nodes.beat(node("b"));
        nodes.beat(node("a"));

        assertThat(nodes.list()).extracting(StoreNode::id, StoreNode::holder, StoreNode::submitTimeout).containsExactlyInAnyOrder(
                org.assertj.core.groups.Tuple.tuple("a", "work-a", Duration.ofSeconds(2)),
                org.assertj.core.groups.Tuple.tuple("b", "work-b", Duration.ofSeconds(2)));
        assertThat(silence(nodes, "a")).isBetween(Duration.ZERO, Duration.ofSeconds(20));

        nodes.leave("b");
        assertThat(silence(nodes, "b")).isGreaterThan(Duration.ofDays(365));
        nodes.remove("b");
        assertThat(nodes.list()).extracting(StoreNode::id).isEqualTo(List.of("a"));
        // Removed by mistake, it enters again.
        nodes.remove("a");
        nodes.beat(node("a"));
        assertThat(nodes.list()).hasSize(1);
    }

    @Test
    void whoeverOpensAnH2FileKnowsThatTheOthersHaveEnded() {
        store.nodes().beat(node("a"));
        store.close();
        store = JdbcJobStore.open(pool, true);

        assertThat(silence(store.nodes(), "a")).isGreaterThan(Duration.ofDays(365));
    }
}
