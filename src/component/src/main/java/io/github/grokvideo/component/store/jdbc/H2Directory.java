// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import io.github.grokvideo.component.job.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 database in a directory, opened, kept small and closed by the store. With {@link H2Pool} all that needs H2, which is optional. */
final class H2Directory implements StoreLock {

    private static final Logger LOG = LoggerFactory.getLogger(H2Directory.class);
    private static final String NAME = "jobs";
    private static final String URL = "jdbc:h2:file:retry:%s"
            // An interrupt of a thread that writes does not close the file for all (retry); each commit is in the file before it returns.
            + ";WRITE_DELAY=0"
            // Jobs are stored until the store is closed, not until the JVM begins to end.
            + ";DB_CLOSE_ON_EXIT=FALSE"
            // Each commit writes whole pages, and the space of old ones is used again only when the disk surely has the new ones:
            // see maintain.
            + ";PAGE_SIZE=4096;RETENTION_TIME=10000"
            // H2 moves what it compacts at each close within the file, and at times trips over it.
            + ";MAX_COMPACT_TIME=0"
            // A file beside the database would show statements.
            + ";TRACE_LEVEL_FILE=0";
    /** SQL states of a file that is corrupt, or is no database. */
    private static final Set<String> UNREADABLE = Set.of("90030", "90048", "HY000");
    private static final int MEBIBYTE = 1024 * 1024;
    /** Compacting writes what is in use anew, some 20 MiB in a second. */
    private static final long MOST_TO_COMPACT = 256L * MEBIBYTE;
    private static final long WORTH_IT = 8L * MEBIBYTE;
    /** Whoever writes or reads waits for it, a second perhaps. */
    private static final long WORTH_WAITING = 64L * MEBIBYTE;
    private static final long WORTH_IT_AT_STOP = MEBIBYTE;
    /** Calls of {@link #maintain}. */
    private static final int BETWEEN_COMPACTIONS = 12;
    /** Calls of the database between two of these. */
    private static final int IDLE = 100;

    private final Path file;
    private final FileStoreLock lock;
    private final H2Pool pool;
    private int sinceCompaction;
    private long givenBefore;

    private H2Directory(Path file, FileStoreLock lock) {
        this.file = file;
        this.lock = lock;
        this.pool = new H2Pool(URL.formatted(file));
    }

    /**
     * Makes the directory and the database where they are missing.
     *
     * @throws IllegalStateException where the directory cannot be used, somebody else uses it, or its jobs were lost; the message says what
     *                               to do
     */
    static H2Directory open(Path directory) throws SQLException {
        Path file = directory.toAbsolutePath().normalize().resolve(NAME);
        if (file.toString().contains(";")) {
            throw new IllegalStateException("The job store's directory " + directory + " must not have a semicolon in its path");
        }
        try {
            OwnerOnly.createDirectories(file.getParent());
            FileStoreLock lock = FileStoreLock.open(file);
            try {
                new StoreMarker(file).checkFile();
                OwnerOnly.createFile(StoreMarker.databaseFile(file));
                H2Directory opened = new H2Directory(file, lock);
                opened.read();
                return opened;
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("The job store's directory " + directory.toAbsolutePath() + " cannot be used: " + e
                    + ". It must be one that this process may make and write", e);
        }
    }

    private void read() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            LOG.debug("The job store {} is open: {}", file, connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            if (UNREADABLE.contains(String.valueOf(e.getSQLState()))) {
                throw new StoreMarker(file).unreadable(e);
            }
            throw e;
        }
    }

    DataSource dataSource() {
        return pool;
    }

    /** @return without the ending that H2 adds */
    Path file() {
        return file;
    }

    /** Has the disk take what was committed, and compacts the file when it is worth it. One thread at a time. */
    @Override
    public void maintain() {
        try {
            try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
            long given = pool.given();
            boolean idle = given - givenBefore < IDLE;
            givenBefore = given;
            if (++sinceCompaction >= BETWEEN_COMPACTIONS && isWorthCompacting(idle ? WORTH_IT : WORTH_WAITING)) {
                compact();
            }
        } catch (SQLException | IOException away) {
            LOG.debug("The job store {} could not be maintained now", file, away);
        }
    }

    private void compact() throws SQLException, IOException {
        long before = pool.size().file();
        if (pool.compact()) {
            // It is another file now.
            OwnerOnly.createFile(StoreMarker.databaseFile(file));
            sinceCompaction = 0;
            LOG.debug("The job store {} was compacted from {} to {} bytes", file, before, StoreMarker.databaseFile(file).toFile().length());
        }
    }

    private boolean isWorthCompacting(long smallest) throws SQLException {
        H2Pool.Size size = pool.size();
        return size.file() >= smallest && size.live() <= MOST_TO_COMPACT && size.live() < size.file() / 4;
    }

    /** Blocks until the file is closed. */
    @Override
    public void close() {
        try {
            pool.close(isWorthCompacting(WORTH_IT_AT_STOP));
            OwnerOnly.createFile(StoreMarker.databaseFile(file));
            new StoreMarker(file).closed();
        } catch (SQLException | IOException e) {
            LOG.warn("The job store {} could not be closed in good order: {}", file, e.toString());
        } finally {
            lock.close();
        }
    }
}
