// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.Spelling;

/**
 * {@code grok-video-1.5-preview}: image-to-video only, an array of exactly one image, seconds as a string. The playground's limit of 1200
 * characters is not documented for the API, so it is not enforced.
 */
final class GrokVideo15Preview {

    static final ModelRules MODEL = ModelRules.of(ToApisShape.FLAT, Set.of("grok-video-1.5-preview"),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    text("prompt").mandatory(),
                    oneOf("duration", 10, 15).as("seconds", Spelling::quoted).alias("duration"),
                    ToApisShape.RATIO,
                    images(1, 1, ToApisShape.IMAGE_FORMS).mandatory().as("images").alias("image", "image_urls"),
                    ToApisShape.CALLBACK)
                    .costs(Price.perVideo(10, Map.of(10, "0.10", 15, "0.15"))));

    private GrokVideo15Preview() {
    }
}
