// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.video.VideoSpec;

/** aivideoapi.ai: nested {@code input}, the mode is the model id, submits are answered with an envelope of {@code code/msg/data}. */
final class AiVideoApiGateway extends Gateway {

    private static final String TEXT = "grok-imagine-text-to-video";
    private static final String IMAGE = "grok-imagine-image-to-video";

    AiVideoApiGateway(FrontDesk desk) {
        super("aivideoapi", "/aivideoapi/v1", "sk-", "credits", desk);
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.posts("/videos/generations")) {
            return RequestKind.SUBMIT;
        }
        if (call.gets("/credits")) {
            return RequestKind.BALANCE;
        }
        return call.method().equals("GET") && call.segment("/tasks/", "").isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call, this::validate));
            case POLL -> call.segment("/tasks/", "").map(this::poll);
            case BALANCE -> Optional.of(envelope(object().put("credits", desk().credit(this, call))));
            default -> Optional.empty();
        };
    }

    private JobDraft validate(Fields fields) {
        String model = fields.text("model", "");
        if (model.isBlank()) {
            throw new GatewayRefusal(Trouble.MISSING, "'model' is required.");
        }
        if (!model.equals(TEXT) && !model.equals(IMAGE)) {
            throw new GatewayRefusal(Trouble.NO_MODEL, "Model '" + model + "' does not exist.");
        }
        fields.only("model", "input", "callback_url");
        boolean fromImages = model.equals(IMAGE);
        Fields input = fields.object("input");
        input.only("prompt", "aspect_ratio", "mode", "duration", "resolution", "nsfw_checker", fromImages ? "image_urls" : "prompt");
        String prompt = fromImages ? input.text("prompt", "") : input.needText("prompt");
        input.text("prompt", "", 5000);
        List<String> images = fromImages ? input.urls("image_urls", 1, 7) : List.of();
        String style = input.choice("mode", "normal", "fun", "normal", "spicy");
        if (fromImages && style.equals("spicy")) {
            throw input.invalid("mode", "spicy is for text-to-video only");
        }
        input.bool("nsfw_checker");
        String resolution = input.choice("resolution", "480p", "480p", "720p");
        String ratio = input.choice("aspect_ratio", "2:3", "2:3", "3:2", "1:1", "16:9", "9:16");
        int seconds = input.integer("duration", 6, 6, 30);
        BigDecimal credits = amount(resolution.equals("720p") ? "4.5" : "2.4", seconds).setScale(0, RoundingMode.CEILING);
        JobDraft draft = new JobDraft(model, images.isEmpty() ? "text-to-video" : "image-to-video", prompt, null, resolution, ratio,
                VideoSpec.of(resolution, ratio, seconds), credits);
        return fields.has("callback_url") ? draft.with(JobDraft.CALLBACK_URL, fields.url("callback_url")) : draft;
    }

    /** The body of the final status; no signature is documented. */
    @Override
    public Optional<Callback> callback(SimulatedJob job) {
        return Optional.of(Callback.of(describe(job), Callback.Signer.NONE));
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return envelope(object().put("taskId", job.id()));
    }

    @Override
    Answer status(SimulatedJob job) {
        return Answer.json(200, describe(job));
    }

    private ObjectNode describe(SimulatedJob job) {
        SimulatedJobState state = job.state();
        ObjectNode body = object().put("id", job.id()).put("status", word(state)).put("model", job.model())
                .put("created_at", job.created().getEpochSecond());
        if (!state.ended()) {
            body.putNull("progress");
        } else if (state == SimulatedJobState.DONE) {
            body.put("completed_at", job.finished().getEpochSecond());
            ObjectNode output = body.putObject("output");
            var urls = output.putArray("urls");
            urlIfAny(job).ifPresent(urls::add);
            output.putObject("metadata").put("model", job.model().replace("grok-imagine-", "grok-imagine/"))
                    .put("costTime", Duration.between(job.created(), job.finished()).toSeconds())
                    .put("completeTime", job.finished().toEpochMilli());
        } else {
            body.putObject("error").put("code", "upstream_error").put("message", job.outcomeOption("message",
                    state == SimulatedJobState.MODERATED ? "Content violation" : "Video generation failed"));
        }
        return body;
    }

    private static String word(SimulatedJobState state) {
        return switch (state) {
            case QUEUED -> "pending";
            case RENDERING -> "processing";
            case DONE -> "completed";
            default -> "failed";
        };
    }

    private static Answer envelope(ObjectNode data) {
        ObjectNode body = object().put("code", 200).put("msg", "success");
        body.set("data", data);
        return Answer.json(200, body);
    }

    @Override
    String newTaskId() {
        return UUID.randomUUID().toString();
    }

    @Override
    Answer error(Trouble trouble, String message) {
        String[] words = switch (trouble) {
            case NO_KEY, MALFORMED_KEY, WRONG_KEY -> new String[] {"invalid_api_key", "authentication_error"};
            case NO_CREDIT -> new String[] {"insufficient_credits", "billing_error"};
            case FORBIDDEN -> new String[] {"ip_not_allowed", "permission_error"};
            case NO_MODEL -> new String[] {"model_not_found", "invalid_request_error"};
            case NO_TASK -> new String[] {"task_not_found", "invalid_request_error"};
            case RATE_LIMITED -> new String[] {"rate_limit_exceeded", "rate_limit_error"};
            case SPEND_LIMIT -> new String[] {"spend_limit_exceeded", "billing_error"};
            case INTERNAL, BAD_GATEWAY -> new String[] {"internal_error", "api_error"};
            case UNAVAILABLE, LIMITER_DOWN -> new String[] {"upstream_error", "upstream_error"};
            default -> new String[] {"invalid_request", "invalid_request_error"};
        };
        ObjectNode body = object();
        body.putObject("error").put("code", words[0]).put("message", message).put("type", words[1]);
        return Answer.json(trouble.status(), body);
    }
}
