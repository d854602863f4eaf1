// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.util.List;

/**
 * One encoded second of video, which is repeated.
 *
 * @param sps     H.264 sequence parameter set, without start code
 * @param pps     H.264 picture parameter set, without start code
 * @param samples the frames of the second, length-prefixed as in MP4; the first is a key frame
 */
record Clip(int width, int height, byte[] sps, byte[] pps, List<byte[]> samples) {

    byte[] joined() {
        byte[] all = new byte[samples.stream().mapToInt(s -> s.length).sum()];
        int at = 0;
        for (byte[] sample : samples) {
            System.arraycopy(sample, 0, all, at, sample.length);
            at += sample.length;
        }
        return all;
    }
}
