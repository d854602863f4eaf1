// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.aivideoapi;

import static io.github.grokvideo.component.provider.rules.FieldRule.flag;
import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.RuleBook;

/** Each mode has its own model, which is the default for requests of that mode. All fields but the callback are inside {@code input}. */
final class AiVideoApiModels {

    static final String TEXT = "grok-imagine-text-to-video";
    static final String IMAGE = "grok-imagine-image-to-video";

    private static final String CREATE = "/videos/generations";
    private static final BodyShape NESTED = new BodyShape("input", Set.of("model", "callback_url"), null);

    private static final FieldRule PROMPT = text("prompt", 5000).as("input.prompt");
    private static final FieldRule RATIO = oneOf("aspectRatio", "2:3", "3:2", "1:1", "16:9", "9:16").as("input.aspect_ratio");
    private static final FieldRule DURATION = seconds("duration", 6, 30).as("input.duration");
    private static final FieldRule RESOLUTION = oneOf("resolution", "480p", "720p").as("input.resolution");
    private static final FieldRule NSFW_CHECKER = flag("nsfwChecker").as("input.nsfw_checker");
    private static final FieldRule CALLBACK = FieldRule.url("callbackUrl", "https", "http").as("callback_url");
    private static final Price PRICE = Price.perSecond(Cost.CREDITS, 6, "480p", Map.of("480p", "2.4", "720p", "4.5"), "0");

    private static final ModelRules TEXT_TO_VIDEO = ModelRules.of(NESTED, Set.of(TEXT),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, PROMPT.mandatory(), RATIO,
                    oneOf("style", "fun", "normal", "spicy").as("input.mode"), DURATION, RESOLUTION, NSFW_CHECKER, CALLBACK)
                    .costs(PRICE));

    private static final ModelRules IMAGE_TO_VIDEO = ModelRules.of(NESTED, Set.of(IMAGE),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT, RATIO,
                    oneOf("style", "fun", "normal").as("input.mode"), DURATION, RESOLUTION, NSFW_CHECKER,
                    images(1, 7, MediaForm.URL).mandatory().as("input.image_urls"), CALLBACK)
                    .costs(PRICE));

    private static final FieldRule ANY_RATIO = ratio("aspectRatio").as("input.aspect_ratio");
    private static final FieldRule ANY_STYLE = text("style").as("input.mode");
    private static final FieldRule ANY_DURATION = seconds("duration").as("input.duration");
    private static final FieldRule ANY_RESOLUTION = text("resolution").as("input.resolution");

    private static final ModelRules OTHERS = ModelRules.of(NESTED, Set.of(),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, text("prompt").mandatory().as("input.prompt"), ANY_RATIO, ANY_STYLE, ANY_DURATION,
                    ANY_RESOLUTION, NSFW_CHECKER, CALLBACK),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, text("prompt").as("input.prompt"), ANY_RATIO, ANY_STYLE, ANY_DURATION,
                    ANY_RESOLUTION, NSFW_CHECKER, images(1, 100, MediaForm.URL).mandatory().as("input.image_urls"), CALLBACK));

    static final RuleBook RULES = new RuleBook(AiVideoApiModels::modelFor, OTHERS, List.of(TEXT_TO_VIDEO, IMAGE_TO_VIDEO));

    private AiVideoApiModels() {
    }

    private static String modelFor(VideoRequest request) {
        boolean image = request.mode() == null ? !request.images().isEmpty() : request.mode() == Mode.IMAGE_TO_VIDEO;
        return image ? IMAGE : TEXT;
    }
}
