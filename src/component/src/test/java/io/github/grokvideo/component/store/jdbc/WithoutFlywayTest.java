// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Path;
import javax.sql.DataSource;
import io.github.grokvideo.component.store.ClassPathWithout;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway is optional: a program that does without it is told so, and has no class that misses it. */
class WithoutFlywayTest {

    @TempDir
    Path directory;

    @Test
    void theMissingArtifactIsNamed() throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0");
        try (ClassPathWithout loader = new ClassPathWithout("flyway")) {
            Class<?> store = loader.loadClass(JdbcJobStore.class.getName());
            assertThat(store.getClassLoader()).isSameAs(loader);
            Method open = store.getMethod("open", DataSource.class, boolean.class);

            assertThatThrownBy(() -> open.invoke(null, dataSource, true)).cause().isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.flywaydb:flyway-core").hasMessageContaining("createSchema=false");
            assertThatThrownBy(() -> open.invoke(null, dataSource, false)).cause().hasMessageContaining("no usable table");
        }
    }
}
