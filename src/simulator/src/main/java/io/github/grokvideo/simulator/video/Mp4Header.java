// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes everything of an MP4 that comes before the media bytes: {@code ftyp}, {@code moov} and the head of {@code mdat}.
 *
 * <p>The index comes first ("fast start"), so a player can begin before the download ends. One chunk is one second.
 */
final class Mp4Header {

    /** Ticks per second of the movie and of the track. */
    private static final int TIMESCALE = 1000 * ClipEncoder.FRAMES;
    private static final byte[] IDENTITY_MATRIX = ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

    private final Clip clip;
    private final int seconds;

    Mp4Header(Clip clip, int seconds) {
        this.clip = clip;
        this.seconds = seconds;
    }

    byte[] bytes() {
        byte[] type = box("ftyp", ascii("isom"), ints(0x200), ascii("isomiso2avc1mp41"));
        // The index contains the chunks' offsets, which depend on its length; the length does not depend on their values.
        int mediaStart = type.length + movie(0).length + 8;
        int mediaSize = clip.joined().length * seconds;
        return join(type, movie(mediaStart), ints(8 + mediaSize), ascii("mdat"));
    }

    private byte[] movie(int mediaStart) {
        int duration = TIMESCALE * seconds;
        byte[] movieHeader = full("mvhd", 0, ints(0, 0, TIMESCALE, duration, 0x10000), shorts(0x100, 0), ints(0, 0),
                IDENTITY_MATRIX, new byte[24], ints(2));
        byte[] trackHeader = full("tkhd", 7, ints(0, 0, 1, 0, duration, 0, 0), shorts(0, 0, 0, 0), IDENTITY_MATRIX,
                ints(clip.width() << 16, clip.height() << 16));
        byte[] mediaHeader = full("mdhd", 0, ints(0, 0, TIMESCALE, duration), shorts(0x55c4, 0));
        byte[] handler = full("hdlr", 0, ints(0), ascii("vide"), new byte[12], ascii("VideoHandler\0"));
        byte[] information = box("minf", full("vmhd", 1, new byte[8]),
                box("dinf", full("dref", 0, ints(1), full("url ", 1))), sampleTable(mediaStart));
        return box("moov", movieHeader, box("trak", trackHeader, box("mdia", mediaHeader, handler, information)));
    }

    private byte[] sampleTable(int mediaStart) {
        int perSecond = clip.samples().size();
        int count = perSecond * seconds;
        int loop = clip.joined().length;
        int[] sizes = new int[count];
        int[] keys = new int[seconds];
        int[] chunks = new int[seconds];
        for (int i = 0; i < count; i++) {
            sizes[i] = clip.samples().get(i % perSecond).length;
        }
        for (int second = 0; second < seconds; second++) {
            keys[second] = second * perSecond + 1;
            chunks[second] = mediaStart + second * loop;
        }
        return box("stbl",
                full("stsd", 0, ints(1), sampleEntry()),
                full("stts", 0, ints(1, count, TIMESCALE / perSecond)),
                full("stss", 0, ints(seconds), ints(keys)),
                full("stsc", 0, ints(1, 1, perSecond, 1)),
                full("stsz", 0, ints(0, count), ints(sizes)),
                full("stco", 0, ints(seconds), ints(chunks)));
    }

    private byte[] sampleEntry() {
        byte[] sps = clip.sps();
        byte[] pps = clip.pps();
        byte[] configuration = box("avcC", new byte[] {1, sps[1], sps[2], sps[3], (byte) 0xff, (byte) 0xe1},
                shorts(sps.length), sps, new byte[] {1}, shorts(pps.length), pps);
        return box("avc1", new byte[6], shorts(1), new byte[16], shorts(clip.width(), clip.height()),
                ints(0x480000, 0x480000, 0), shorts(1), new byte[32], shorts(0x18, 0xffff), configuration);
    }

    private static byte[] box(String name, byte[]... parts) {
        byte[] content = join(parts);
        return join(ints(8 + content.length), ascii(name), content);
    }

    private static byte[] full(String name, int flags, byte[]... parts) {
        return box(name, ints(flags), join(parts));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            out.putShort((short) value);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
