// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.files.DefaultPermissions;
import io.github.grokvideo.component.job.files.OwnerOnly;
import io.github.grokvideo.component.transport.FinalName;

/**
 * The temporary file of a download, with its current length and SHA-256. Not thread-safe.
 *
 * <p>Symbolic links are not followed: in a shared temporary directory they may be another user's.
 */
final class PartialFile implements Closeable {

    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long size;

    /** @param keep bytes of an earlier attempt to resume after; 0, or more than there are, = start over */
    static PartialFile open(Path path, long keep) throws IOException {
        boolean goOn = keep > 0 && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) >= keep;
        PartialFile file = new PartialFile(path, goOn ? FileChannel.open(path, EXISTING) : create(path));
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

    private static FileChannel create(Path path) throws IOException {
        try {
            return FileChannel.open(path, NEW, OwnerOnly.file(path));
        } catch (NoSuchFileException noDirectory) {
            Files.createDirectories(directory(path));
        } catch (FileAlreadyExistsException leftOver) {
            Files.deleteIfExists(path);
        }
        return FileChannel.open(path, NEW, OwnerOnly.file(path));
    }

    private static Path directory(Path file) {
        return file.toAbsolutePath().getParent();
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
     * @param  complete whether the transfer reported the end of the file
     * @return          why it is not a valid video; empty = it is
     */
    Optional<String> problem(boolean complete) throws IOException {
        return Mp4Check.problem(channel, size, complete);
    }

    /** Syncs the bytes to disk: after a power cut, a resumed download could not detect missing ones. */
    void sync() throws IOException {
        channel.force(true);
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Publishes the complete file under its final name, durably and never replacing another file.
     *
     * @param  permissions of files in the target's directory
     * @throws FileAlreadyExistsException if the name is taken
     */
    void publish(Path target, DefaultPermissions permissions) throws IOException {
        sync();
        close();
        try {
            give(target, permissions);
        } catch (NoSuchFileException noDirectory) {
            Files.createDirectories(directory(target));
            give(target, permissions);
        }
    }

    private void give(Path target, DefaultPermissions permissions) throws IOException {
        // The complete file gets the user's default permissions. Until delivery, the work directory's permissions still protect it.
        permissions.give(path, directory(target));
        FinalName.give(path, target);
    }

    /** Best effort: the attempt's own failure matters more. */
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
