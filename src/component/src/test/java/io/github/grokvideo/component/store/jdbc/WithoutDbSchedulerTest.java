// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import io.github.grokvideo.component.store.ClassPathWithout;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** db-scheduler is optional: a program that keeps its jobs in a database and lacks it is told so when it starts. */
class WithoutDbSchedulerTest {

    @TempDir
    Path directory;

    @Test
    void theMissingArtifactIsNamed() throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0");
        try (ClassPathWithout loader = new ClassPathWithout("db-scheduler")) {
            Class<?> type = loader.loadClass(JdbcJobStore.class.getName());
            assertThat(type.getClassLoader()).isSameAs(loader);
            Object store = type.getMethod("open", DataSource.class, boolean.class).invoke(null, dataSource, true);
            Method dueJobs = Arrays.stream(type.getMethods()).filter(method -> method.getName().equals("dueJobs")).findAny().orElseThrow();

            assertThatThrownBy(() -> dueJobs.invoke(store, "node-1", null)).cause().isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("io.github.grokvideo:camel-grokvideo-jdbc");
            type.getMethod("close").invoke(store);
        }
    }
}
