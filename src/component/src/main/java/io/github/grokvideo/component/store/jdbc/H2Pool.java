// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The connections of one embedded H2 database. H2 closes a database that it cannot write, for example on a full disk; this pool reopens it
 * for the next connection. Thread-safe.
 */
final class H2Pool implements DataSource {

    /** H2 reports the share of live data as a whole percentage only. */
    private static final String SIZES = "SELECT MAX(CASE SETTING_NAME WHEN 'info.FILE_SIZE' THEN CAST(SETTING_VALUE AS BIGINT) END),"
            + " MAX(CASE SETTING_NAME WHEN 'info.FILE_SIZE' THEN 0 ELSE CAST(REPLACE(SETTING_VALUE, '%') AS BIGINT) END)"
            + " FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME IN ('info.FILE_SIZE', 'info.CHUNKS_FILL_RATE')";

    private static final Duration LONGEST_USE = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final String url;
    private JdbcConnectionPool pool;
    private long given;
    private boolean closed;

    H2Pool(String url) {
        this.url = url;
        this.pool = create();
    }

    private JdbcConnectionPool create() {
        JdbcConnectionPool created = JdbcConnectionPool.create(url, "", "");
        // Only the engine's threads use the pool, and their number is limited.
        created.setMaxConnections(Integer.MAX_VALUE);
        return created;
    }

    /** Bytes of the file, and how many of them are live data. */
    record Size(long file, long live) {
    }

    @Override
    public Connection getConnection() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw new SQLException("The job store is closed", "08003");
            }
            given++;
            Connection connection = working();
            if (connection != null) {
                return connection;
            }
            reopen();
            return pool.getConnection();
        } finally {
            lock.unlock();
        }
    }

    /** @return null = H2 has closed the database */
    private Connection working() {
        try {
            Connection connection = pool.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("CALL 1");
                return connection;
            } catch (SQLException closed) {
                connection.close();
                return null;
            }
        } catch (SQLException closed) {
            return null;
        }
    }

    private void reopen() {
        pool.dispose();
        pool = create();
    }

    /** @return how many connections were requested since the database was opened */
    long given() {
        lock.lock();
        try {
            return given;
        } finally {
            lock.unlock();
        }
    }

    Size size() throws SQLException {
        try (Connection connection = getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SIZES)) {
            row.next();
            return new Size(row.getLong(1), row.getLong(1) * row.getLong(2) / 100);
        }
    }

    /**
     * Compacts the file. Requests for a connection block meanwhile.
     *
     * @return false = not done, since connections are in use
     */
    boolean compact() throws SQLException {
        lock.lock();
        try {
            long end = System.nanoTime() + LONGEST_USE.toNanos();
            while (pool.getActiveConnections() > 0 && System.nanoTime() - end < 0) {
                // Statements are short, and the pool does not report when a connection is returned.
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            if (pool.getActiveConnections() > 0) {
                return false;
            }
            shutdown(true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the database cleanly, even while connections are in use.
     *
     * @param compact as {@link #compact}
     */
    void close(boolean compact) throws SQLException {
        lock.lock();
        try {
            shutdown(compact);
        } finally {
            closed = true;
            pool.dispose();
            lock.unlock();
        }
    }

    private void shutdown(boolean compact) throws SQLException {
        try (Connection connection = getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(compact ? "SHUTDOWN COMPACT" : "SHUTDOWN");
        } finally {
            reopen();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The database has one user");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Connections are local and open at once.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
