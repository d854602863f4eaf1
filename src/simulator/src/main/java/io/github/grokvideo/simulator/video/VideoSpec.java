// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.util.Objects;

/**
 * What a finished video looks like.
 *
 * @param width   pixels, even
 * @param height  pixels, even
 * @param seconds length in whole seconds, at least 1
 */
public record VideoSpec(int width, int height, int seconds) {

    public VideoSpec {
        if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0 || seconds < 1) {
            throw new IllegalArgumentException("no such video: " + width + "x" + height + ", " + seconds + " s");
        }
    }

    /**
     * The picture size of a resolution class at an aspect ratio: the class names the short side.
     *
     * @param resolution {@code 480p}, {@code 720p} or {@code 1080p}
     * @param ratio      such as {@code 16:9}; anything that is not a ratio ({@code auto}) counts as 16:9
     * @param seconds    length in seconds
     */
    public static VideoSpec of(String resolution, String ratio, int seconds) {
        int shortSide = Integer.parseInt(Objects.requireNonNull(resolution).replace("p", ""));
        String[] parts = ratio == null || !ratio.matches("\\d+:\\d+") ? new String[] {"16", "9"} : ratio.split(":");
        int w = Integer.parseInt(parts[0]);
        int h = Integer.parseInt(parts[1]);
        int longSide = longSide(shortSide, Math.max(w, h), Math.min(w, h));
        return w >= h ? new VideoSpec(longSide, shortSide, seconds) : new VideoSpec(shortSide, longSide, seconds);
    }

    /** The same picture with another length in seconds. */
    public VideoSpec withSeconds(int other) {
        return new VideoSpec(width, height, other);
    }

    /** 480p at 16:9 is 848 and not 853: real gateways round down to whole macroblocks. */
    private static int longSide(int shortSide, int big, int small) {
        int exact = shortSide * big;
        return exact % small == 0 && exact / small % 2 == 0 ? exact / small : exact / small / 16 * 16;
    }
}
