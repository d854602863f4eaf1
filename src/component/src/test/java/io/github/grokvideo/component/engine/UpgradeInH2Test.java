// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class UpgradeInH2Test extends UpgradeContract {

    private JdbcConnectionPool pool;

    @Override
    DataSource database() throws Exception {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(dump("v1-h2.sql"));
        }
        return pool;
    }

    /** Its file was locked as long as it lived. */
    @Override
    void oldProcessEndedLongAgo() {
    }

    @AfterEach
    void closePool() {
        super.stop();
        pool.dispose();
    }
}
