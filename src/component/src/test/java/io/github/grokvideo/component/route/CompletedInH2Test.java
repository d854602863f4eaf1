// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import io.github.grokvideo.component.camel.GrokVideoComponent;




import org.apache.camel.CamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

/** As {@link CompletedTest}, timed by the store. */
class CompletedInH2Test extends CompletedTest {

    private JdbcConnectionPool pool;

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        component.setJobStore(pool);
        return component;
    }

    @AfterEach
    void closePool() {
        context.stop();
        pool.dispose();
    }
}
