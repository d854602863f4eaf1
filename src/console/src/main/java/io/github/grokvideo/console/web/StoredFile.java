// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open file that is sent piece by piece, however large it is. Files of the component are never links: one in their place may lead to
 * any file of this machine, and is not opened.
 */
final class StoredFile implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;

    private StoredFile(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws FileSystemException if it is not there, or no file */
    static StoredFile open(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        return new StoredFile(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** @return in bytes */
    long size() throws IOException {
        return channel.size();
    }

    void send(ByteRange range, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long position = range.first();
        while (position <= range.last()) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, range.last() - position + 1));
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new IOException("The file became shorter while it was sent");
            }
            out.write(buffer.array(), 0, read);
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
