// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;

/** A transaction of the application that is rolled back takes its own rows with it, and no job that was paid for. */
@CamelSpringBootTest
@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:transactions")
@DirtiesContext
class TransactionsTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path dir;

    @Autowired
    private ProducerTemplate producer;
    @Autowired
    private JdbcTemplate jdbc;
    @Autowired
    private Orders orders;

    @TestConfiguration
    static class Ordering {

        @Bean
        Orders orders(JdbcTemplate jdbc, ProducerTemplate producer) {
            return new Orders(jdbc, producer);
        }

        @Bean
        RouteBuilder transactedRoute(Orders orders) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:order").transacted().process(exchange -> orders.insert(exchange.getMessage().getHeader("order", int.class)))
                            .setHeader("CamelGrokVideoJobKey", simple("order-${header.order}"))
                            .to("grokvideo:generate?directory={{outbox}}")
                            .filter(header("refused")).throwException(new IllegalStateException("The rest of the route fails"));
                }
            };
        }
    }

    static class Orders {

        private final JdbcTemplate jdbc;
        private final ProducerTemplate producer;

        Orders(JdbcTemplate jdbc, ProducerTemplate producer) {
            this.jdbc = jdbc;
            this.producer = producer;
        }

        @Transactional
        public File order(int id, boolean refused) {
            insert(id);
            File file = producer.requestBody("grokvideo:generate?directory={{outbox}}&jobKey=order-" + id, "A fox", File.class);
            if (refused) {
                throw new IllegalStateException("The rest of the method fails");
            }
            return file;
        }

        void insert(int id) {
            jdbc.update("INSERT INTO orders (id) VALUES (?)", id);
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("camel.component.grokvideo.job-store", () -> "jdbc");
        registry.add("inbox", dir.resolve("inbox")::toString);
        registry.add("outbox", dir.resolve("outbox")::toString);
    }

    private List<Integer> orderIds() {
        return jdbc.queryForList("SELECT id FROM orders", Integer.class);
    }

    private List<String> states(int order) {
        return jdbc.queryForList("SELECT state FROM grokvideo_job WHERE job_key = ?", String.class, "order-" + order);
    }

    @Test
    void aTransactedRouteThatIsRolledBackKeepsItsJob() {
        assertThatThrownBy(() -> producer.requestBodyAndHeaders("direct:order", "A fox", Map.of("order", 1, "refused", true)))
                .hasRootCauseMessage("The rest of the route fails");

        assertThat(orderIds()).doesNotContain(1);
        assertThat(states(1)).containsExactly("DOWNLOADED");

        assertThat(producer.requestBodyAndHeader("direct:order", "A fox", "order", 1, File.class)).isNotEmpty();

        assertThat(orderIds()).contains(1);
        assertThat(states(1)).containsExactly("DELIVERED");
        video.assertPaidOnce();
    }

    @Test
    void aTransactionalMethodThatIsRolledBackKeepsItsJob() {
        assertThatThrownBy(() -> orders.order(2, true)).hasMessage("The rest of the method fails");

        assertThat(orderIds()).doesNotContain(2);
        assertThat(states(2)).hasSize(1);

        assertThat(orders.order(2, false)).isNotEmpty();

        assertThat(orderIds()).contains(2);
        assertThat(states(2)).hasSize(1);
        video.assertPaidOnce();
    }
}
