// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.store.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class UpgradeInPostgresIT extends UpgradeContract {

    @TempDir
    static Path data;
    private static PostgresServer server;
    private static int databases;
    private HikariDataSource pool;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start(data.resolve("data"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    DataSource database() throws Exception {
        String name = "upgrade" + databases++;
        server.create(name);
        PostgresServer.execute(server.database(name), dump("v1-postgresql.sql"));
        pool = PostgresServer.pool(server.database(name), 8);
        return pool;
    }

    @Override
    void oldProcessEndedLongAgo() throws Exception {
        PostgresServer.execute(server.database("upgrade" + (databases - 1)),
                "UPDATE grokvideo_node SET beat_at = beat_at - INTERVAL '1 day'");
    }

    @AfterEach
    void closePool() {
        super.stop();
        pool.close();
    }
}
