// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a file is a complete MP4: its top-level boxes (ISO/IEC 14496-12) begin with {@code ftyp}, include the index ({@code moov})
 * and the samples ({@code mdat}), and fill the file. Trailing data that is not a box (line breaks, the rest of a multipart message) is
 * allowed, as players ignore it. Reads only box headers.
 */
final class Mp4Check {

    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;
    /** A fragmented file has two boxes per fragment: enough for 9 hours of one-second fragments, but it bounds files made of headers. */
    private static final int MAX_BOXES = 65_536;
    /** Boxes that muxers put before {@code ftyp}. */
    private static final Set<String> PRELUDE = Set.of("styp", "free", "skip", "wide");
    /** Standard top-level boxes. If one of them does not fit into the file, the file is truncated. */
    private static final Set<String> BOXES = Set.of(
            "ftyp", "moov", "mdat", "imda", "moof", "mfra", "free", "skip", "wide", "uuid", "meta", "meco", "styp", "sidx", "ssix", "prft",
            "emsg", "pdin", "udta");

    private Mp4Check() {
    }

    /** @return whether a file that begins with these 8 bytes may be an MP4 */
    static boolean mayBegin(byte[] first) {
        String type = new String(first, 4, 4, StandardCharsets.ISO_8859_1);
        return type.equals("ftyp") || PRELUDE.contains(type);
    }

    /**
     * @param  length   of the file, in bytes
     * @param  complete whether the transfer reported the end of the file. If not, a few trailing bytes count as the beginning of a missing
     *                  box
     * @return          what is wrong with the file; empty = nothing
     */
    static Optional<String> problem(FileChannel file, long length, boolean complete) throws IOException {
        long position = 0;
        boolean typed = false;
        boolean index = false;
        boolean samples = false;
        for (int boxes = 0; position < length; boxes++) {
            if (boxes == MAX_BOXES) {
                return Optional.of("more than " + MAX_BOXES + " boxes");
            }
            Box box = Box.read(file, position, length);
            if ((box == null || box.size > length - position) && typed && index && samples && isJunk(file, position, complete)) {
                return Optional.empty();
            }
            if (box == null) {
                return Optional.of("a damaged box at byte " + position + " of " + length);
            }
            if (box.type.equals("ftyp")) {
                typed = true;
            } else if (!typed && !PRELUDE.contains(box.type)) {
                return Optional.of(position == 0 ? "not an MP4" : "no ftyp before " + box.name());
            }
            if (box.size > length - position) {
                return Optional.of("cut off: box " + box.name() + " of " + box.size + " bytes at byte " + position + " of " + length);
            }
            index |= box.type.equals("moov") && box.holdsSomething();
            samples |= box.type.equals("mdat") && box.holdsSomething();
            position += box.size;
        }
        if (length == 0) {
            return Optional.of("empty");
        }
        return typed && index && samples ? Optional.empty() : Optional.of("no " + (!typed ? "ftyp" : !index ? "moov" : "mdat"));
    }

    private static boolean isJunk(FileChannel file, long position, boolean complete) throws IOException {
        ByteBuffer head = read(file, position, HEADER);
        String text = StandardCharsets.ISO_8859_1.decode(head).toString();
        return text.length() < HEADER ? complete || text.isBlank() : !BOXES.contains(text.substring(4));
    }

    /** @return the bytes, fewer at the end of the file */
    private static ByteBuffer read(FileChannel file, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                break;
            }
        }
        return bytes.flip();
    }

    private record Box(String type, long size, int header) {

        /** @return null = not a valid box header */
        static Box read(FileChannel file, long position, long length) throws IOException {
            ByteBuffer bytes = Mp4Check.read(file, position, LARGE_HEADER);
            if (bytes.remaining() < HEADER) {
                return null;
            }
            int header = HEADER;
            long size = Integer.toUnsignedLong(bytes.getInt());
            byte[] type = new byte[4];
            bytes.get(type);
            if (size == 0) {
                size = length - position;
            } else if (size == 1) {
                if (bytes.remaining() < Long.BYTES) {
                    return null;
                }
                header = LARGE_HEADER;
                size = bytes.getLong();
            }
            // Includes 64-bit sizes beyond 2^63.
            return size < header ? null : new Box(new String(type, StandardCharsets.ISO_8859_1), size, header);
        }

        boolean holdsSomething() {
            return size > header;
        }

        String name() {
            return type.chars().allMatch(c -> c > ' ' && c < 127) ? type : "?";
        }
    }
}
