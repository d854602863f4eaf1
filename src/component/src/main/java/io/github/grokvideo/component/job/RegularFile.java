// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * A regular file open for reading, checked before it is opened: a pipe or a device could block the thread or never end. Exactly as many
 * bytes are read as the file had when it was opened. Not thread-safe.
 */
public final class RegularFile implements Closeable {

    private static final Set<? extends java.nio.file.OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final SeekableByteChannel channel;
    private final long size;

    private RegularFile(Path path, SeekableByteChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * @param  path    links are followed
     * @param  root    a real path that must contain the file, links resolved; null = any location
     * @param  largest most bytes it may have
     * @return         the open file, to be closed
     * @throws IOException saying why the file is not read, with the path as given
     */
    public static RegularFile open(Path path, Path root, long largest) throws IOException {
        Path real = path.toRealPath();
        if (root != null && !real.startsWith(root)) {
            // Same answer as for a missing file, so that nothing outside the root is revealed.
            throw new NoSuchFileException(path.toString());
        }
        BasicFileAttributes before = attributes(real);
        if (!before.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, before.isDirectory() ? "is a directory" : "is not a regular file");
        }
        // Files that only claim to be empty (/proc) may block as well.
        if (before.size() == 0) {
            throw new FileSystemException(path.toString(), null, "is empty");
        }
        if (before.size() > largest) {
            throw new FileSystemException(path.toString(), null, "has " + before.size() + " bytes, more than " + largest);
        }
        SeekableByteChannel channel = Files.newByteChannel(real, READ);
        try {
            // Java cannot identify the file behind a channel, so the path must still name the checked file.
            BasicFileAttributes after = attributes(real);
            if (!after.isRegularFile() || !Objects.equals(before.fileKey(), after.fileKey()) || channel.size() != before.size()
                    || !path.toRealPath().equals(real)) {
                throw changed(path);
            }
            return new RegularFile(path, channel, before.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path real) throws IOException {
        return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileSystemException changed(Path path) {
        return new FileSystemException(path.toString(), null, "was changed while it was read");
    }

    /** @return bytes in the file when it was opened, 1 or more */
    public long size() {
        return size;
    }

    /**
     * Returns the file's bytes; can be read once. If the file has shrunk or grown since it was opened, reading ends with an
     * {@link IOException}.
     *
     * @return exactly {@link #size} bytes
     */
    public InputStream stream() {
        return new Exactly(Channels.newInputStream(channel));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Exactly extends InputStream {

        private final InputStream in;
        private long left = size;

        private Exactly(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                if (channel.size() != size) {
                    throw changed(path);
                }
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw changed(path);
            }
            left -= read;
            return read;
        }
    }
}
