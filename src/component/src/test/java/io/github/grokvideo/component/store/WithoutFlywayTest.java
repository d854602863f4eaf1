package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
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
        try (URLClassLoader loader = withoutFlyway()) {
            Class<?> store = loader.loadClass(JdbcJobStore.class.getName());
            assertThat(store.getClassLoader()).isSameAs(loader);
            Method open = store.getMethod("open", DataSource.class, boolean.class);

            assertThatThrownBy(() -> open.invoke(null, dataSource, true)).cause().isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.flywaydb:flyway-core").hasMessageContaining("createSchema=false");
            assertThatThrownBy(() -> open.invoke(null, dataSource, false)).cause().hasMessageContaining("no usable table");
        }
    }

    private static URLClassLoader withoutFlyway() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            // A second Log4j would begin the suite's log anew.
            if (!entry.contains("flyway") && !entry.contains("log4j")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
