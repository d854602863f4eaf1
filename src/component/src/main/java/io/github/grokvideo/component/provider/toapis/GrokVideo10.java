// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Set;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Spelling;

/**
 * {@code grok-video-1.0}, formerly {@code grok-video-3}: one image is the first frame, several are references. Extend and remix
 * continue an earlier task of ToAPIs by its id; their {@code size} is undocumented, so it is left to additionalFields. The price is
 * undocumented.
 */
final class GrokVideo10 {

    private static final FieldRule PROMPT = text("prompt").mandatory();
    private static final FieldRule DURATION = seconds("duration", 1, 15);
    private static final FieldRule RESOLUTION = oneOf("resolution", "480p", "720p");
    private static final FieldRule SOURCE = FieldRule.video(MediaForm.TASK).mandatory().inPath();

    static final ModelRules MODEL = ModelRules.of(ToApisShape.FLAT, Set.of("grok-video-1.0", "grok-video-3"),
            ModeRules.of(Mode.TEXT_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, RESOLUTION, ToApisShape.RATIO, ToApisShape.CALLBACK),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, RESOLUTION, ToApisShape.RATIO,
                    images(1, 1, ToApisShape.IMAGE_FORMS).mandatory().as("image", Spelling::single), ToApisShape.CALLBACK),
            ModeRules.of(Mode.REFERENCE_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, RESOLUTION, ToApisShape.RATIO,
                    images(1, 8, ToApisShape.IMAGE_FORMS).mandatory().as("reference_images"), ToApisShape.CALLBACK),
            ModeRules.of(Mode.EXTEND, "/videos/{video}/extend", PROMPT, SOURCE, ToApisShape.CALLBACK),
            ModeRules.of(Mode.REMIX, "/videos/{video}/remix",
                    PROMPT, oneOf("aspectRatio", "16:9", "9:16").as("aspect_ratio"), SOURCE,
                    ToApisShape.CALLBACK));

    private GrokVideo10() {
    }
}
