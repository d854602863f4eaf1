// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;
import io.github.grokvideo.component.job.files.OwnerOnly;

/**
 * A small file beside an H2 database that records that there is a store. If it exists without the jobs, they were lost: silently starting
 * over would pay for all of them again.
 */
final class StoreMarker {

    private static final String ID = "store";
    private static final String SINCE = "since";
    /** Size of the database file in bytes when it was closed; absent = it is open, or was not closed cleanly. */
    private static final String SIZE = "size";

    private final Path database;
    private final Path marker;

    /** @param database path without the file extension that H2 adds */
    StoreMarker(Path database) {
        this.database = database;
        this.marker = Path.of(database + ".grokvideo.properties");
    }

    static Path databaseFile(Path database) {
        return Path.of(database + ".mv.db");
    }

    /**
     * Checks the database file before it is opened.
     *
     * @throws IllegalStateException if the file is missing, empty or smaller than when it was closed; the message says what to do
     */
    void checkFile() throws IOException {
        if (!Files.exists(marker)) {
            return;
        }
        Path file = databaseFile(database);
        if (!Files.exists(file)) {
            throw lost("is missing");
        }
        long size = Files.size(file);
        if (size == 0) {
            throw lost("is empty");
        }
        String closed = read().getProperty(SIZE);
        if (closed != null && closed.matches("\\d{1,18}") && size < Long.parseLong(closed)) {
            throw lost("has " + size + " bytes, but had " + closed + " when it was closed");
        }
    }

    /** @param hasTables whether the opened database has the job tables */
    void checkTables(boolean hasTables) throws IOException {
        if (!hasTables && Files.exists(marker)) {
            throw lost("has no job table");
        }
    }

    /** @param why H2's exception for a file that it cannot read */
    IllegalStateException unreadable(SQLException why) {
        IllegalStateException lost = lost("cannot be read (" + String.valueOf(why.getMessage()).lines().findFirst().orElse("") + ")");
        lost.initCause(why);
        return lost;
    }

    private IllegalStateException lost(String what) {
        return new IllegalStateException("There was a job store in " + database.getParent() + ", and its database "
                + databaseFile(database).getFileName() + " " + what
                + ". It may have held jobs that are paid for. Restore both files from a backup."
                + " To start over and forget those jobs and their keys, move the database and " + marker.getFileName() + " away");
    }

    /** Records that the store is open and has its tables. */
    void opened() throws IOException {
        Properties properties = read();
        properties.remove(SIZE);
        write(properties);
    }

    /** Records the size of the closed database. */
    void closed() throws IOException {
        Properties properties = read();
        properties.setProperty(SIZE, String.valueOf(Files.size(databaseFile(database))));
        write(properties);
    }

    private Properties read() throws IOException {
        Properties properties = new Properties();
        if (Files.exists(marker)) {
            try (Reader reader = Files.newBufferedReader(marker, StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            } catch (IllegalArgumentException broken) {
                properties.clear();
            }
        }
        properties.putIfAbsent(ID, UUID.randomUUID().toString());
        properties.putIfAbsent(SINCE, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return properties;
    }

    private void write(Properties properties) throws IOException {
        Path fresh = Path.of(marker + ".new");
        OwnerOnly.createFile(fresh);
        try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.ISO_8859_1)) {
            properties.store(writer, "The job store of camel-grokvideo beside this file. Keep it: it shows whether jobs were lost.");
        }
        Files.move(fresh, marker, StandardCopyOption.REPLACE_EXISTING);
    }
}
