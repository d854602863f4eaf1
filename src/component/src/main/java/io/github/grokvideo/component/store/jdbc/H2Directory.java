// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import io.github.grokvideo.component.job.files.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 database in a directory that the store opens, compacts and closes. Only this class and {@link H2Pool} need H2, which is optional.
 */
final class H2Directory implements StoreLock {

    private static final Logger LOG = LoggerFactory.getLogger(H2Directory.class);
    private static final String NAME = "jobs";
    private static final String URL = "jdbc:h2:file:retry:%s"
            // Reopens the file if a writing thread is interrupted (retry); each commit is in the file before it returns.
            + ";WRITE_DELAY=0"
            // Jobs can be stored until the store is closed, not just until the JVM starts to shut down.
            + ";DB_CLOSE_ON_EXIT=FALSE"
            // Each commit writes whole pages. Space of old pages is reused only once the new ones are reliably on disk: see maintain.
            + ";PAGE_SIZE=4096;RETENTION_TIME=10000"
            // No compacting within the file at each close: it occasionally fails.
            + ";MAX_COMPACT_TIME=0"
            // A trace file beside the database would show statements.
            + ";TRACE_LEVEL_FILE=0";
    /** SQL states of a corrupt file, or of a file that is no database. */
    private static final Set<String> UNREADABLE = Set.of("90030", "90048", "HY000");
    private static final int MEBIBYTE = 1024 * 1024;
    /** Compacting rewrites all live data, at about 20 MiB per second. */
    private static final long MAX_TO_COMPACT = 256L * MEBIBYTE;
    private static final long WORTH_IT = 8L * MEBIBYTE;
    /** Readers and writers are blocked while the file is compacted, perhaps for a second. */
    private static final long WORTH_WAITING = 64L * MEBIBYTE;
    private static final long WORTH_IT_AT_STOP = MEBIBYTE;
    /** Number of {@link #maintain} calls. */
    private static final int BETWEEN_COMPACTIONS = 12;
    /** Fewer connections than this between two {@link #maintain} calls count as idle. */
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
     * Opens the database; creates the directory and the database if they are missing.
     *
     * @throws IllegalStateException if the directory cannot be used, is used by another engine, or its jobs were lost; the message says
     *         what to do
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
                    + ". This process must be able to create it and write to it", e);
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

    /** @return path without the file extension that H2 adds */
    Path file() {
        return file;
    }

    /** Syncs commits to disk, and compacts the file if it is worth it. Called by one thread at a time. */
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
            // Compacting has replaced the file: set its permissions again.
            OwnerOnly.createFile(StoreMarker.databaseFile(file));
            sinceCompaction = 0;
            LOG.debug("The job store {} was compacted from {} to {} bytes", file, before, StoreMarker.databaseFile(file).toFile().length());
        }
    }

    private boolean isWorthCompacting(long smallest) throws SQLException {
        H2Pool.Size size = pool.size();
        return size.file() >= smallest && size.live() <= MAX_TO_COMPACT && size.live() < size.file() / 4;
    }

    /** Blocks until the file is closed. */
    @Override
    public void close() {
        try {
            pool.close(isWorthCompacting(WORTH_IT_AT_STOP));
            OwnerOnly.createFile(StoreMarker.databaseFile(file));
            new StoreMarker(file).closed();
        } catch (SQLException | IOException e) {
            LOG.warn("The job store {} could not be closed cleanly: {}", file, e.toString());
        } finally {
            lock.close();
        }
    }
}
