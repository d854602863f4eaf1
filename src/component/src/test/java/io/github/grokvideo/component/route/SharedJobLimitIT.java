// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.store.PostgresServer;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.job.SimulatedJob;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on one PostgreSQL that submit at once never have more jobs at the gateway than {@code maxConcurrentJobs}. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SharedJobLimitIT {

    private static final int LIMIT = 5;
    private static final int EACH = 12;
    private static final List<String> NODES = List.of("one", "two", "three");

    @TempDir
    Path directory;
    private PostgresServer server;
    private GrokVideoSimulator simulator;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<DefaultCamelContext> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.start(directory.resolve("data"));
        server.create("jobs");
        simulator = GrokVideoSimulator.builder().port(0).videos(VideoMode.SHARED).start();
        for (String name : NODES) {
            nodes.add(node(name));
        }
    }

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(DefaultCamelContext::stop);
        pools.forEach(HikariDataSource::close);
        simulator.close();
        server.close();
    }

    private DefaultCamelContext node(String name) throws Exception {
        HikariDataSource pool = PostgresServer.pool(server.database("jobs"), 10);
        pools.add(pool);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("jobs", pool);
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore("#jobs");
        component.setWorkDirectory(directory.resolve(name).toString());
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(simulator.baseUrl("xai"));
        component.getConfiguration().setApiKey(simulator.apiKey("xai"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(100));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(300));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.getConfiguration().setMaxConcurrentJobs(LIMIT);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:submit").to("grokvideo:submit").to("mock:submitted");
            }
        });
        context.start();
        return context;
    }

    private int submitted() {
        return nodes.stream().mapToInt(node -> node.getEndpoint("mock:submitted", MockEndpoint.class).getReceivedCounter()).sum();
    }

    /** @return most jobs that the gateway had at once: when each of them began, those that had begun and not ended */
    private long mostAtOnce() {
        List<SimulatedJob> jobs = simulator.jobs();
        return jobs.stream().map(SimulatedJob::created).mapToLong(begun -> jobs.stream()
                .filter(job -> !job.created().isAfter(begun) && isOpen(job, begun)).count()).max().orElseThrow();
    }

    private static boolean isOpen(SimulatedJob job, Instant at) {
        return job.finished().isAfter(at);
    }

    @Test
    void allNodesTogetherKeepTheLimit() {
        for (int i = 0; i < EACH; i++) {
            nodes.forEach(node -> node.createFluentProducerTemplate().to("direct:submit").withBody("a cat [[render=1s]]").asyncSend());
        }

        await().atMost(Duration.ofSeconds(180)).until(() -> submitted() == NODES.size() * EACH);

        assertThat(simulator.jobs()).hasSize(NODES.size() * EACH);
        assertThat(mostAtOnce()).isEqualTo(LIMIT);
    }
}
