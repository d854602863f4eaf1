// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.nio.file.Path;
import io.github.grokvideo.component.store.PostgresServer;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Several machines on one PostgreSQL and one simulated gateway. Each test makes its {@link Cluster}, with a database of its own. */
abstract class SharedDatabaseTestBase {

    @TempDir
    static Path data;
    protected static PostgresServer server;
    @TempDir
    protected Path directory;
    protected GrokVideoSimulator simulator;
    protected Cluster cluster;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start(data.resolve("data"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void startSimulator() {
        simulator = GrokVideoSimulator.builder().port(0).videos(VideoMode.SHARED).start();
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        simulator.close();
    }

    protected long posts() {
        return simulator.requests().count(RequestKind.SUBMIT);
    }
}
