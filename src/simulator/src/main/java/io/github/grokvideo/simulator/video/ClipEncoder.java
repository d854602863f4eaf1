// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Encodes one second of drawn frames as H.264. The same input gives the same bytes, so a clip can be discarded and encoded again.
 */
final class ClipEncoder {

    /** Frames per second. Low, since a core encodes about 30 frames of 480p per second. */
    static final int FRAMES = 8;

    private static final int NAL_SPS = 7;
    private static final int NAL_PPS = 8;

    Clip encode(int width, int height, List<String> lines) {
        H264Encoder encoder = H264Encoder.createH264Encoder();
        encoder.setKeyInterval(FRAMES);
        encoder.setMotionSearchRange(1);
        FramePainter painter = new FramePainter(width, height, lines);
        Picture picture = Picture.create(width, height, ColorSpace.YUV420J);
        ByteBuffer out = ByteBuffer.allocate(encoder.estimateBufferSize(picture));
        List<byte[]> samples = new ArrayList<>();
        byte[] sps = null;
        byte[] pps = null;
        for (int frame = 0; frame < FRAMES; frame++) {
            painter.paint(picture, frame, FRAMES);
            out.clear();
            ByteArrayOutputStream sample = new ByteArrayOutputStream();
            for (byte[] nal : split(encoder.encodeFrame(picture, out).getData())) {
                switch (nal[0] & 0x1f) {
                    case NAL_SPS -> sps = nal;
                    case NAL_PPS -> pps = nal;
                    default -> {
                        sample.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
                        sample.writeBytes(nal);
                    }
                }
            }
            samples.add(sample.toByteArray());
        }
        return new Clip(width, height, sps, pps, List.copyOf(samples));
    }

    /** The encoder separates units by start codes, an MP4 by lengths. */
    private static List<byte[]> split(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
                if (start >= 0) {
                    units.add(unit(bytes, start, i));
                }
                start = i + 3;
                i += 2;
            }
        }
        units.add(unit(bytes, start, bytes.length));
        return units;
    }

    /** A four-byte start code leaves one zero at the end of the unit before it. */
    private static byte[] unit(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == 0) {
            end--;
        }
        return java.util.Arrays.copyOfRange(bytes, from, end);
    }
}
