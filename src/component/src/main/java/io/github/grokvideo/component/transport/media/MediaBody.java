// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The body of an answer as it is, and not as its headers call it: the first bytes decide. Servers label plain files {@code aws-chunked} or
 * {@code UTF-8}, and some compress whatever they send, although identity was asked for.
 *
 * @param bytes    the file's own bytes, from its first on
 * @param isVideo  whether they begin as an MP4 does
 * @param isEmpty  whether there are none
 * @param unpacked whether they came compressed: then they are not the bytes that a length, or a range, in the answer counts
 */
record MediaBody(InputStream bytes, boolean isVideo, boolean isEmpty, boolean unpacked) {

    private static final int SNIFFED = 8;
    private static final int BUFFER = 64 * 1024;

    static MediaBody of(MediaAnswer answer) throws IOException {
        MediaBody plain = sniffed(answer.body(), false);
        if (plain.isVideo || plain.isEmpty) {
            return plain;
        }
        PushbackInputStream packed = (PushbackInputStream) plain.bytes;
        byte[] head = head(packed);
        if (isGzip(head)) {
            return sniffed(new GZIPInputStream(packed, BUFFER), true);
        }
        if (isZlib(head)) {
            return sniffed(new InflaterInputStream(packed, new Inflater(), BUFFER), true);
        }
        if (answer.isCalled("deflate")) {
            // What some servers take deflate for. It begins with nothing to know it by.
            return sniffed(new InflaterInputStream(packed, new Inflater(true), BUFFER), true);
        }
        return plain;
    }

    private static MediaBody sniffed(InputStream in, boolean unpacked) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, SNIFFED);
        byte[] head = head(bytes);
        return new MediaBody(bytes, head.length == SNIFFED && Mp4Check.mayBegin(head), head.length == 0, unpacked);
    }

    private static byte[] head(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(SNIFFED);
        in.unread(head);
        return head;
    }

    private static boolean isGzip(byte[] head) {
        return head.length == SNIFFED && Arrays.equals(head, 0, 3, new byte[] {0x1F, (byte) 0x8B, 8}, 0, 3);
    }

    /** RFC 1950: method 8, and a check sum over both bytes. */
    private static boolean isZlib(byte[] head) {
        return head.length == SNIFFED && (head[0] & 0x0F) == 8 && ((head[0] & 0xFF) << 8 | head[1] & 0xFF) % 31 == 0;
    }
}
