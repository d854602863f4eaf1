// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.Spelling;

/** {@code grok-video-1.5}: image-to-video only, exactly one image as a string. */
final class GrokVideo15 {

    static final ModelRules MODEL = ModelRules.of(ToApisShape.FLAT, Set.of("grok-video-1.5"),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    text("prompt").mandatory(),
                    seconds("duration", 1, 15).alias("seconds"),
                    oneOf("resolution", "480p", "720p").alias("quality"),
                    ToApisShape.RATIO,
                    images(1, 1, ToApisShape.IMAGE_FORMS).mandatory().as("image", Spelling::single).alias("images", "image_urls"),
                    ToApisShape.CALLBACK)
                    .costs(Price.perSecond(Cost.USD, 8, "720p", Map.of("*", "0.01"), "0")));

    private GrokVideo15() {
    }
}
