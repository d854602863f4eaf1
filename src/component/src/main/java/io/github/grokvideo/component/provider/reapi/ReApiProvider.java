// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.reapi;

import static io.github.grokvideo.component.provider.rules.FieldRule.flag;
import static io.github.grokvideo.component.provider.rules.FieldRule.images;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.Price;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.RuledProvider;

/**
 * reAPI, {@code reapi.ai}. {@code size} is the aspect ratio and {@code quality} the resolution. Every accepted POST creates and charges a
 * task, and a task whose answer was lost cannot be looked up. Unknown models have the fields of {@code grok-imagine-1.0-video} without
 * ranges.
 */
public final class ReApiProvider extends RuledProvider {

    private static final String NAME = "reapi";
    private static final String MODEL = "grok-imagine-1.0-video";
    private static final String CREATE = "/videos/generations";

    private static final FieldRule PROMPT = text("prompt", 4000);
    private static final FieldRule DURATION = seconds("duration", 6, 30);
    private static final FieldRule SIZE = oneOf("aspectRatio", "16:9", "9:16", "1:1", "3:2", "2:3").as("size").alias("aspect_ratio");
    private static final FieldRule QUALITY = oneOf("resolution", "480p", "720p").as("quality").alias("resolution");
    private static final FieldRule IMAGES = images(1, 7, MediaForm.URL).mandatory().as("image_urls");
    /** 1 credit is $0.001; both resolutions cost the same. */
    private static final Price FLAT_RATE = Price.perSecond(Cost.CREDITS, 6, "480p", Map.of("*", "8.75"), "0");

    private static final ModelRules IMAGINE_10 = ModelRules.of(BodyShape.FLAT, Set.of(MODEL),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, PROMPT.mandatory(), SIZE, DURATION, QUALITY).costs(FLAT_RATE),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT, SIZE, DURATION, QUALITY, IMAGES).costs(FLAT_RATE));

    private static final FieldRule RATIO = ratio("aspectRatio").as("aspect_ratio");

    private static final ModelRules IMAGINE_15_BETA = ModelRules.of(BodyShape.FLAT, Set.of("grok-imagine-video-1.5-beta"),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT, RATIO, seconds("duration", 1, 15), oneOf("resolution", "480p", "720p"),
                    images(1, 1, MediaForm.URL).mandatory().as("image_urls"), flag("nsfwChecker").as("nsfw_checker")));

    private static final FieldRule OFFICIAL_RATIO = oneOf("aspectRatio", "1:1", "16:9", "9:16").as("aspect_ratio");

    /** Its fields for audio and images are undocumented; images are written as for its sister models. */
    private static final ModelRules IMAGINE_15_OFFICIAL = ModelRules.of(BodyShape.FLAT, Set.of("grok-imagine-video-1.5-official"),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, PROMPT.mandatory(), OFFICIAL_RATIO, seconds("duration", 3, 15)),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT.mandatory(), OFFICIAL_RATIO, seconds("duration", 3, 15), IMAGES));

    private static final FieldRule ANY_SIZE = ratio("aspectRatio").as("size").alias("aspect_ratio");
    private static final FieldRule ANY_QUALITY = text("resolution").as("quality").alias("resolution");

    private static final ModelRules OTHERS = ModelRules.of(BodyShape.FLAT, Set.of(),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, text("prompt").mandatory(), ANY_SIZE, seconds("duration"), ANY_QUALITY),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, text("prompt"), ANY_SIZE, seconds("duration"), ANY_QUALITY,
                    images(1, 100, MediaForm.URL).mandatory().as("image_urls")));

    private static final TaskShape TASK = new TaskShape(
            NAME, Map.of("processing", Phase.RUNNING, "completed", Phase.DONE, "failed", Phase.FAILED),
            List.of("/output/video_urls/0", "/output/urls/0", "/output/url"), false, null, body -> null, Charged.NO);
    /** Its overview allows a query every one or two seconds. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMinutes(3), 0, 1, 0, false);

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public ReApiProvider() {
        super(NAME, new RuleBook(request -> MODEL, OTHERS, List.of(IMAGINE_10, IMAGINE_15_BETA, IMAGINE_15_OFFICIAL)));
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://reapi.ai/api/v1");
    }

    @Override
    public String defaultModel() {
        return MODEL;
    }

    @Override
    public ProviderLimits limits() {
        return LIMITS;
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        return submits.read(answer, now, "/id", "/task_id", "/data/id");
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/tasks/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        return polls.read(query, answer, now);
    }

    @Override
    public String balanceUnsupported() {
        return "reapi documents no call for the balance: see reapi.ai/settings";
    }
}
