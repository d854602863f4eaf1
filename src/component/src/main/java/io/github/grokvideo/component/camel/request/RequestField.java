// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.camel.options.RequestConfiguration;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequestBuilder;

/**
 * The fields of a request, each with its name, header, option and type. All readers of requests use this table, so that bodies, headers and
 * options stay consistent.
 */
public enum RequestField {

    MODEL("model", GrokVideoConstants.MODEL, RequestConfiguration::getModel, (b, v) -> b.model(FieldValue.text(v))),
    MODE("mode", GrokVideoConstants.MODE, RequestConfiguration::getMode,
         (b, v) -> b.mode(v instanceof Mode mode ? mode : Mode.of(FieldValue.text(v)).orElse(null))),
    PROMPT("prompt", GrokVideoConstants.PROMPT, RequestConfiguration::getPrompt, (b, v) -> b.prompt(FieldValue.text(v))),
    NEGATIVE_PROMPT("negativePrompt", GrokVideoConstants.NEGATIVE_PROMPT, RequestConfiguration::getNegativePrompt,
                    (b, v) -> b.negativePrompt(FieldValue.text(v))),
    DURATION("duration", GrokVideoConstants.DURATION, RequestConfiguration::getDuration,
             (b, v) -> b.duration(FieldValue.integer(v))),
    ASPECT_RATIO("aspectRatio", GrokVideoConstants.ASPECT_RATIO, RequestConfiguration::getAspectRatio,
                 (b, v) -> b.aspectRatio(FieldValue.text(v))),
    RESOLUTION("resolution", GrokVideoConstants.RESOLUTION, RequestConfiguration::getResolution,
               (b, v) -> b.resolution(FieldValue.text(v))),
    IMAGES("images", GrokVideoConstants.IMAGES, RequestConfiguration::getImages, (b, v) -> b.images(MediaReader.images(v))),
    VIDEO("video", GrokVideoConstants.VIDEO, RequestConfiguration::getVideo, (b, v) -> b.video(MediaReader.video(v))),
    STYLE("style", GrokVideoConstants.STYLE, RequestConfiguration::getStyle, (b, v) -> b.style(FieldValue.text(v))),
    SEED("seed", GrokVideoConstants.SEED, RequestConfiguration::getSeed, (b, v) -> b.seed(FieldValue.whole(v))),
    STRENGTH("strength", GrokVideoConstants.STRENGTH, RequestConfiguration::getStrength,
             (b, v) -> b.strength(FieldValue.number(v))),
    CAMERA_MOTION("cameraMotion", GrokVideoConstants.CAMERA_MOTION, RequestConfiguration::getCameraMotion,
                  (b, v) -> b.cameraMotion(FieldValue.text(v))),
    EDIT_REGION("editRegion", GrokVideoConstants.EDIT_REGION, RequestConfiguration::getEditRegion,
                (b, v) -> b.editRegion(FieldValue.text(v))),
    OUTPUT_QUALITY("outputQuality", GrokVideoConstants.OUTPUT_QUALITY, RequestConfiguration::getOutputQuality,
                   (b, v) -> b.outputQuality(FieldValue.text(v))),
    GENERATE_AUDIO("generateAudio", GrokVideoConstants.GENERATE_AUDIO, RequestConfiguration::getGenerateAudio,
                   (b, v) -> b.generateAudio(FieldValue.bool(v))),
    NSFW_CHECKER("nsfwChecker", GrokVideoConstants.NSFW_CHECKER, RequestConfiguration::getNsfwChecker,
                 (b, v) -> b.nsfwChecker(FieldValue.bool(v))),
    INPUT_VIDEO_SECONDS("inputVideoSeconds", GrokVideoConstants.INPUT_VIDEO_SECONDS,
                        RequestConfiguration::getInputVideoSeconds, (b, v) -> b.inputVideoSeconds(FieldValue.integer(v))),
    USER("user", GrokVideoConstants.USER, RequestConfiguration::getUser, (b, v) -> b.user(FieldValue.text(v))),
    CALLBACK_URL("callbackUrl", GrokVideoConstants.CALLBACK_URL, RequestConfiguration::getCallbackUrl,
                 (b, v) -> b.callbackUrl(FieldValue.text(v))),
    FIRST_FRAME("firstFrame", GrokVideoConstants.FIRST_FRAME, RequestConfiguration::getFirstFrame,
                (b, v) -> b.firstFrame(MediaReader.video(v))),
    LAST_FRAME("lastFrame", GrokVideoConstants.LAST_FRAME, RequestConfiguration::getLastFrame,
               (b, v) -> b.lastFrame(MediaReader.video(v))),
    KEYFRAMES("keyframes", GrokVideoConstants.KEYFRAMES, RequestConfiguration::getKeyframes,
              (b, v) -> b.keyframes(KeyframeReader.read(v, Media.LocalFile::new))),
    VOICES("voices", GrokVideoConstants.VOICES, RequestConfiguration::getVoices, (b, v) -> b.voices(FieldValue.texts(v))),
    UPLOAD_URL("uploadUrl", GrokVideoConstants.UPLOAD_URL, RequestConfiguration::getUploadUrl,
               (b, v) -> b.uploadUrl(FieldValue.text(v))),
    STORAGE("storage", GrokVideoConstants.STORAGE, RequestConfiguration::getStorage, (b, v) -> b.storage(StorageReader.read(v))),
    ADDITIONAL_FIELDS("additionalFields", GrokVideoConstants.ADDITIONAL_FIELDS, RequestConfiguration::getAdditionalFields,
                      (b, v) -> FieldValue.fields(v).forEach(b::additionalField));

    private final String fieldName;
    private final String header;
    private final Function<RequestConfiguration, Object> option;
    private final BiConsumer<VideoRequestBuilder, Object> apply;

    RequestField(String fieldName, String header, Function<RequestConfiguration, Object> option,
                 BiConsumer<VideoRequestBuilder, Object> apply) {
        this.fieldName = fieldName;
        this.header = header;
        this.option = option;
        this.apply = apply;
    }

    /** The name users write. */
    String fieldName() {
        return fieldName;
    }

    public String header() {
        return header;
    }

    /** The endpoint's default; null = none. */
    Object option(RequestConfiguration options) {
        return option.apply(options);
    }

    /** @throws IllegalArgumentException saying what would be accepted */
    void apply(VideoRequestBuilder request, Object value) {
        apply.accept(request, value);
    }

    public static Optional<RequestField> of(String name) {
        return Arrays.stream(values()).filter(field -> field.fieldName.equals(name)).findFirst();
    }

    /** For an unknown field: the name that was probably meant, or all names. */
    static String allowed(String unknown) {
        String all = "is not a field; fields are " + Arrays.stream(values()).map(RequestField::fieldName).toList();
        return Arrays.stream(values())
                .map(field -> Map.entry(field.fieldName, distance(plain(unknown), plain(field.fieldName))))
                .filter(near -> near.getValue() <= Math.max(1, near.getKey().length() / 3))
                .min(Map.Entry.comparingByValue())
                .map(near -> "is not a field; did you mean " + near.getKey() + "?")
                .orElse(all);
    }

    private static String plain(String name) {
        return name.replaceAll("[_\\-. ]", "").toLowerCase(Locale.ROOT);
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
