// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openai;

import static io.github.grokvideo.component.job.Mode.EDIT;
import static io.github.grokvideo.component.job.Mode.EXTEND;
import static io.github.grokvideo.component.job.Mode.IMAGE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.REMIX;
import static io.github.grokvideo.component.job.Mode.TEXT_TO_VIDEO;
import static io.github.grokvideo.component.provider.rules.FieldRule.flag;
import static io.github.grokvideo.component.provider.rules.FieldRule.natural;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.RequestCheck;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.Spelling;

/** The one set of fields of the dialect. Which model takes what is up to the relay, whose refusals cost nothing. */
final class OpenAiModels {

    static final String DEFAULT = "grok-imagine-video";
    /** Wire names that become {@code size} together. */
    static final String RESOLUTION = "resolution";
    static final String RATIO = "aspect_ratio";

    private static final String CREATE = "/videos";
    private static final String DEFAULT_RATIO = "16:9";
    private static final String DEFAULT_RESOLUTION = "720p";

    private OpenAiModels() {
    }

    static RuleBook rules(OpenAiSettings settings) {
        String extras = settings.metadata() ? "metadata." : "";
        RequestCheck size = request -> sizeKnown(request, settings);
        FieldRule prompt = text("prompt").mandatory();
        FieldRule length = seconds("duration").as("seconds", Spelling::quoted).alias("duration");
        FieldRule resolution = oneOf("resolution", "480p", "720p", "1080p").as(RESOLUTION);
        FieldRule ratio = FieldRule.ratio("aspectRatio").as(RATIO);
        FieldRule audio = flag("generateAudio").as(extras + "generate_audio");
        FieldRule seed = natural("seed").as(extras + "seed");
        FieldRule not = text("negativePrompt").as(extras + "negative_prompt");
        FieldRule user = text("user").as(extras + "user");
        MediaForm[] forms = settings.multipart() ? new MediaForm[] {MediaForm.URL, MediaForm.GATEWAY_FILE, MediaForm.FILE_PART}
                : new MediaForm[] {MediaForm.URL, MediaForm.DATA_URI, MediaForm.GATEWAY_FILE};
        FieldRule image = FieldRule.images(1, 1, forms).mandatory().as("input_reference", OpenAiModels::image);
        FieldRule source = FieldRule.video(MediaForm.TASK, MediaForm.URL).mandatory().as("video", OpenAiModels::video);
        ModeRules[] modes = {
                ModeRules.of(TEXT_TO_VIDEO, CREATE, prompt, length, resolution, ratio, audio, seed, not, user).checks(size),
                ModeRules.of(IMAGE_TO_VIDEO, CREATE, prompt, image, length, resolution, ratio, audio, seed, not, user).checks(size),
                ModeRules.of(REMIX, "/videos/{video}/remix", prompt, FieldRule.video(MediaForm.TASK).mandatory().inPath()),
                ModeRules.of(EDIT, "/videos/edits", prompt, source),
                ModeRules.of(EXTEND, "/videos/extensions", prompt, source, length)};
        return new RuleBook(request -> DEFAULT, ModelRules.of(BodyShape.FLAT, Set.of(), modes),
                List.of(ModelRules.of(BodyShape.FLAT, Set.of(DEFAULT), modes)));
    }

    private static Optional<Violation> sizeKnown(VideoRequest request, OpenAiSettings settings) {
        return request.resolution() == null && request.aspectRatio() == null
                || settings.sizes().containsKey(size(request.resolution(), request.aspectRatio())) ? Optional.empty()
                : Optional.of(new Violation("aspectRatio", request.aspectRatio(), "no size is known for "
                        + size(request.resolution(), request.aspectRatio()) + ": add it to sizes in providerOptions"));
    }

    /**
     * @param  resolution null = the dialect's usual one
     * @param  ratio      null = the dialect's usual one
     * @return            key of {@link OpenAiSettings#sizes()}
     */
    static String size(String resolution, String ratio) {
        return (resolution == null ? DEFAULT_RESOLUTION : resolution) + " " + (ratio == null ? DEFAULT_RATIO : ratio);
    }

    private static JsonNode image(Object images) {
        Media image = (Media) ((List<?>) images).get(0);
        return JsonNodeFactory.instance.objectNode().set(image instanceof Media.GatewayFile ? "file_id" : "image_url",
                Spelling.plain(image));
    }

    private static JsonNode video(Object video) {
        return JsonNodeFactory.instance.objectNode().set(video instanceof Media.GatewayTask ? "id" : "url", Spelling.plain(video));
    }
}
