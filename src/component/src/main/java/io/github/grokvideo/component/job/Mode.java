// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a video is made from. The option value {@code auto} means no mode: it is derived from the request's fields. */
public enum Mode {

    /** From the prompt alone. */
    TEXT_TO_VIDEO("text-to-video"),
    /** From an image as the first frame. */
    IMAGE_TO_VIDEO("image-to-video"),
    /** From images as references. */
    REFERENCE_TO_VIDEO("reference-to-video"),
    /** Changes a video. */
    EDIT("edit"),
    /** Makes a video longer. */
    EXTEND("extend"),
    /** Makes a new video from an earlier one. */
    REMIX("remix");

    private final String value;

    Mode(String value) {
        this.value = value;
    }

    /** @return the name users write, for example {@code text-to-video} */
    public String value() {
        return value;
    }

    /**
     * @param  value a mode's name, {@code auto}, blank or null
     * @return       the mode; empty for {@code auto}, blank and null
     * @throws IllegalArgumentException naming the allowed values
     */
    public static Optional<Mode> of(String value) {
        if (value == null || value.isBlank() || value.equalsIgnoreCase("auto")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(mode -> mode.value.equalsIgnoreCase(value.strip()) || mode.name().equalsIgnoreCase(value.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mode: '" + value + "' is not one of auto, "
                        + Arrays.stream(values()).map(Mode::value).collect(Collectors.joining(", ")))));
    }

    @Override
    public String toString() {
        return value;
    }
}
