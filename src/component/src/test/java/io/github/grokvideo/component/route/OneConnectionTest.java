// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs in a database whose pool has one connection: nothing needs a second one while it holds the first. */
class OneConnectionTest extends SimulatedGateway {

    private static final int JOBS = 8;
    private static final long LONGEST_WAIT_MILLIS = 3_000;
    private static final long LONGEST_TEST_MILLIS = 60_000;

    private HikariDataSource pool;

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        pool = pool();
        component.setJobStore(pool);
        return component;
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
        return new HikariDataSource(config);
    }

    @AfterEach
    void closePool() {
        context.stop();
        pool.close();
    }

    @Test
    void itIsEnough() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate").to("mock:generated");
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0").to("mock:completed");
            }
        });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(JOBS);
        completed.setResultWaitTime(LONGEST_TEST_MILLIS);
        MockEndpoint generated = context.getEndpoint("mock:generated", MockEndpoint.class);
        generated.expectedMessageCount(JOBS);
        generated.setResultWaitTime(LONGEST_TEST_MILLIS);

        for (int i = 0; i < JOBS; i++) {
            context.createProducerTemplate().sendBody("direct:submit", "a cat " + i);
            context.createProducerTemplate().asyncSendBody("direct:generate", "a dog " + i);
        }

        completed.assertIsSatisfied();
        generated.assertIsSatisfied();
        assertThat(paidJobs()).isEqualTo(2 * JOBS);
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(component.getEngine().store().list(job -> true, 100))
                .extracting(VideoJob::state).hasSize(2 * JOBS).containsOnly(JobState.DELIVERED));
    }
}
