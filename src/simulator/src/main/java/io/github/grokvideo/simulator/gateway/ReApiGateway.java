// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.video.VideoSpec;

/** reAPI: flat body, {@code size} is the aspect ratio, numeric error codes. */
final class ReApiGateway extends Gateway {

    private static final String MODEL = "grok-imagine-1.0-video";
    private static final String USD_PER_SECOND = "0.00875";

    ReApiGateway(FrontDesk desk) {
        super("reapi", "/reapi/api/v1", "rk_live_", "credits", desk);
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.posts("/videos/generations")) {
            return RequestKind.SUBMIT;
        }
        return call.method().equals("GET") && call.segment("/tasks/", "").isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call, this::validate));
            case POLL -> call.segment("/tasks/", "").map(this::poll);
            default -> Optional.empty();
        };
    }

    private JobDraft validate(Fields fields) {
        if (!fields.needText("model").equals(MODEL)) {
            throw new GatewayRefusal(Trouble.NO_MODEL, "model not found: " + fields.text("model", ""));
        }
        fields.only("model", "prompt", "size", "duration", "quality", "image_urls");
        String prompt = fields.text("prompt", "", 4000);
        List<String> images = fields.urls("image_urls", 0, 7);
        if (images.isEmpty() && prompt.isBlank()) {
            throw new GatewayRefusal(Trouble.MISSING, "grok-imagine: prompt is required when image_urls is empty (text-to-video)");
        }
        String ratio = fields.choice("size", "16:9", "16:9", "9:16", "1:1", "3:2", "2:3");
        String quality = fields.choice("quality", "480p", "480p", "720p");
        int seconds = fields.integer("duration", 6, 6, 30);
        BigDecimal credits = amount(USD_PER_SECOND, seconds).movePointRight(3).setScale(0, RoundingMode.CEILING);
        return new JobDraft(MODEL, images.isEmpty() ? "text-to-video" : "image-to-video", prompt, null, quality, ratio,
                VideoSpec.of(quality, ratio, seconds), credits);
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(200, task(job, "processing"));
    }

    @Override
    Answer status(SimulatedJob job) {
        SimulatedJobState state = job.state();
        ObjectNode body = task(job, !state.ended() ? "processing" : state == SimulatedJobState.DONE ? "completed" : "failed");
        body.putNull("output").putNull("error");
        if (state == SimulatedJobState.DONE) {
            var urls = body.putObject("output").putArray("video_urls");
            urlIfAny(job).ifPresent(urls::add);
        } else if (state.ended()) {
            boolean moderated = state == SimulatedJobState.MODERATED;
            body.putObject("error").put("code", moderated ? 40001 : 50001).put("message",
                    job.outcomeOption("message", moderated ? "content policy violation" : "upstream generation failed"));
        }
        return Answer.json(200, body);
    }

    private ObjectNode task(SimulatedJob job, String status) {
        return object().put("id", job.id()).put("model", job.model()).put("status", status)
                .put("created_at", job.created().getEpochSecond());
    }

    @Override
    String newTaskId() {
        return "task_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Only codes 1xxxx and 2xxxx are documented; otherwise the first digit is the category. */
    @Override
    Answer error(Trouble trouble, String message) {
        int code = switch (trouble) {
            case NO_KEY -> 10001;
            case MALFORMED_KEY -> 10002;
            case WRONG_KEY -> 10003;
            case FORBIDDEN -> 10005;
            case MISSING -> 20002;
            case TOO_LONG -> 20007;
            case NO_CREDIT -> 30001;
            case UNPROCESSABLE -> 40001;
            case RATE_LIMITED, SPEND_LIMIT -> 60001;
            case INTERNAL, BAD_GATEWAY, UNAVAILABLE, LIMITER_DOWN -> 50001;
            default -> 20003;
        };
        ObjectNode body = object();
        body.putObject("error").put("code", code).put("message", trouble == Trouble.NO_TASK ? "task not found" : message)
                .put("request_id", "req_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16));
        return Answer.json(trouble.status(), body);
    }
}
