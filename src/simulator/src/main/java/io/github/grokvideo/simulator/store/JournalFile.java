// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An append-only file of lines. One thread writes; lines added while it syncs others to disk are written together, so that thousands of
 * jobs do not need thousands of syncs. After a failed write nothing more is accepted.
 */
final class JournalFile implements AutoCloseable {

    /** Receives the lines of the file. */
    @FunctionalInterface
    interface LineReader {

        /** @throws IOException if the line is invalid */
        void read(String line) throws IOException;
    }

    private static final int CLOSE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final FileChannel channel;
    private final ThreadPoolExecutor writer;
    private Batch open = new Batch();
    private Batch writing = new Batch();
    private boolean scheduled;
    private IOException broken;

    /** Lines that are written together. */
    private static final class Batch {
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        private final CompletableFuture<Void> kept = new CompletableFuture<>();
        private boolean clears;

        private boolean isEmpty() {
            return lines.size() == 0 && !clears;
        }
    }

    private JournalFile(Path path, FileChannel channel, ThreadFactory threads) {
        this.path = path;
        this.channel = channel;
        this.writer = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        writer.allowCoreThreadTimeOut(true);
        writing.kept.complete(null);
    }

    static JournalFile open(Path path, ThreadFactory threads) throws IOException {
        return new JournalFile(path, FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), threads);
    }

    /**
     * Reads all lines, before any is added. An incomplete last line is removed: the process died while writing it, so it was never
     * reported.
     *
     * @throws IOException naming a complete but invalid line
     */
    void read(LineReader reader) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long whole = 0;
        long number = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                continue;
            }
            number++;
            try {
                reader.read(line.toString(StandardCharsets.UTF_8));
            } catch (IOException | RuntimeException e) {
                throw new IOException(path + ", line " + number + " is not understood: repair it, or delete the folder to begin anew", e);
            }
            whole += line.size() + 1;
            line.reset();
        }
        channel.truncate(whole).position(whole);
    }

    /** Appends a line asynchronously; {@link #kept} completes when it is on disk. */
    void append(String line) {
        change(batch -> batch.lines.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Empties the file asynchronously. */
    void clear() {
        change(batch -> {
            batch.lines.reset();
            batch.clears = true;
        });
    }

    /** Completes when everything added so far is on disk. */
    CompletableFuture<Void> kept() {
        lock.lock();
        try {
            return broken != null ? CompletableFuture.failedFuture(broken) : open.isEmpty() ? writing.kept : open.kept;
        } finally {
            lock.unlock();
        }
    }

    private void change(Consumer<Batch> change) {
        lock.lock();
        try {
            if (broken == null) {
                change.accept(open);
                if (!scheduled) {
                    scheduled = true;
                    writer.execute(this::write);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        Batch batch;
        lock.lock();
        try {
            scheduled = false;
            if (broken != null) {
                return;
            }
            batch = open;
            writing = batch;
            open = new Batch();
        } finally {
            lock.unlock();
        }
        try {
            if (batch.clears) {
                channel.truncate(0);
            }
            ByteBuffer bytes = ByteBuffer.wrap(batch.lines.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            batch.kept.complete(null);
        } catch (IOException e) {
            fail(new IOException(path + " cannot be written (" + e + "): make room, then start the simulator again", e), batch);
        }
    }

    private void fail(IOException failure, Batch batch) {
        lock.lock();
        try {
            broken = failure;
            batch.kept.completeExceptionally(failure);
            open.kept.completeExceptionally(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Writes pending lines first. */
    @Override
    public void close() throws IOException {
        writer.shutdown();
        try {
            writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
