// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * A playable MP4 that is generated while it is read: a header, one second of media that is repeated, and, to reach a requested size, a
 * {@code free} box with filler bytes. Immutable and thread-safe.
 */
public final class VideoFile {

    /** Filler with a prime length, so that misplaced bytes are detected, which zeros would hide. */
    private static final byte[] FILLER = new byte[65_521];

    static {
        new Random(42).nextBytes(FILLER);
    }

    private final byte[] header;
    private final byte[] loop;
    private final byte[] freeHead;
    private final long mediaEnd;
    private final long size;
    private String sha256;

    /**
     * @param minimumSize bytes; the file is padded up to exactly this size when it is smaller
     */
    VideoFile(Clip clip, int seconds, long minimumSize) {
        this.header = new Mp4Header(clip, seconds).bytes();
        this.loop = clip.joined();
        this.mediaEnd = header.length + (long) loop.length * seconds;
        long missing = minimumSize - mediaEnd;
        this.freeHead = missing <= 0 ? new byte[0] : freeHead(missing);
        this.size = missing <= 0 ? mediaEnd : mediaEnd + Math.max(missing, freeHead.length);
    }

    /** Length of the file in bytes. */
    public long size() {
        return size;
    }

    /**
     * Copies bytes of the file.
     *
     * @param position of the first byte, from 0
     * @return how many bytes were copied; fewer than requested only at the end of the file
     */
    public int read(long position, byte[] target, int offset, int length) {
        int wanted = (int) Math.min(length, size - position);
        int done = 0;
        while (done < wanted) {
            done += copy(position + done, target, offset + done, wanted - done);
        }
        return Math.max(0, done);
    }

    /** SHA-256 of the file in lower-case hex; computed once, on the caller's thread. */
    public synchronized String sha256() {
        if (sha256 == null) {
            MessageDigest digest = newDigest();
            byte[] buffer = new byte[1 << 16];
            for (long at = 0; at < size; at += buffer.length) {
                digest.update(buffer, 0, read(at, buffer, 0, buffer.length));
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }
        return sha256;
    }

    private int copy(long position, byte[] target, int offset, int length) {
        if (position < header.length) {
            return piece(header, (int) position, target, offset, length);
        }
        if (position < mediaEnd) {
            return piece(loop, (int) ((position - header.length) % loop.length), target, offset, length);
        }
        long inFree = position - mediaEnd;
        if (inFree < freeHead.length) {
            return piece(freeHead, (int) inFree, target, offset, length);
        }
        return piece(FILLER, (int) ((inFree - freeHead.length) % FILLER.length), target, offset, length);
    }

    private static int piece(byte[] source, int from, byte[] target, int offset, int length) {
        int count = Math.min(length, source.length - from);
        System.arraycopy(source, from, target, offset, count);
        return count;
    }

    /** Header of a free box; more than 4 GiB need the 64-bit length. */
    private static byte[] freeHead(long boxSize) {
        byte[] name = "free".getBytes(StandardCharsets.US_ASCII);
        if (boxSize > 0xffff_ffffL) {
            return ByteBuffer.allocate(16).putInt(1).put(name).putLong(boxSize).array();
        }
        return ByteBuffer.allocate(8).putInt((int) Math.max(8, boxSize)).put(name).array();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
