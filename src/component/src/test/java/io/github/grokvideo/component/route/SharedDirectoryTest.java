// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A work directory that is said to be shared and is not is found out when a node starts, not when a video is missing. */
class SharedDirectoryTest {

    @TempDir
    Path directory;
    private JdbcConnectionPool database;
    private final DefaultCamelContext first = new DefaultCamelContext();
    private final DefaultCamelContext second = new DefaultCamelContext();

    @BeforeEach
    void startFirst() throws Exception {
        // Several engines may be on it, unlike on a file.
        database = JdbcConnectionPool.create("jdbc:h2:mem:shared;DB_CLOSE_DELAY=-1", "", "");
        start(first, "work-a");
    }

    @AfterEach
    void stop() throws Exception {
        second.stop();
        first.stop();
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        database.dispose();
    }

    private void start(DefaultCamelContext context, String workDirectory) throws Exception {
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(database);
        component.setSharedWorkDirectory(true);
        component.setWorkDirectory(directory.resolve(workDirectory).toString());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("grokvideo:completed").to("mock:completed");
            }
        });
        context.start();
    }

    @Test
    void anotherDirectoryIsNamed() {
        assertThatThrownBy(() -> start(second, "work-b")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sharedWorkDirectory=true").hasMessageContaining("work-b")
                .hasMessageContaining("sharedWorkDirectory=false");
    }

    @Test
    void theSameDirectoryIsWelcome() {
        assertThatCode(() -> start(second, "work-a")).doesNotThrowAnyException();
    }
}
