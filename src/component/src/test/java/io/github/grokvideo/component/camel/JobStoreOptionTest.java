package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import io.github.grokvideo.component.store.JdbcJobStore;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
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
    void propertiesNameADataSourceAndTheStoreIsFreeAfterTheStop() throws Exception {
        for (String value : new String[] { "#dataSource", "#bean:dataSource", "jdbc" }) {
            Main main = new Main();
            main.bind("dataSource", dataSource("main", ";WRITE_DELAY=0"));
            main.addInitialProperty("camel.component.grokvideo.jobStore", value);
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
