// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import io.github.grokvideo.simulator.video.VideoSpec;

/** Gateways where {@code size} is width x height, instead of resolution and aspect ratio. */
final class PixelSize {

    private static final int SMALLEST_SIDE = 64;
    private static final int LARGEST_SIDE = 2560;
    /** The longest short side of a resolution: 1024x1024 is of 720p. */
    private static final int LONGEST_480P = 512;
    private static final int LONGEST_720P = 1024;

    private PixelSize() {
    }

    /**
     * The picture that {@code size}, or else {@code resolution} and {@code aspect_ratio}, ask for.
     *
     * @param resolution if none is given
     */
    static VideoSpec spec(Fields fields, String resolution, int seconds) {
        if (!fields.has("size")) {
            return VideoSpec.of(fields.choice("resolution", resolution, "480p", "720p", "1080p"),
                    fields.choice("aspect_ratio", "16:9", XaiValidation.RATIOS), seconds);
        }
        String size = fields.text("size", "");
        if (fields.has("resolution") || fields.has("aspect_ratio")) {
            throw fields.invalid("size", "determines resolution and aspect_ratio already");
        }
        if (!size.matches("[1-9]\\d{1,3}x[1-9]\\d{1,3}")) {
            throw fields.invalid("size", "must be <width>x<height>, not \"" + size + "\"");
        }
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        if (Math.min(width, height) < SMALLEST_SIDE || Math.max(width, height) > LARGEST_SIDE || width % 2 + height % 2 > 0) {
            throw fields.invalid("size", "is not a size of a video: " + size);
        }
        return new VideoSpec(width, height, seconds);
    }

    /** The resolution class of a picture. */
    static String resolution(VideoSpec spec) {
        int side = Math.min(spec.width(), spec.height());
        return side <= LONGEST_480P ? "480p" : side <= LONGEST_720P ? "720p" : "1080p";
    }
}
