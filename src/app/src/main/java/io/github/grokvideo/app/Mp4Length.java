// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;

/** Reads the length of a video from its movie header. It may differ from the length that was requested. */
final class Mp4Length {

    private static final int MAX_BOXES = 1000;

    private Mp4Length() {
    }

    /** @return seconds; empty where the file does not tell */
    static OptionalDouble seconds(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long[] movie = find(channel, "moov", 0, channel.size());
            long[] header = movie == null ? null : find(channel, "mvhd", movie[0], movie[1]);
            if (header == null) {
                return OptionalDouble.empty();
            }
            ByteBuffer box = read(channel, header[0], 32);
            boolean wide = box.get(0) == 1;
            long scale = Integer.toUnsignedLong(box.getInt(wide ? 20 : 12));
            long length = wide ? box.getLong(24) : Integer.toUnsignedLong(box.getInt(16));
            return scale == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) length / scale);
        } catch (IOException | IndexOutOfBoundsException e) {
            return OptionalDouble.empty();
        }
    }

    /** @return begin and end of the content of a box; null = there is none */
    private static long[] find(FileChannel channel, String type, long begin, long end) throws IOException {
        long at = begin;
        for (int i = 0; i < MAX_BOXES && at + 8 <= end; i++) {
            ByteBuffer head = read(channel, at, 16);
            long size = Integer.toUnsignedLong(head.getInt(0));
            int headSize = size == 1 ? 16 : 8;
            size = size == 1 ? head.getLong(8) : size == 0 ? end - at : size;
            if (size < headSize) {
                return null;
            }
            if (new String(head.array(), 4, 4, StandardCharsets.ISO_8859_1).equals(type)) {
                return new long[] {at + headSize, at + size};
            }
            at += size;
        }
        return null;
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            continue;
        }
        return bytes;
    }
}
