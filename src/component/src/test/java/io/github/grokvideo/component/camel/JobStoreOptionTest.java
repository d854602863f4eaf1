// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import io.github.grokvideo.component.camel.wiring.JobStoreOption;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStoreOptionTest {

    @TempDir
    Path directory;
    private final CamelContext context = new DefaultCamelContext();
    private final JobStore memory = new MemoryJobStore();

    @AfterEach
    void close() {
        context.stop();
    }

    private JdbcDataSource dataSource(String name, String settings) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:file:" + directory.resolve(name) + settings);
        return dataSource;
    }

    private JobStore store(Object option) {
        JobStoreOption.Opened opened = JobStoreOption.open(context, option, true, memory);
        opened.release().run();
        return opened.store();
    }

    @Test
    void whatTheOptionTakes() {
        assertThat(store(null)).isSameAs(memory);
        assertThat(store("memory")).isSameAs(memory);
        MemoryJobStore own = new MemoryJobStore();
        assertThat(store(own)).isSameAs(own);
        JdbcDataSource dataSource = dataSource("jobs", ";WRITE_DELAY=0");
        assertThat(store(dataSource)).isInstanceOf(JdbcJobStore.class);
        context.getRegistry().bind("db", dataSource);
        assertThat(store("#db")).isInstanceOf(JdbcJobStore.class);
        assertThat(store("#bean:db")).isInstanceOf(JdbcJobStore.class);
        assertThat(store("jdbc")).isInstanceOf(JdbcJobStore.class);
    }

    @Test
    void aDirectoryBecomesADatabaseThatIsOpenedAgain() {
        for (Object option : new Object[] { "file:" + directory.resolve("new/jobs"), "file://" + directory.resolve("new/jobs") + "/",
                directory.resolve("new/jobs") }) {
            JobStoreOption.Opened opened = JobStoreOption.open(context, option, true, memory);
            assertThat(opened.store().isDurable()).isTrue();
            assertThat(opened.store().list(job -> true, 10)).hasSizeLessThan(2);
            opened.store().insert(VideoJob.create("job", "default", "xai", Instant.now(),
                    job -> job.request(VideoRequest.ofPrompt("a cat"))));
            assertThatThrownBy(() -> store(option)).hasMessageContaining("in use by another engine");
            opened.release().run();
        }
        try (JobStore store = JdbcJobStore.open(directory.resolve("new/jobs"), true)) {
            assertThat(store.list(job -> true, 10)).hasSize(1);
        }
    }

    @Test
    void placeholdersAndVariablesNameTheDirectory() throws Exception {
        context.getPropertiesComponent().addInitialProperty("base", directory.toString());
        for (String option : new String[] { "file:{{base}}/a", "file:${base}/b", "file:${grokvideo.test.base}/c" }) {
            System.setProperty("grokvideo.test.base", directory.toString());
            try {
                store(option);
            } finally {
                System.clearProperty("grokvideo.test.base");
            }
            assertThat(directory.resolve(option.substring(option.length() - 1)).resolve("jobs.mv.db")).exists();
        }
        assertThatThrownBy(() -> store("file:${no.such}/x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no property no.such");
        assertThatThrownBy(() -> store("file: ")).hasMessageContaining("names no directory");
        assertThatThrownBy(() -> store("classpath:data")).hasMessageContaining("camel export has written classpath: for file:");
    }

    @Test
    void theFilesAreTheOwnersAlone() throws Exception {
        Path jobs = directory.resolve("private");
        JobStoreOption.Opened opened = JobStoreOption.open(context, "file:" + jobs, true, memory);
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jobs))).isEqualTo("rwx------");
            allFilesAreTheOwnersAlone(jobs);
        } finally {
            opened.release().run();
        }
        allFilesAreTheOwnersAlone(jobs);
    }

    private static void allFilesAreTheOwnersAlone(Path jobs) throws IOException {
        try (Stream<Path> files = Files.list(jobs)) {
            assertThat(files.toList()).hasSizeGreaterThan(1).allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString())
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsSaid() throws Exception {
        Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> store("file:" + directory.resolve("file"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.resolve("file").toString())
                .hasMessageContaining("must be able to create it and write to it");
        assertThatThrownBy(() -> store("file:" + directory.resolve("a;b"))).hasMessageContaining("semicolon");
    }

    @Test
    void whatItDoesNotTakeIsSaid() {
        assertThatThrownBy(() -> store("jdbc")).hasMessageContaining("no javax.sql.DataSource is in the registry");
        assertThatThrownBy(() -> store("#none")).hasMessageContaining("#none").hasMessageContaining("registry");
        assertThatThrownBy(() -> store("postgres")).hasMessageContaining("'postgres'").hasMessageContaining("jdbc (the only");
        assertThatThrownBy(() -> store(42)).hasMessageContaining("java.lang.Integer");
        context.getRegistry().bind("b", dataSource("b", ""));
        context.getRegistry().bind("a", dataSource("a", ""));
        assertThatThrownBy(() -> store("jdbc")).hasMessageContaining("[a, b]").hasMessageContaining("jobStore=#name");
    }

    @Test
    void theOnlyDataSourceNeedsNoName() throws Exception {
        DataSource unnamed = dataSource("unnamed", ";WRITE_DELAY=0");
        context.getRegistry(DefaultRegistry.class).addBeanRepository(new SimpleRegistry() {
            @Override
            public <T> Set<T> findByType(Class<T> type) {
                return type.isInstance(unnamed) ? Set.of(type.cast(unnamed)) : Set.of();
            }
        });

        assertThat(store("jdbc")).isInstanceOf(JdbcJobStore.class);
    }

    @Test
    void propertiesNameADataSourceAndTheStoreIsFreeAfterTheStop() throws Exception {
        for (String value : new String[] { "#dataSource", "#bean:dataSource", "jdbc", "file:{{jobs}}" }) {
            Main main = new Main();
            main.bind("dataSource", dataSource("main", ";WRITE_DELAY=0"));
            main.addInitialProperty("camel.component.grokvideo.jobStore", value);
            main.addInitialProperty("jobs", directory.resolve("directory").toString());
            main.addInitialProperty("camel.component.grokvideo.workDirectory", directory.resolve("work").toString());
            main.start();
            try {
                GrokVideoComponent component = main.getCamelContext().getComponent("grokvideo", GrokVideoComponent.class);
                assertThat(component.getEngine().store()).as(value).isInstanceOf(JdbcJobStore.class);
                assertThat(component.getEngine().store().isDurable()).isTrue();
            } finally {
                main.stop();
            }
        }
    }

    @Test
    void aRouteWhoseStoreIsNotFitDoesNotStart() throws Exception {
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(dataSource("lossy", ""));
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setApiKey("xai-simulator");
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate");
            }
        });

        assertThatThrownBy(context::start).hasStackTraceContaining(";WRITE_DELAY=0");
    }
}
