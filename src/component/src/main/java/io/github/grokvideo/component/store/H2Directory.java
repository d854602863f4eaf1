package io.github.grokvideo.component.store;

import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in a directory, opened and closed by the store. The only class that needs H2, which is optional. */
final class H2Directory implements StoreLock {

    private static final String NAME = "jobs";
    private static final String URL = "jdbc:h2:file:retry:%s"
            // An interrupt of a thread that writes does not close the file for all (retry); each commit is in the file before it returns.
            + ";WRITE_DELAY=0"
            // Jobs are stored until the store is closed, not until the JVM begins to end.
            + ";DB_CLOSE_ON_EXIT=FALSE"
            // H2 moves what it compacts at each close within the file, and at times trips over it.
            + ";MAX_COMPACT_TIME=0"
            // A file beside the database would show statements.
            + ";TRACE_LEVEL_FILE=0";

    private final FileStoreLock lock;
    private final JdbcConnectionPool pool;

    private H2Directory(FileStoreLock lock, JdbcConnectionPool pool) {
        this.lock = lock;
        this.pool = pool;
    }

    /**
     * Makes the directory and the database where they are missing.
     *
     * @throws IllegalStateException where the directory cannot be used, or somebody else uses it; the message says what to do
     */
    static H2Directory open(Path directory) {
        Path file = directory.toAbsolutePath().normalize().resolve(NAME);
        if (file.toString().contains(";")) {
            throw new IllegalStateException("The job store's directory " + directory + " must not have a semicolon in its path");
        }
        try {
            OwnerOnly.directory(file.getParent());
            FileStoreLock lock = FileStoreLock.open(file);
            try {
                OwnerOnly.file(Path.of(file + ".mv.db"));
                JdbcConnectionPool pool = JdbcConnectionPool.create(URL.formatted(file), "", "");
                // Only the engine's threads ask, and there are as many as it was given.
                pool.setMaxConnections(Integer.MAX_VALUE);
                return new H2Directory(lock, pool);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("The job store's directory " + directory.toAbsolutePath() + " cannot be used: " + e
                    + ". It must be one that this process may make and write", e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    /** Blocks until the file is closed. */
    @Override
    public void close() {
        try {
            pool.dispose();
        } finally {
            lock.close();
        }
    }
}
