// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Path;
import io.github.grokvideo.component.store.ClassPathWithout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory needs libraries that are optional: one error names all that are missing. */
class WithoutOptionalJarsTest {

    @TempDir
    Path directory;

    @Test
    void allThatAreMissingAreNamedAtOnce() throws Exception {
        try (ClassPathWithout loader = new ClassPathWithout("h2-", "db-scheduler")) {
            Method open = open(loader);

            assertThatThrownBy(() -> open.invoke(null, directory.resolve("jobs"), true)).cause().isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.h2database:h2, io.github.grokvideo:camel-grokvideo-jdbc.")
                    .hasMessageContaining("jobStore=file:" + directory.resolve("jobs"));
            assertThatThrownBy(() -> open.invoke(null, directory.resolve("jobs"), false)).cause()
                    .hasMessageContaining("com.h2database:h2, io.github.grokvideo:camel-grokvideo-jdbc.");
            assertThat(directory.resolve("jobs")).doesNotExist();
        }
    }

    @Test
    void onlyThoseAreNamedThatAreMissing() throws Exception {
        try (ClassPathWithout loader = new ClassPathWithout("h2-")) {
            Method open = open(loader);

            assertThatThrownBy(() -> open.invoke(null, directory, true)).cause()
                    .hasMessageContaining("com.h2database:h2.");
        }
    }

    private static Method open(ClassLoader loader) throws Exception {
        Class<?> store = loader.loadClass(JdbcJobStore.class.getName());
        assertThat(store.getClassLoader()).isSameAs(loader);
        return store.getMethod("open", Path.class, boolean.class);
    }
}
