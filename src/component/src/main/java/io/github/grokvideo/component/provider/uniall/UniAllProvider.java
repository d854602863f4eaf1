// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.uniall;

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
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.component.provider.rules.Spelling;

/**
 * UniAll. Its host is not published, so the user must configure it. {@code size} is the resolution; the operation is always in a literal
 * object {@code extra_body}, and the length is always called duration. Unknown models have the fields of {@code grok-imagine} without
 * ranges.
 */
public final class UniAllProvider extends RuledProvider {

    private static final String NAME = "uniall";
    private static final String MODEL = "grok-imagine";
    private static final String CREATE = "/videos";
    /** Seconds; the default of most other gateways. */
    private static final int DEFAULT_SECONDS = 6;
    private static final String OPERATION = "extra_body.operation";

    private static final FieldRule PROMPT = text("prompt").mandatory();
    private static final FieldRule SIZE = oneOf("resolution", "480p", "720p").as("size");
    private static final FieldRule RATIO = ratio("aspectRatio").as("aspect_ratio");
    private static final FieldRule IMAGE = images(1, 1, MediaForm.URL).mandatory().as("image", Spelling::single)
            .alias("images", "image_url", "image_urls");
    private static final FieldRule IMAGES = images(1, 100, MediaForm.URL).mandatory().as("images")
            .alias("image", "image_url", "image_urls");
    private static final FieldRule VIDEO = FieldRule.video(MediaForm.URL).mandatory();
    private static final FieldRule SOURCE_SECONDS = seconds("inputVideoSeconds").as("extra_body.input_video_seconds");

    /** The gateway requires a length, so a request for a new video without one gets the usual default. */
    private static final ModelRules IMAGINE = ModelRules.of(BodyShape.FLAT, Set.of(MODEL),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE,
                    PROMPT, SIZE, oneOf("aspectRatio", "16:9", "1:1", "9:16").as("aspect_ratio"), length(1, 15))
                    .says(OPERATION, "text_to_video").lasts(DEFAULT_SECONDS),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT, IMAGE, SIZE, RATIO, length(1, 15)).says(OPERATION, "image_to_video")
                    .lasts(DEFAULT_SECONDS),
            ModeRules.of(Mode.REFERENCE_TO_VIDEO, CREATE, PROMPT, IMAGES, SIZE, RATIO, length(1, 10))
                    .says(OPERATION, "reference_to_video").lasts(DEFAULT_SECONDS),
            ModeRules.of(Mode.EDIT, CREATE, PROMPT, VIDEO, SIZE, SOURCE_SECONDS).says(OPERATION, "edit_video"),
            ModeRules.of(Mode.EXTEND, CREATE, PROMPT, VIDEO, length(2, 10), SOURCE_SECONDS).says(OPERATION, "video_extend"));

    private static final FieldRule ANY_SIZE = text("resolution").as("size");
    private static final FieldRule ANY_LENGTH = seconds("duration").alias("seconds");

    private static final ModelRules OTHERS = ModelRules.of(BodyShape.FLAT, Set.of(),
            ModeRules.of(Mode.TEXT_TO_VIDEO, CREATE, PROMPT, ANY_SIZE, RATIO, ANY_LENGTH).says(OPERATION, "text_to_video"),
            ModeRules.of(Mode.IMAGE_TO_VIDEO, CREATE, PROMPT, IMAGE, ANY_SIZE, RATIO, ANY_LENGTH).says(OPERATION, "image_to_video"),
            ModeRules.of(Mode.REFERENCE_TO_VIDEO, CREATE, PROMPT, IMAGES, ANY_SIZE, RATIO, ANY_LENGTH)
                    .says(OPERATION, "reference_to_video"),
            ModeRules.of(Mode.EDIT, CREATE, PROMPT, VIDEO, ANY_SIZE, SOURCE_SECONDS).says(OPERATION, "edit_video"),
            ModeRules.of(Mode.EXTEND, CREATE, PROMPT, VIDEO, ANY_LENGTH.mandatory(), SOURCE_SECONDS).says(OPERATION, "video_extend"));

    private static final TaskShape TASK = new TaskShape(
            NAME,
            Map.of("queued", Phase.WAITING, "in_progress", Phase.RUNNING, "completed", Phase.DONE, "failed", Phase.FAILED),
            List.of("/metadata/url", "/url", "/video_url"), true, null, body -> null, Charged.UNKNOWN);
    /** It documents 2 to 5 seconds. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60), 0, 1, 0, false);

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public UniAllProvider() {
        super(NAME, new RuleBook(request -> MODEL, OTHERS, List.of(IMAGINE)));
    }

    private static FieldRule length(int min, int max) {
        return seconds("duration", min, max).mandatory().alias("seconds");
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.empty();
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
        return submits.read(answer, now, "/id", "/task_id", "/data/id", "/data/task_id");
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get("/videos/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        return polls.read(query, answer, now);
    }

    @Override
    public Optional<HttpCall> content(String taskId) {
        return Optional.of(HttpCall.get("/videos/" + PathPart.of(taskId) + "/content"));
    }

    @Override
    public String balanceUnsupported() {
        return "uniall documents a balance query but publishes no path for it: see the gateway's console";
    }
}
