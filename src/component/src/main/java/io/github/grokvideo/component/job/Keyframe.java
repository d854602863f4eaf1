// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.Objects;

/**
 * An image that the video shows at a given time.
 *
 * @param image never null
 * @param at    seconds from the beginning, more than 0 and less than the video's length
 */
public record Keyframe(Media image, double at) {

    /**
     * @param image never null
     * @param at    seconds from the beginning
     */
    public Keyframe {
        Objects.requireNonNull(image, "image");
    }
}
