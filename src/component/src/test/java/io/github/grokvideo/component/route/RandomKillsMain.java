// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The process that {@link RandomKillsIT} kills: prompts from files to files with the jobs in H2, or, given a PostgreSQL URL, from rows of
 * a table to files with the jobs beside them.
 */
final class RandomKillsMain {

    static final int CALLS_AT_ONCE = 8;
    static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(2);
    static final String READY = "ready";

    private RandomKillsMain() {
    }

    /** @param arguments folder, base URL of the gateway, and maybe the URL of a PostgreSQL database */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DataSource rows = arguments.length > 2 ? pool(arguments[2]) : null;
        DefaultCamelContext context = new DefaultCamelContext();
        GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
        component.setJobStore(rows != null ? rows : JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("jobs") + ";WRITE_DELAY=0", "", ""));
        component.getConfiguration().setProvider("xai");
        component.getConfiguration().setBaseUrl(arguments[1]);
        component.getConfiguration().setApiKey(System.getenv("GATEWAY_KEY"));
        component.getConfiguration().setPollInterval(Duration.ofMillis(200));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(500));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.setIoThreads(CALLS_AT_ONCE);
        component.setSubmitTimeout(SUBMIT_TIMEOUT);
        component.setWorkDirectory(folder.resolve("work").toString());
        context.addRoutes(rows == null ? fromFiles(folder) : fromRows(folder, rows));
        context.start();
        Files.writeString(folder.resolve(READY), "");
        // Ends with the process.
        Thread.currentThread().join();
    }

    private static DataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(10);
        return pool;
    }

    private static RouteBuilder fromFiles(Path folder) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // The file stays where it is, and comes again.
                onException(GrokVideoException.class).onWhen(header("CamelGrokVideoErrorResumable").isEqualTo(true)).handled(false);
                onException(GrokVideoException.class).handled(true).setBody(exceptionMessage())
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.${header.CamelGrokVideoErrorType}");
                // Without a read lock a poll that listed a file may begin with it just after an earlier exchange has moved it away.
                from("file:" + folder
                        + "/inbox?initialDelay=0&delay=100&readLock=changed&readLockMarkerFile=false&readLockCheckInterval=20")
                        .setHeader("CamelGrokVideoJobKey", simple("${file:onlyname}"))
                        .to("grokvideo:generate")
                        .to("file:" + folder + "/outbox?fileName=${file:onlyname.noext}.mp4");
            }
        };
    }

    private static RouteBuilder fromRows(Path folder, DataSource database) {
        Rows rows = new Rows(database);
        return new RouteBuilder() {
            @Override
            public void configure() {
                // Such as of a job that a process which has ended had not sent yet.
                onException(GrokVideoException.class).onWhen(header("CamelGrokVideoErrorResumable").isEqualTo(true)).handled(true)
                        .process(exchange -> rows.again(exchange.getMessage().getHeader("CamelGrokVideoJobKey", String.class)));
                onException(GrokVideoException.class).handled(true).setBody(exceptionMessage())
                        .to("file:" + folder + "/outbox?fileName=${header.CamelGrokVideoJobKey}.${header.CamelGrokVideoErrorType}")
                        .process(exchange -> rows.taken(exchange.getMessage().getHeader("CamelGrokVideoJobKey", String.class)));
                from("timer:rows?delay=0&period=200").setBody(exchange -> rows.open())
                        .split(body()).setHeader("CamelGrokVideoJobKey", simple("${body[name]}"))
                        .setHeader("CamelGrokVideoTag", simple("${body[name]}")).setBody(simple("${body[prompt]}"))
                        .to("seda:orders?size=5000");
                from("seda:orders?size=5000&concurrentConsumers=" + CALLS_AT_ONCE).to("grokvideo:submit")
                        .process(exchange -> rows.taken(exchange.getMessage().getHeader("CamelGrokVideoJobKey", String.class)));
                from("grokvideo:completed?initialDelay=0&delay=100").process(exchange -> {
                    String error = exchange.getMessage().getHeader("CamelGrokVideoErrorType", String.class);
                    exchange.getMessage().setHeader("ending", error == null ? "mp4" : error);
                    if (error != null) {
                        exchange.getMessage().setBody(error);
                    }
                }).to("file:" + folder + "/outbox?fileName=${header.CamelGrokVideoJobTag}.${header.ending}");
            }
        };
    }

    /** A table of prompts as a source: a row is taken when its job is, and comes again when the process ends before that. */
    private static final class Rows {

        private final Set<String> onTheirWay = ConcurrentHashMap.newKeySet();
        private final DataSource database;

        private Rows(DataSource database) {
            this.database = database;
        }

        private List<Map<String, String>> open() {
            List<Map<String, String>> open = new ArrayList<>();
            try (Connection connection = database.getConnection();
                    PreparedStatement select = connection.prepareStatement("SELECT name, prompt FROM prompts WHERE NOT taken");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (onTheirWay.add(rows.getString(1))) {
                        open.add(Map.of("name", rows.getString(1), "prompt", rows.getString(2)));
                    }
                }
                return open;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void again(String name) {
            onTheirWay.remove(name);
        }

        private void taken(String name) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement update = connection.prepareStatement("UPDATE prompts SET taken = TRUE WHERE name = ?")) {
                update.setString(1, name);
                update.executeUpdate();
            }
        }
    }
}
