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
import static io.github.grokvideo.component.provider.rules.FieldRule.url;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.RequestCheck;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.Spelling;

/** xAI's models. If public documents contradict each other, the more permissive one counts, since a refusal by xAI costs nothing. */
final class XaiModels {

    static final String DEFAULT = "grok-imagine-video";

    private static final String CREATE = "/videos/generations";
    private static final String CHANGE = "/videos/edits";
    private static final String LENGTHEN = "/videos/extensions";
    private static final MediaForm[] FORMS = {URL, DATA_URI, UPLOAD, GATEWAY_FILE};

    private static final String[] FRAMES = {"images", "firstFrame", "lastFrame", "keyframes"};
    private static final String[] REFERENCED = {"images", "voices"};
    private static final int DEFAULT_SECONDS = 8;
    /** Keyframes lie in slots of a third of a second. */
    private static final int SLOTS_PER_SECOND = 3;
    private static final int MAX_KEYFRAMES = 4;

    private static final FieldRule PROMPT = text("prompt");
    private static final FieldRule RATIO = oneOf("aspectRatio", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2")
            .as("aspect_ratio");
    private static final FieldRule SD_HD = oneOf("resolution", "480p", "720p").alias("size");
    private static final FieldRule SD_HD_FHD = oneOf("resolution", "480p", "720p", "1080p").alias("size");
    private static final FieldRule IMAGE = FieldRule.images(1, 1, FORMS)
            .as("image", Spelling::singleObject).alias("image_url", "reference_images");
    private static final FieldRule FIRST_FRAME = FieldRule.image("firstFrame", FORMS).as("image", Spelling::object).alias("image_url");
    private static final FieldRule LAST_FRAME = FieldRule.image("lastFrame", FORMS).as("last_frame", Spelling::object);
    private static final FieldRule KEYFRAMES = FieldRule.keyframes(MAX_KEYFRAMES, FORMS).as("keyframes", Spelling::keyframes);
    private static final FieldRule REFERENCES = references(7).alias("image", "image_url");
    private static final FieldRule REFERENCES_BESIDE_FRAME = references(7);
    private static final FieldRule VOICES = FieldRule.texts("voices", 3).as("reference_audios", Spelling::voices);
    private static final FieldRule AUDIO = flag("generateAudio").as("generate_audio");
    private static final FieldRule USER = text("user");
    private static final FieldRule UPLOAD_URL = url("uploadUrl", "https", "http").as("output.upload_url");
    private static final FieldRule STORAGE = FieldRule.storage(3600, 2_592_000).as("storage_options", Spelling::storage);
    private static final FieldRule SOURCE = FieldRule.video(FORMS).mandatory().as("video", Spelling::object).alias("video_url");
    private static final FieldRule SOURCE_SECONDS = seconds("inputVideoSeconds").unsent();

    private static final Price VIDEO_PRICE =
            Price.perSecond(Cost.USD, DEFAULT_SECONDS, "480p", Map.of("480p", "0.05", "720p", "0.07"), "0.002");
    private static final Price VIDEO_15_PRICE = Price.perSecond(
            Cost.USD, DEFAULT_SECONDS, "480p", Map.of("480p", "0.08", "720p", "0.14", "1080p", "0.25"), "0.01");
    private static final Price LITE_PRICE = Price.perSecond(
            Cost.USD, DEFAULT_SECONDS, "480p", Map.of("480p", "0.02", "720p", "0.03", "1080p", "0.14"), "0.01");
    /** The output has the resolution of the input, which is not known here: the lower one is assumed. */
    private static final Price EDIT_PRICE = Price.perInputSecond("0.05", "0.01", null);
    private static final Price EXTEND_PRICE = Price.perInputSecond("0.05", "0.01", 6);

    private static final RequestCheck NO_EFFECT_OF_RATIO = request -> request.aspectRatio() == null ? Optional.empty()
            : Optional.of(new Violation("aspectRatio", request.aspectRatio(), "is ignored: the video gets the image's ratio"));
    private static final RequestCheck MP4 = request -> isMp4(request.video()) ? Optional.empty() : Optional.of(
            new Violation("video", request.video().toString(), "may be refused: xai documents that the URL must end in .mp4"));

    private static final ModeRules EDITS =
            ModeRules.of(EDIT, CHANGE, PROMPT.mandatory(), SOURCE, SOURCE_SECONDS, USER, UPLOAD_URL, STORAGE).costs(EDIT_PRICE).warns(MP4);
    private static final ModeRules EXTENSIONS = ModeRules.of(EXTEND, LENGTHEN, PROMPT.mandatory(),
            seconds("duration", 2, 10).alias("seconds"), SOURCE, SOURCE_SECONDS, UPLOAD_URL, STORAGE).costs(EXTEND_PRICE);

    private static final ModelRules VIDEO = ModelRules.of(BodyShape.FLAT, Set.of(DEFAULT),
            create(TEXT_TO_VIDEO, 15, VIDEO_PRICE, PROMPT.mandatory(), RATIO, SD_HD),
            create(IMAGE_TO_VIDEO, 15, VIDEO_PRICE, PROMPT, RATIO, SD_HD, IMAGE, FIRST_FRAME)
                    .checks(RequestCheck.oneOf("images", "firstFrame")).warns(NO_EFFECT_OF_RATIO),
            create(REFERENCE_TO_VIDEO, 10, VIDEO_PRICE, PROMPT, RATIO, SD_HD, REFERENCES, VOICES).checks(RequestCheck.oneOf(REFERENCED)),
            EDITS, EXTENSIONS);

    private static final ModelRules VIDEO_15 = ModelRules.of(BodyShape.FLAT,
            Set.of("grok-imagine-video-1.5", "grok-imagine-video-1.5-preview", "grok-imagine-video-1.5-2026-05-30"),
            create(TEXT_TO_VIDEO, 15, VIDEO_15_PRICE, PROMPT.mandatory(), RATIO, SD_HD_FHD),
            create(IMAGE_TO_VIDEO, 15, VIDEO_15_PRICE, PROMPT, RATIO, SD_HD_FHD, IMAGE, FIRST_FRAME, LAST_FRAME, KEYFRAMES)
                    .checks(RequestCheck.oneOf(FRAMES), RequestCheck.notWith("1080p", "lastFrame", "keyframes"), XaiModels::keyframeTimes)
                    .warns(NO_EFFECT_OF_RATIO),
            create(REFERENCE_TO_VIDEO, 15, VIDEO_15_PRICE, PROMPT, RATIO, SD_HD, REFERENCES_BESIDE_FRAME, FIRST_FRAME, LAST_FRAME,
                    KEYFRAMES, VOICES).checks(RequestCheck.oneOf(REFERENCED), XaiModels::keyframeTimes));

    /** 1080p is upscaled. */
    private static final ModelRules LITE = ModelRules.of(BodyShape.FLAT, Set.of("grok-imagine-video-1.5-lite"),
            create(TEXT_TO_VIDEO, 15, LITE_PRICE, PROMPT.mandatory(), RATIO, SD_HD_FHD),
            create(IMAGE_TO_VIDEO, 15, LITE_PRICE, PROMPT, RATIO, SD_HD_FHD, IMAGE, FIRST_FRAME)
                    .checks(RequestCheck.oneOf("images", "firstFrame")).warns(NO_EFFECT_OF_RATIO));

    private static final FieldRule[] OPEN = {
            PROMPT, seconds("duration").alias("seconds"), ratio("aspectRatio").as("aspect_ratio"),
            text("resolution").alias("size"), AUDIO, USER, UPLOAD_URL, STORAGE};
    private static final FieldRule ANY_KEYFRAMES = FieldRule.keyframes(100, FORMS).as("keyframes", Spelling::keyframes);

    /** Unknown models: all of xAI's fields and modes, without ranges. */
    private static final ModelRules OTHERS = ModelRules.of(BodyShape.FLAT, Set.of(),
            ModeRules.of(TEXT_TO_VIDEO, CREATE, OPEN),
            ModeRules.of(IMAGE_TO_VIDEO, CREATE, with(OPEN, IMAGE, FIRST_FRAME, LAST_FRAME, ANY_KEYFRAMES))
                    .checks(RequestCheck.oneOf(FRAMES)),
            ModeRules.of(REFERENCE_TO_VIDEO, CREATE, with(OPEN, references(100), FIRST_FRAME, LAST_FRAME, ANY_KEYFRAMES,
                    FieldRule.texts("voices", 100).as("reference_audios", Spelling::voices))).checks(RequestCheck.oneOf(REFERENCED)),
            ModeRules.of(EDIT, CHANGE, PROMPT.mandatory(), SOURCE, SOURCE_SECONDS, USER, UPLOAD_URL, STORAGE).warns(MP4),
            ModeRules.of(EXTEND, LENGTHEN, PROMPT.mandatory(), seconds("duration").alias("seconds"), SOURCE, SOURCE_SECONDS, UPLOAD_URL,
                    STORAGE));

    static final RuleBook RULES = new RuleBook(request -> DEFAULT, OTHERS, List.of(VIDEO, VIDEO_15, LITE));

    private XaiModels() {
    }

    private static ModeRules create(Mode mode, int longest, Price price, FieldRule... fields) {
        FieldRule[] all = with(fields, seconds("duration", 1, longest).alias("seconds"), AUDIO, USER, UPLOAD_URL, STORAGE);
        return ModeRules.of(mode, CREATE, all).costs(price);
    }

    private static FieldRule references(int most) {
        return FieldRule.images(1, most, FORMS).as("reference_images", Spelling::objects);
    }

    private static FieldRule[] with(FieldRule[] fields, FieldRule... further) {
        return Stream.concat(Arrays.stream(fields), Arrays.stream(further)).toArray(FieldRule[]::new);
    }

    /** Keyframes lie inside the video, each in a slot of its own, and not in the first or the last one. */
    private static Optional<Violation> keyframeTimes(VideoRequest request) {
        int seconds = request.duration() == null ? DEFAULT_SECONDS : request.duration();
        Set<Long> slots = new HashSet<>();
        for (Keyframe frame : request.keyframes()) {
            long slot = Math.round(frame.at() * SLOTS_PER_SECOND);
            if (!(frame.at() > 0 && frame.at() < seconds) || slot == (long) seconds * SLOTS_PER_SECOND) {
                return Optional.of(new Violation("keyframes", "at " + frame.at(), "more than 0 and less than " + seconds
                        + " seconds, at least a third of a second before the end"));
            }
            if (!slots.add(slot)) {
                return Optional.of(new Violation("keyframes", "at " + frame.at(), "at least a third of a second apart"));
            }
        }
        return Optional.empty();
    }

    /** @param video null = none */
    private static boolean isMp4(Media video) {
        return !(video instanceof Media.Url url) || url.isInline()
                || url.url().replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT).endsWith(".mp4");
    }
}
