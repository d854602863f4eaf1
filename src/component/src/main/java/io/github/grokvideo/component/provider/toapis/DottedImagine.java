// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Set;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;

/** {@code grok-imagine-1.0-video}: a flat body, resolution is called quality, images imply image-to-video. The price is undocumented. */
final class DottedImagine {

    static final String ID = "grok-imagine-1.0-video";

    private static final FieldRule PROMPT = text("prompt").mandatory();
    private static final FieldRule DURATION = seconds("duration", 6, 30);
    private static final FieldRule QUALITY = oneOf("resolution", "480p", "720p").as("quality");
    private static final FieldRule IMAGES = images(1, 7, ToApisShape.IMAGE_FORMS).mandatory().as("image_urls");

    static final ModelRules MODEL = ModelRules.of(ToApisShape.FLAT, Set.of(ID),
            ModeRules.of(Mode.TEXT_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, ToApisShape.RATIO, QUALITY, ToApisShape.CALLBACK),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, ToApisShape.RATIO, QUALITY, IMAGES, ToApisShape.CALLBACK));

    private static final FieldRule ANY_DURATION = seconds("duration");
    private static final FieldRule ANY_RATIO = ratio("aspectRatio").as("aspect_ratio");
    private static final FieldRule ANY_QUALITY = text("resolution").as("quality").alias("resolution");

    /** Models newer than this release: this body without ranges. Fields with other names go into additionalFields. */
    static final ModelRules OTHERS = ModelRules.of(ToApisShape.FLAT, Set.of(),
            ModeRules.of(Mode.TEXT_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, ANY_DURATION, ANY_RATIO, ANY_QUALITY, ToApisShape.CALLBACK),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    text("prompt"), ANY_DURATION, ANY_RATIO, ANY_QUALITY,
                    images(1, 100, ToApisShape.IMAGE_FORMS).mandatory().as("image_urls").alias("image", "images", "reference_images"),
                    ToApisShape.CALLBACK));

    private DottedImagine() {
    }
}
