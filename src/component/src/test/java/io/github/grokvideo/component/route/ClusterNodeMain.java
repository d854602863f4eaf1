// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.SpendLimitException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * One machine of {@link Cluster}: takes orders from its standard input, as it would from a broker, and writes what it did to tables that
 * the test reads. An order is {@code submit KEY PROMPT}, {@code generate KEY PROMPT} or {@code stop}.
 */
final class ClusterNodeMain {

    private ClusterNodeMain() {
    }

    /** What the processes are told in system properties: {@code node.NAME}. */
    private static String option(String name) {
        return System.getProperty("node." + name);
    }

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(option("store"));
        pool.setMaximumPoolSize(10);
        pool.setConnectionTimeout(3000);
        pool.setValidationTimeout(1000);
        pool.setInitializationFailTimeout(30_000);
        context.getRegistry().bind("jobs", new HikariDataSource(pool));
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore("#jobs");
        component.setWorkDirectory(option("work"));
        component.setSharedWorkDirectory(Boolean.parseBoolean(option("shared")));
        component.setSubmitTimeout(Duration.ofSeconds(10));
        component.setIoThreads(8);
        component.setBudget(option("budget"));
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(option("gateway"));
        component.getConfiguration().setApiKey(System.getenv("GATEWAY_KEY"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(500));
        component.getConfiguration().setMaxPollInterval(Duration.ofSeconds(2));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        context.addRoutes(routes(Boolean.parseBoolean(option("consumes"))));
        context.start();
        try (Records records = new Records()) {
            records.add("test_event", option("name"), "started");
        }
        obey(context.createProducerTemplate());
        context.stop();
    }

    /** Ends with the test: its end of the pipe is closed then. */
    private static void obey(ProducerTemplate orders) throws Exception {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
                String[] order = line.split(" ", 3);
                orders.sendBodyAndHeaders("seda:" + order[0] + "?size=1000", order[2],
                        Map.of("key", order[1], "CamelGrokVideoJobKey", order[1], "CamelGrokVideoTag", order[1]));
            }
        }
    }

    private static RouteBuilder routes(boolean consumes) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // As a broker does, which brings a message again until it is taken; but for what must not be sent again.
                errorHandler(defaultErrorHandler().maximumRedeliveries(120).redeliveryDelay(1000).asyncDelayedRedelivery()
                        .retryAttemptedLogLevel(LoggingLevel.DEBUG));
                onException(SubmitUnknownException.class, SpendLimitException.class).handled(true).maximumRedeliveries(0)
                        .process(record("test_submitted"));
                from("seda:submit?size=1000&concurrentConsumers=4").to("grokvideo:submit").process(record("test_submitted"));
                from("seda:generate?size=1000&concurrentConsumers=2").errorHandler(noErrorHandler()).to("grokvideo:generate?waitTimeout=2m")
                        .process(record("test_generated"));
                if (consumes) {
                    from("grokvideo:completed?delay=100&initialDelay=0&redeliveryDelay=500ms").errorHandler(noErrorHandler())
                            .process(record("test_delivered"))
                            // So that whoever is killed has some that are delivered and not acknowledged.
                            .delay(300).asyncDelayed();
                }
            }
        };
    }

    private static org.apache.camel.Processor record(String table) {
        return exchange -> {
            try (Records records = new Records()) {
                records.add(table, exchange);
            }
        };
    }

    /** Rows for the test, past whatever stands between the component and its store. */
    private static final class Records implements AutoCloseable {

        private final Connection connection;

        private Records() throws Exception {
            connection = DriverManager.getConnection(option("records"));
        }

        private void add(String table, Exchange exchange) throws Exception {
            Message message = exchange.getMessage();
            File file = table.equals("test_submitted") ? null : message.getBody(File.class);
            add(table, option("name"), message.getHeader("CamelGrokVideoJobId", String.class),
                    table.equals("test_delivered") ? message.getHeader("CamelGrokVideoJobTag", String.class)
                            : message.getHeader("key", String.class),
                    message.getHeader("CamelGrokVideoStatus", String.class),
                    message.getHeader("CamelGrokVideoDeliveries", 0, Integer.class),
                    message.getHeader("CamelGrokVideoRedelivered", false, Boolean.class),
                    file == null ? null : HexFormat.of().formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.toPath()))));
        }

        private void add(String table, Object... values) throws Exception {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(values.length - 1) + ")")) {
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.executeUpdate();
            }
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
