// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.fal;

import static io.github.grokvideo.component.job.Mode.EDIT;
import static io.github.grokvideo.component.job.Mode.EXTEND;
import static io.github.grokvideo.component.job.Mode.IMAGE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.REFERENCE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.TEXT_TO_VIDEO;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;
import static io.github.grokvideo.component.provider.rules.FieldRule.url;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.RequestCheck;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.Spelling;

/** fal's models. The model and the mode are the path. Ranges are those of xAI's models, since fal documents none of its own. */
final class FalModels {

    static final String DEFAULT = FalTask.APP;

    private static final String V15 = DEFAULT + "/v1.5";
    private static final String LITE = V15 + "/lite";
    private static final MediaForm[] FORMS = {MediaForm.URL, MediaForm.DATA_URI};
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private static final FieldRule PROMPT = text("prompt");
    private static final FieldRule RATIO =
            oneOf("aspectRatio", "auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2").as("aspect_ratio");
    private static final FieldRule SD_HD = oneOf("resolution", "480p", "720p");
    private static final FieldRule SD_HD_FHD = oneOf("resolution", "480p", "720p", "1080p");
    private static final FieldRule IMAGE = FieldRule.images(1, 1, FORMS).mandatory().as("image_url", Spelling::single);
    private static final FieldRule REFERENCES = FieldRule.images(1, 7, FORMS).mandatory().as("reference_image_urls");
    private static final FieldRule VIDEO = FieldRule.video(FORMS).mandatory().as("video_url");
    private static final FieldRule WEBHOOK = url("callbackUrl", "https", "http").inQuery("fal_webhook");
    private static final FieldRule LENGTH = seconds("duration", 1, 15);

    private static final ModelRules CLASSIC = ModelRules.of(BodyShape.WITHOUT_MODEL, Set.of(DEFAULT),
            ModeRules.of(TEXT_TO_VIDEO, "/{model}/text-to-video", PROMPT.mandatory(), LENGTH, RATIO, SD_HD, WEBHOOK),
            ModeRules.of(IMAGE_TO_VIDEO, "/{model}/image-to-video", PROMPT, IMAGE, LENGTH, RATIO, SD_HD, WEBHOOK),
            ModeRules.of(EDIT, "/{model}/edit-video", PROMPT.mandatory(), VIDEO, oneOf("resolution", "auto", "480p", "720p"), WEBHOOK),
            ModeRules.of(EXTEND, "/{model}/extend-video", PROMPT.mandatory(), VIDEO, seconds("duration", 2, 10), WEBHOOK));

    private static final ModelRules VERSION_15 = ModelRules.of(BodyShape.WITHOUT_MODEL, Set.of(V15),
            ModeRules.of(TEXT_TO_VIDEO, "/{model}/text-to-video", PROMPT.mandatory(), LENGTH, RATIO, SD_HD_FHD, WEBHOOK),
            ModeRules.of(IMAGE_TO_VIDEO, "/{model}/image-to-video", PROMPT, IMAGE, LENGTH, RATIO, SD_HD_FHD, WEBHOOK),
            ModeRules.of(REFERENCE_TO_VIDEO, "/{model}/reference-to-video", PROMPT, REFERENCES, LENGTH, RATIO, SD_HD, WEBHOOK));

    private static final ModelRules VERSION_15_LITE = ModelRules.of(BodyShape.WITHOUT_MODEL, Set.of(LITE),
            ModeRules.of(IMAGE_TO_VIDEO, "/{model}/image-to-video", PROMPT, IMAGE, LENGTH, RATIO, SD_HD_FHD, WEBHOOK));

    private static final FieldRule[] OPEN = {
            PROMPT, seconds("duration"), ratio("aspectRatio").as("aspect_ratio"), text("resolution"), WEBHOOK};
    private static final RequestCheck IS_APP = request -> APP.matcher(request.model()).matches() ? Optional.empty()
            : Optional.of(new Violation("model", request.model(), "the path of a model at fal, such as " + V15));

    /** Any other model whose endpoints are named alike. */
    private static final ModelRules OTHERS = ModelRules.of(BodyShape.WITHOUT_MODEL, Set.of(),
            ModeRules.of(TEXT_TO_VIDEO, "/{model}/text-to-video", OPEN).checks(IS_APP),
            ModeRules.of(IMAGE_TO_VIDEO, "/{model}/image-to-video", with(IMAGE)).checks(IS_APP),
            ModeRules.of(REFERENCE_TO_VIDEO, "/{model}/reference-to-video",
                    with(FieldRule.images(1, 100, FORMS).mandatory().as("reference_image_urls"))).checks(IS_APP),
            ModeRules.of(EDIT, "/{model}/edit-video", PROMPT.mandatory(), VIDEO, text("resolution"), WEBHOOK).checks(IS_APP),
            ModeRules.of(EXTEND, "/{model}/extend-video", PROMPT.mandatory(), VIDEO, seconds("duration"), WEBHOOK).checks(IS_APP));

    static final RuleBook RULES = new RuleBook(request -> DEFAULT, OTHERS, List.of(CLASSIC, VERSION_15, VERSION_15_LITE));

    private FalModels() {
    }

    private static FieldRule[] with(FieldRule media) {
        return new FieldRule[] {OPEN[0], media, OPEN[1], OPEN[2], OPEN[3], OPEN[4]};
    }
}
