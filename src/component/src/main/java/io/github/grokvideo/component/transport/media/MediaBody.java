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
 * The body of a response, decoded by its first bytes and not by its headers. Some servers label plain files {@code aws-chunked} or
 * {@code UTF-8}, and some compress everything although identity was requested.
 *
 * @param bytes    the decoded file from its first byte
 * @param isVideo  whether it begins like an MP4
 * @param isEmpty  whether it has no bytes
 * @param unpacked whether it was compressed; lengths and ranges in the response then do not apply to it
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
            // Raw deflate, which some servers send as "deflate". It has no signature.
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

    /** RFC 1950: method 8, and a checksum over both bytes. */
    private static boolean isZlib(byte[] head) {
        return head.length == SNIFFED && (head[0] & 0x0F) == 8 && ((head[0] & 0xFF) << 8 | head[1] & 0xFF) % 31 == 0;
    }
}
