// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openrouter;

import static io.github.grokvideo.component.job.Mode.EXTEND;
import static io.github.grokvideo.component.job.Mode.IMAGE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.REFERENCE_TO_VIDEO;
import static io.github.grokvideo.component.job.Mode.TEXT_TO_VIDEO;
import static io.github.grokvideo.component.provider.rules.FieldRule.flag;
import static io.github.grokvideo.component.provider.rules.FieldRule.natural;
import static io.github.grokvideo.component.provider.rules.FieldRule.oneOf;
import static io.github.grokvideo.component.provider.rules.FieldRule.ratio;
import static io.github.grokvideo.component.provider.rules.FieldRule.seconds;
import static io.github.grokvideo.component.provider.rules.FieldRule.text;
import static io.github.grokvideo.component.provider.rules.FieldRule.url;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.answers.Amount;
import io.github.grokvideo.component.provider.answers.Phase;
import io.github.grokvideo.component.provider.answers.PollReader;
import io.github.grokvideo.component.provider.answers.SubmitReader;
import io.github.grokvideo.component.provider.answers.TaskShape;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;
import io.github.grokvideo.component.provider.rules.ModeRules;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.RequestCheck;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.component.provider.webhook.OpenRouterWebhook;

/**
 * OpenRouter, {@code openrouter.ai}. Its models have one set of fields; what each of them accepts is published as data, so ranges are left
 * to the gateway, whose refusals cost nothing. An earlier job of OpenRouter is extended by its task id.
 */
public final class OpenRouterProvider extends RuledProvider {

    private static final String NAME = "openrouter";
    private static final String MODEL = "x-ai/grok-imagine-video";
    private static final String CREATE = "/videos";
    private static final MediaForm[] FORMS = {MediaForm.URL, MediaForm.DATA_URI};

    private static final FieldRule[] COMMON = {
            seconds("duration", 1, 15), oneOf("resolution", "480p", "720p", "1080p"), ratio("aspectRatio").as("aspect_ratio"),
            flag("generateAudio").as("generate_audio"), natural("seed"), text("user"),
            url("callbackUrl", "https", "http").as("callback_url")};
    private static final FieldRule[] OPEN = {
            seconds("duration"), text("resolution"), ratio("aspectRatio").as("aspect_ratio"), flag("generateAudio").as("generate_audio"),
            natural("seed"), text("user"), url("callbackUrl", "https", "http").as("callback_url")};
    private static final FieldRule PROMPT = text("prompt");
    private static final FieldRule IMAGE = FieldRule.images(1, 1, FORMS).as("frame_images", OpenRouterMedia::firstFrames);
    private static final FieldRule FIRST_FRAME = FieldRule.image("firstFrame", FORMS).as("frame_images", OpenRouterMedia::firstFrame);
    private static final FieldRule LAST_FRAME = FieldRule.image("lastFrame", FORMS).as("frame_images", OpenRouterMedia::lastFrame);
    private static final FieldRule SOURCE = FieldRule.video(MediaForm.TASK).mandatory().as("previous_job_id");

    private static final ModelRules MODELS = model(
            Set.of(MODEL, MODEL + "-1.5", MODEL + "-1.5-lite"), 7, COMMON);
    private static final ModelRules OTHERS = model(Set.of(), 100, OPEN);

    private static final TaskShape TASK = new TaskShape(
            NAME,
            Map.of("pending", Phase.WAITING, "in_progress", Phase.RUNNING, "completed", Phase.DONE, "failed", Phase.FAILED,
                    "cancelled", Phase.CANCELLED, "expired", Phase.EXPIRED),
            List.of("/unsigned_urls/0", "/urls/0"), true, null, OpenRouterProvider::cost, Charged.UNKNOWN);
    private static final WebhookRules WEBHOOK = new OpenRouterWebhook();
    /** It documents no interval. */
    private static final ProviderLimits LIMITS = new ProviderLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60), 0, 1, 0, false);

    private final SubmitReader submits = new SubmitReader(NAME);
    private final PollReader polls = new PollReader(TASK);

    public OpenRouterProvider() {
        super(NAME, new RuleBook(request -> MODEL, OTHERS, List.of(MODELS)));
    }

    private static ModelRules model(Set<String> ids, int mostReferences, FieldRule[] fields) {
        FieldRule references = FieldRule.images(1, mostReferences, FORMS).mandatory().as("input_references", OpenRouterMedia::references);
        return ModelRules.of(BodyShape.FLAT, ids,
                ModeRules.of(TEXT_TO_VIDEO, CREATE, with(fields, PROMPT.mandatory())),
                ModeRules.of(IMAGE_TO_VIDEO, CREATE, with(fields, PROMPT, IMAGE, FIRST_FRAME, LAST_FRAME))
                        .checks(RequestCheck.oneOf("images", "firstFrame", "lastFrame"), RequestCheck.notBoth("images", "firstFrame")),
                ModeRules.of(REFERENCE_TO_VIDEO, CREATE, with(fields, PROMPT, references, FIRST_FRAME, LAST_FRAME)),
                ModeRules.of(EXTEND, CREATE, with(fields, PROMPT, SOURCE)));
    }

    private static FieldRule[] with(FieldRule[] fields, FieldRule... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(fields)).toArray(FieldRule[]::new);
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return Optional.of("https://openrouter.ai/api/v1");
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
        return submits.read(answer, now, "/id");
    }

    @Override
    public Optional<WebhookRules> webhook() {
        return Optional.of(WEBHOOK);
    }

    @Override
    public HttpCall poll(String taskId) {
        return HttpCall.get(CREATE + "/" + PathPart.of(taskId));
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        return polls.read(query, answer, now);
    }

    @Override
    public Optional<HttpCall> content(String taskId) {
        return Optional.of(HttpCall.get(CREATE + "/" + PathPart.of(taskId) + "/content").withQuery("index", "0"));
    }

    @Override
    public String balanceUnsupported() {
        return "openrouter's balance is not part of its video API: see openrouter.ai/settings/credits";
    }

    private static Cost cost(JsonNode body) {
        JsonNode cost = body.at("/usage/cost");
        return Amount.at(cost) == null ? null : new Cost(Amount.at(cost), Cost.USD);
    }
}
