// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import static io.github.grokvideo.component.provider.rules.FieldRule.fraction;
import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.natural;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Set;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Spelling;

/**
 * {@code grok-imagine-1-0-video}: the model guide's body, {@code {model, mode, input}}, with different fields in each mode. The guide lists
 * the seed for the model and for two modes; here every mode accepts it. The price is undocumented.
 */
final class DashedImagine {

    private static final FieldRule PROMPT = text("prompt").mandatory().as("input.prompt");
    /** The guide requires the prompt of an edit under both names. */
    private static final FieldRule INSTRUCTION = text("prompt").as("input.instruction");
    private static final FieldRule DURATION = seconds("duration", 2, 15).as("input.duration");
    private static final FieldRule SEED = natural("seed").as("input.seed");
    private static final FieldRule STRENGTH = fraction("strength").as("input.strength");

    static final ModelRules MODEL = ModelRules.of(ToApisShape.NESTED, Set.of("grok-imagine-1-0-video"),
            ModeRules.of(Mode.TEXT_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, text("negativePrompt").as("input.negative_prompt"), DURATION,
                    ratio("aspectRatio").as("input.ratio").alias("input.aspect_ratio"), SEED, ToApisShape.CALLBACK)
                    .says("mode", "text-to-video"),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, images(1, 1, ToApisShape.IMAGE_FORMS).mandatory().as("input.image_url", Spelling::single),
                    text("cameraMotion").as("input.camera_motion"), STRENGTH, SEED, ToApisShape.CALLBACK)
                    .says("mode", "image-to-video"),
            ModeRules.of(Mode.REFERENCE_TO_VIDEO, ToApisShape.CREATE,
                    PROMPT, DURATION, images(1, 1, ToApisShape.IMAGE_FORMS).mandatory().as("input.reference_url", Spelling::single),
                    STRENGTH, SEED, ToApisShape.CALLBACK)
                    .says("mode", "r2v"),
            ModeRules.of(Mode.EDIT, ToApisShape.CREATE,
                    PROMPT, INSTRUCTION, DURATION, FieldRule.video(ToApisShape.IMAGE_FORMS).mandatory().as("input.video_url"),
                    text("editRegion").as("input.edit_region"), text("outputQuality").as("input.output_quality"), SEED,
                    ToApisShape.CALLBACK)
                    .says("mode", "video-edit"));

    private DashedImagine() {
    }
}
