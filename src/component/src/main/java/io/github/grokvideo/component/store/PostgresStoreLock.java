package io.github.grokvideo.component.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** A session's advisory lock on a connection of its own; the server drops it with the connection. Thread-safe. */
final class PostgresStoreLock implements StoreLock {

    private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int ANSWER_SECONDS = 5;
    /** "grok". The second half of the lock's name is the schema, which holds one table of jobs. */
    private static final String NAME = "1735552875, hashtext(current_schema())";
    private static final String HOLDER = "SELECT a.pid, a.application_name, a.client_addr, a.backend_start FROM pg_locks l"
            + " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
            + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND l.classid::bigint = 1735552875 AND l.objid::bigint = (hashtext(current_schema())::bigint & 4294967295)";

    private final ReentrantLock lock = new ReentrantLock();
    private final DataSource dataSource;
    private Connection connection;
    private volatile boolean held;
    private volatile boolean closed;
    private volatile long checkedAt;

    private PostgresStoreLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws IllegalStateException naming who has it */
    static PostgresStoreLock open(DataSource dataSource) throws SQLException {
        PostgresStoreLock lock = new PostgresStoreLock(dataSource);
        String holder = lock.acquire();
        if (holder != null) {
            throw new IllegalStateException(taken(holder));
        }
        return lock;
    }

    private static String taken(String holder) {
        return "The job store is in use by " + holder + ": one process at a time may use a store";
    }

    /** The connection may have ended, and somebody else may have been faster since. */
    @Override
    public void check() throws SQLException {
        if (isFresh()) {
            return;
        }
        lock.lock();
        try {
            if (isFresh()) {
                return;
            }
            if (connection != null && connection.isValid(ANSWER_SECONDS)) {
                checkedAt = System.nanoTime();
                return;
            }
            held = false;
            release();
            String holder = acquire();
            if (holder != null) {
                throw new SQLException(taken(holder));
            }
        } finally {
            lock.unlock();
        }
    }

    /** After the end the last work of a route may still be written down; the lock is not taken again for it. */
    private boolean isFresh() {
        return closed || held && System.nanoTime() - checkedAt < TRUSTED_NANOS;
    }

    /** @return null = it is ours, else who has it */
    private String acquire() throws SQLException {
        Connection fresh = dataSource.getConnection();
        try {
            fresh.setAutoCommit(true);
            try (PreparedStatement name = fresh.prepareStatement("SELECT set_config('application_name', ?, false)")) {
                name.setString(1, "grokvideo process " + ProcessHandle.current().pid());
                name.executeQuery().close();
            }
            if (isTrue(fresh, "SELECT pg_try_advisory_lock(" + NAME + ")")) {
                connection = fresh;
                checkedAt = System.nanoTime();
                held = true;
                return null;
            }
            String holder = holder(fresh);
            giveBack(fresh);
            return holder;
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static String holder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(HOLDER)) {
            if (!row.next()) {
                return "another process";
            }
            String address = row.getString(3);
            return "'" + row.getString(2) + "' at " + (address == null ? "the server's machine" : address) + " since "
                    + row.getString(4) + " (backend " + row.getInt(1) + ")";
        }
    }

    /** The connection may be a pool's: it goes back as it came. */
    private static void giveBack(Connection connection) throws SQLException {
        try (connection; Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + NAME + ")");
            statement.execute("RESET application_name");
        }
    }

    private void release() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                giveBack(old);
            } catch (SQLException ended) {
                // The server has dropped the lock with the connection, or will.
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            release();
        } finally {
            lock.unlock();
        }
    }
}
