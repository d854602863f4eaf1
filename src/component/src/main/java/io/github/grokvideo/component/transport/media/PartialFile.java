// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.OwnerOnly;
import io.github.grokvideo.component.transport.FinalName;

/**
 * The temporary file of a download, its length and its SHA-256 as they grow. Used by one thread.
 *
 * <p>Symbolic links are not followed: a shared temporary directory may hold somebody else's.
 */
final class PartialFile implements Closeable {

    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long size;

    /** @param keep bytes of an earlier attempt to go on from; 0, or more than there are, = start over */
    static PartialFile open(Path path, long keep) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        boolean goOn = keep > 0 && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) >= keep;
        if (!goOn) {
            Files.deleteIfExists(path);
        }
        PartialFile file = new PartialFile(path, goOn ? FileChannel.open(path, EXISTING)
                : FileChannel.open(path, NEW, OwnerOnly.file(path)));
        if (goOn) {
            try {
                file.takeUp(keep);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
        return file;
    }

    private PartialFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private void takeUp(long keep) throws IOException {
        channel.truncate(keep);
        channel.position(0);
        ByteBuffer buffer = ByteBuffer.allocate(MediaAttempt.BUFFER);
        while (channel.read(buffer) >= 0) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        size = keep;
    }

    long size() {
        return size;
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        digest.update(bytes, 0, count);
        size += count;
    }

    void startOver() throws IOException {
        channel.truncate(0);
        channel.position(0);
        digest.reset();
        size = 0;
    }

    /**
     * @param  complete whether the transfer says that all of it is here
     * @return          what keeps it from being a video; empty = nothing
     */
    Optional<String> problem(boolean complete) throws IOException {
        return Mp4Check.problem(channel, complete);
    }

    /** So that what an attempt left behind is there after a power cut too: a hole in it would be resumed over unseen. */
    void sync() throws IOException {
        channel.force(true);
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Makes the file appear under its final name, whole and durable, and never over another file.
     *
     * @throws FileAlreadyExistsException where the name is taken
     */
    void publish(Path target) throws IOException {
        sync();
        close();
        Path directory = target.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        // Whole it is the user's, who may let others read it. The work directory keeps them out until it is handed on.
        OwnerOnly.release(path, directory);
        FinalName.give(path, target);
    }

    /** Best effort: what made the attempt fail matters more. */
    void delete() {
        try {
            close();
            Files.deleteIfExists(path);
        } catch (IOException stays) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
