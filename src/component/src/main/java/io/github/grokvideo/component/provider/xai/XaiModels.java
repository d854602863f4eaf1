// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.xai;

import static io.github.grokvideo.component.job.Mode.EDIT;
import static io.github.grokvideo.component.job.Mode.EXTEND;
import static io.github.grokvideo.component.job.Mode.IMAGE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.REFERENCE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.TEXT_TO_VIDEO;
import static io.github.grokvideo.component.provider.MediaForm.DATA_URI;
import static io.github.grokvideo.component.provider.MediaForm.GATEWAY_FILE;
import static io.github.grokvideo.component.provider.MediaForm.UPLOAD;
import static io.github.grokvideo.component.provider.MediaForm.URL;
import static io.github.grokvideo.component.provider.rules.FieldRule.flag;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.Spelling;

/** xAI's models. If public documents contradict each other, the more permissive one counts, since a refusal by xAI costs nothing. */
final class XaiModels {

    static final String DEFAULT = "grok-imagine-video";

    private static final String CREATE = "/videos/generations";
    private static final String CHANGE = "/videos/edits";
    private static final String LENGTHEN = "/videos/extensions";
    private static final MediaForm[] FORMS = {URL, DATA_URI, UPLOAD, GATEWAY_FILE};

    private static final FieldRule PROMPT = text("prompt");
    private static final FieldRule DURATION = seconds("duration", 1, 15).alias("seconds");
    private static final FieldRule RATIO = oneOf("aspectRatio", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3").as("aspect_ratio");
    private static final FieldRule SD_HD = oneOf("resolution", "480p", "720p").alias("size");
    private static final FieldRule SD_HD_FHD = oneOf("resolution", "480p", "720p", "1080p").alias("size");
    private static final FieldRule FRAME = FieldRule.images(1, 1, FORMS).mandatory()
            .as("image", Spelling::singleObject).alias("image_url", "reference_images");
    private static final FieldRule REFERENCES = FieldRule.images(1, 7, FORMS).mandatory()
            .as("reference_images", Spelling::objects).alias("image", "image_url");
    private static final FieldRule AUDIO = flag("generateAudio").as("generate_audio");
    private static final FieldRule USER = text("user");
    private static final FieldRule SOURCE = FieldRule.video(FORMS).mandatory().as("video", Spelling::object).alias("video_url");
    private static final FieldRule SOURCE_MP4 = SOURCE.and("ending in .mp4 if it is a URL", XaiModels::isMp4);

    private static final Price VIDEO_PRICE =
            Price.perSecond(Cost.USD, 8, "480p", Map.of("480p", "0.05", "720p", "0.07"), "0.002");
    private static final Price VIDEO_15_PRICE =
            Price.perSecond(Cost.USD, 8, "480p", Map.of("480p", "0.08", "720p", "0.14", "1080p", "0.25"), "0.01");

    private static final ModeRules EDITS = ModeRules.of(EDIT, CHANGE, PROMPT.mandatory(), SOURCE_MP4, USER);
    private static final ModeRules EXTENSIONS =
            ModeRules.of(EXTEND, LENGTHEN, PROMPT.mandatory(), seconds("duration", 2, 10).alias("seconds"), SOURCE);

    private static final ModelRules VIDEO = ModelRules.of(BodyShape.FLAT, Set.of("grok-imagine-video"),
            ModeRules.of(TEXT_TO_VIDEO, CREATE, PROMPT.mandatory(), DURATION, RATIO, SD_HD, AUDIO, USER).costs(VIDEO_PRICE),
            ModeRules.of(IMAGE_TO_VIDEO, CREATE, PROMPT, DURATION, RATIO, SD_HD, FRAME, AUDIO, USER).costs(VIDEO_PRICE),
            ModeRules.of(REFERENCE_TO_VIDEO, CREATE, PROMPT.mandatory(), DURATION, RATIO, SD_HD, REFERENCES, AUDIO, USER)
                    .costs(VIDEO_PRICE),
            EDITS, EXTENSIONS);

    private static final ModelRules VIDEO_15 = ModelRules.of(BodyShape.FLAT,
            Set.of("grok-imagine-video-1.5", "grok-imagine-video-1.5-preview", "grok-imagine-video-1.5-2026-05-30"),
            ModeRules.of(TEXT_TO_VIDEO, CREATE, PROMPT.mandatory(), DURATION, RATIO, SD_HD_FHD, AUDIO, USER).costs(VIDEO_15_PRICE),
            ModeRules.of(IMAGE_TO_VIDEO, CREATE, PROMPT, DURATION, RATIO, SD_HD_FHD, FRAME, AUDIO, USER).costs(VIDEO_15_PRICE),
            ModeRules.of(REFERENCE_TO_VIDEO, CREATE, PROMPT.mandatory(), DURATION, RATIO, SD_HD, REFERENCES, AUDIO, USER)
                    .costs(VIDEO_15_PRICE),
            EDITS, EXTENSIONS);

    private static final FieldRule[] OPEN = {
            PROMPT, seconds("duration").alias("seconds"), ratio("aspectRatio").as("aspect_ratio"),
            text("resolution").alias("size"), AUDIO, USER};

    /** Unknown models: all of xAI's fields and modes, without ranges. */
    private static final ModelRules OTHERS = ModelRules.of(BodyShape.FLAT, Set.of(),
            ModeRules.of(TEXT_TO_VIDEO, CREATE, OPEN),
            ModeRules.of(IMAGE_TO_VIDEO, CREATE, with(OPEN, FRAME)),
            ModeRules.of(REFERENCE_TO_VIDEO, CREATE, with(OPEN, FieldRule.images(1, 100, FORMS).mandatory()
                    .as("reference_images", Spelling::objects).alias("image", "image_url"))),
            EDITS,
            ModeRules.of(EXTEND, LENGTHEN, PROMPT.mandatory(), seconds("duration").alias("seconds"), SOURCE));

    static final RuleBook RULES = new RuleBook(request -> DEFAULT, OTHERS, List.of(VIDEO, VIDEO_15));

    private XaiModels() {
    }

    private static FieldRule[] with(FieldRule[] fields, FieldRule further) {
        FieldRule[] more = Arrays.copyOf(fields, fields.length + 1);
        more[fields.length] = further;
        return more;
    }

    private static boolean isMp4(Object video) {
        return !(video instanceof Media.Url url) || url.isInline()
                || url.url().replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT).endsWith(".mp4");
    }
}
