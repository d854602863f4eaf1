// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.simulator.job.SimulatedJob;

/**
 * Stores everything in a folder: {@code journal.jsonl} has a line for every job, change and upload, {@code identity.json} the secret and
 * the last port. Videos are not stored, since the same job gives the same bytes.
 */
public final class DirectoryStore implements SimulatorStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final DirectoryLock lock;
    private final Identity identity;
    private final JournalFile journal;

    private DirectoryStore(Path folder, DirectoryLock lock, Identity identity, JournalFile journal) {
        this.folder = folder;
        this.lock = lock;
        this.identity = identity;
        this.journal = journal;
    }

    /**
     * Locks a folder, which is created if missing, until the store is closed.
     *
     * @throws IOException if it cannot be used, or another simulator uses it
     */
    public static DirectoryStore open(Path folder, ThreadFactory threads) throws IOException {
        Files.createDirectories(folder);
        DirectoryLock lock = DirectoryLock.of(folder);
        try {
            return new DirectoryStore(folder, lock, Identity.read(folder), JournalFile.open(folder.resolve("journal.jsonl"), threads));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public byte[] secret() {
        return identity.secret().clone();
    }

    @Override
    public OptionalInt previousPort() {
        return identity.port() == 0 ? OptionalInt.empty() : OptionalInt.of(identity.port());
    }

    @Override
    public void listening(int port) throws IOException {
        new Identity(identity.secret(), port).write(folder);
    }

    @Override
    public void replay(Replay replay) throws IOException {
        journal.read(line -> {
            JournalEntry entry = JSON.readValue(line, JournalEntry.class);
            if (entry.job() != null) {
                replay.job(entry.job());
            } else if (entry.change() != null) {
                replay.change(entry.change());
            } else if (entry.file() != null) {
                replay.file(entry.file());
            } else if (entry.deleted() != null) {
                replay.deletedFile(entry.deleted());
            }
        });
    }

    @Override
    public void accepted(SimulatedJob job) {
        append(new JournalEntry(job.accepted(), null, null, null));
    }

    @Override
    public void changed(SimulatedJob job) {
        append(new JournalEntry(null, job.change(), null, null));
    }

    @Override
    public void uploaded(String id) {
        append(new JournalEntry(null, null, id, null));
    }

    @Override
    public void deleted(String id) {
        append(new JournalEntry(null, null, null, id));
    }

    @Override
    public void clear() {
        journal.clear();
    }

    @Override
    public CompletableFuture<Void> kept() {
        return journal.kept();
    }

    @Override
    public void close() {
        try (lock; journal) {
            // Both are closed, even if one fails.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the store " + folder, e);
        }
    }

    private void append(JournalEntry entry) {
        try {
            journal.append(JSON.writeValueAsString(entry));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every entry can be written as JSON", e);
        }
    }
}
