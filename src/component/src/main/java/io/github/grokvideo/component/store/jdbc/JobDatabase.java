// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The kind of database that a store is in, determined when it is opened.
 *
 * @param durable     whether rows outlive the JVM
 * @param skipsLocked whether the database supports SKIP LOCKED, so that several nodes can fetch due rows at once
 * @param lock        keeps other processes out if the database is for one process only
 * @param file        path of an H2 database, without the file extension that H2 adds; null = not an H2 file
 */
record JobDatabase(boolean durable, boolean skipsLocked, StoreLock lock, Path file) {

    /** Whether no other engine can use the store. */
    boolean isExclusive() {
        return lock != StoreLock.NONE;
    }

    /** @throws IllegalStateException if the database is not suitable, or another engine has locked it; the message says what to do */
    static JobDatabase open(DataSource dataSource) throws SQLException {
        String product;
        String path = null;
        try (Connection connection = dataSource.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
            if (product.equals("H2")) {
                path = fileOf(text(connection, "SELECT DATABASE_PATH()"));
                if (path != null) {
                    requireNoWriteDelay(connection);
                }
            }
        }
        return switch (product) {
            case "H2" -> path == null ? new JobDatabase(false, false, StoreLock.NONE, null)
                    : new JobDatabase(true, false, FileStoreLock.open(Path.of(path)), Path.of(path));
            case "PostgreSQL" -> new JobDatabase(true, true, StoreLock.NONE, null);
            default -> throw new IllegalStateException("The job store's database is " + product + ": it must be H2 or PostgreSQL");
        };
    }

    /** Checks the marker file, and creates or checks the tables. Releases the lock on failure. */
    void prepare(DataSource dataSource, boolean createSchema) {
        StoreMarker marker = file == null ? null : new StoreMarker(file);
        try {
            if (marker != null) {
                marker.checkTables(JobSchema.isThere(dataSource));
            }
            JobSchema.prepare(dataSource, createSchema);
            if (marker != null) {
                marker.opened();
            }
        } catch (SQLException away) {
            lock.close();
            throw StoreCalls.failed(away);
        } catch (IOException e) {
            lock.close();
            throw new IllegalStateException("The directory of the job store " + file + " cannot be written: " + e, e);
        } catch (RuntimeException unfit) {
            lock.close();
            throw unfit;
        }
    }

    /** @return the path without H2's file system prefix */
    private static String fileOf(String path) {
        return path == null ? null : path.replaceFirst("^(retry|async|nioMapped):", "");
    }

    /** By default H2 writes half a second after the commit, so a killed process would lose jobs that were paid for. */
    private static void requireNoWriteDelay(Connection connection) throws SQLException {
        String delay = text(connection, "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'");
        if (!"0".equals(delay)) {
            throw new IllegalStateException("The H2 job store would lose committed jobs when the process is killed (WRITE_DELAY is "
                    + delay + "): add ;WRITE_DELAY=0 to its URL");
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
