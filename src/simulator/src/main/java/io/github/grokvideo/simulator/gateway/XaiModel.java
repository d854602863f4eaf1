// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** xAI's models: what they cost and which resolutions they have. Gateways that resell them have the same limits. */
enum XaiModel {
    CLASSIC("grok-imagine-video", "0.002", 10, Map.of("480p", "0.05", "720p", "0.07")),
    V15("grok-imagine-video-1.5", "0.01", 15, Map.of("480p", "0.08", "720p", "0.14", "1080p", "0.25")),
    LITE("grok-imagine-video-1.5-lite", "0.01", 0, Map.of("480p", "0.02", "720p", "0.03", "1080p", "0.14"));

    /** USD for a second of the video that is edited or extended. */
    private static final BigDecimal INPUT_SECOND = new BigDecimal("0.01");

    private final String id;
    private final BigDecimal image;
    private final int referenceSeconds;
    private final Map<String, String> second;

    XaiModel(String id, String image, int referenceSeconds, Map<String, String> second) {
        this.id = id;
        this.image = new BigDecimal(image);
        this.referenceSeconds = referenceSeconds;
        this.second = second;
    }

    /** The model of that name; the preview and the dated name are aliases of 1.5. */
    static Optional<XaiModel> named(String name) {
        String id = name.matches("grok-imagine-video-1\\.5-(preview|2026-05-30)") ? V15.id : name;
        return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    Set<String> resolutions() {
        return second.keySet();
    }

    /** Seconds that a video from references may last; 0 if the model makes none. */
    int referenceSeconds() {
        return referenceSeconds;
    }

    /** USD for a second of video at that resolution. */
    BigDecimal perSecond(String resolution) {
        return new BigDecimal(second.get(resolution));
    }

    /** USD for an input image. */
    BigDecimal perImage() {
        return image;
    }

    /** USD for a generation. */
    BigDecimal price(String resolution, int seconds, int images) {
        return perSecond(resolution).multiply(BigDecimal.valueOf(seconds)).add(image.multiply(BigDecimal.valueOf(images)));
    }

    /** USD for an edit or an extension: the seconds made, and those of the source. */
    static BigDecimal price(String resolution, int made, int source, XaiModel model) {
        return model.price(resolution, made, 0).add(INPUT_SECOND.multiply(BigDecimal.valueOf(source)));
    }
}
