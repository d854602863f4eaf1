// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Files made of boxes, for tests. */
public final class Mp4 {

    private Mp4() {
    }

    public static byte[] box(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length).putInt(8 + content.length).put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content).array();
    }

    public static byte[] largeBox(String type, byte[] content) {
        return ByteBuffer.allocate(16 + content.length).putInt(1).put(type.getBytes(StandardCharsets.ISO_8859_1))
                .putLong(16 + content.length).put(content).array();
    }

    /** A box whose header says any size. */
    public static byte[] header(String type, int size) {
        return ByteBuffer.allocate(8).putInt(size).put(type.getBytes(StandardCharsets.ISO_8859_1)).array();
    }

    public static byte[] largeHeader(String type, long size) {
        return ByteBuffer.allocate(16).putInt(1).put(type.getBytes(StandardCharsets.ISO_8859_1)).putLong(size).array();
    }

    public static byte[] ftyp() {
        return box("ftyp", "isom\0\0\2\0isommp41".getBytes(StandardCharsets.ISO_8859_1));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** @param size of the samples, none of them like another */
    public static byte[] video(int size) {
        byte[] samples = new byte[size];
        for (int i = 0; i < size; i++) {
            samples[i] = (byte) (i * 31 + (i >> 8));
        }
        return join(ftyp(), box("mdat", samples), box("moov", new byte[100]));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
