// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;

/** A relay that speaks the OpenAI videos dialect: JSON or multipart, long ids, content behind the key, moderation as completed. */
final class OpenAiGateway extends Gateway {

    static final String ID = "openai";

    /** A key that contains this belongs to a group without access to the models. */
    private static final String NO_GROUP = "nogroup";
    /** A picture of one pixel. */
    private static final byte[] PICTURE = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    private static final int PAGE = 20;

    private final OpenAiValidation validation;

    OpenAiGateway(FrontDesk desk) {
        super(ID, "/openai/v1", "sk-", "USD", desk);
        this.validation = new OpenAiValidation(desk);
    }

    @Override
    public RequestKind kind(Call call) {
        boolean submit = call.posts("/videos") || call.posts("/videos/edits") || call.posts("/videos/extensions")
                || call.method().equals("POST") && call.segment("/videos/", "/remix").isPresent();
        if (submit) {
            return RequestKind.SUBMIT;
        }
        if (!call.method().equals("GET")) {
            return RequestKind.OTHER;
        }
        return call.segment("/videos/", "/content").isPresent() ? RequestKind.DOWNLOAD
                : call.segment("/videos/", "").isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call));
            case POLL -> call.segment("/videos/", "").map(this::poll);
            case DOWNLOAD -> call.segment("/videos/", "/content").map(id -> content(job(id), call));
            default -> call.gets("/videos") ? Optional.of(list(call))
                    : call.method().equals("DELETE") ? call.segment("/videos/", "").map(id -> delete(job(id))) : Optional.empty();
        };
    }

    private Answer submit(Call call) {
        if (key(call).orElse("").contains(NO_GROUP)) {
            // Not an outage: waiting does not help.
            return error(503, "new_api_error", "model_not_found", "No available channel for this model under group default");
        }
        return switch (call.path()) {
            case "/videos" -> submit(call, validation.generation(body(call)));
            case "/videos/edits" -> submit(call, validation.edit(body(call)));
            case "/videos/extensions" -> submit(call, validation.extension(body(call)));
            default -> submit(call, validation.remix(job(call.segment("/videos/", "/remix").orElseThrow()), body(call)));
        };
    }

    @Override
    boolean readsForms() {
        return true;
    }

    private SimulatedJob job(String id) {
        return desk().job(this, id).orElseThrow(() -> new GatewayRefusal(Trouble.NO_TASK, "Video with id '" + id + "' not found."));
    }

    private Answer content(SimulatedJob job, Call call) {
        if (job.state() != SimulatedJobState.DONE || job.is(FaultKind.DONE_WITHOUT_URL) || !job.serves(job.urlVersion())) {
            throw new GatewayRefusal(Trouble.NO_TASK, "There is no video, or not yet, or no longer.");
        }
        return switch (call.query().getOrDefault("variant", "video")) {
            case "video" -> Answer.media(job);
            case "thumbnail", "spritesheet" -> Answer.empty(200).body(200, "image/webp", PICTURE);
            default -> throw new GatewayRefusal(Trouble.INVALID, "variant: must be video, thumbnail or spritesheet");
        };
    }

    private Answer list(Call call) {
        String limit = call.query().getOrDefault("limit", Integer.toString(PAGE));
        if (!limit.matches("\\d{1,3}") || limit.matches("0+")) {
            throw new GatewayRefusal(Trouble.INVALID, "limit: must be 1-100");
        }
        List<SimulatedJob> all = new ArrayList<>(desk().jobs(this));
        if (call.query().getOrDefault("order", "desc").equals("desc")) {
            Collections.reverse(all);
        }
        String after = call.query().get("after");
        List<SimulatedJob> rest = after == null ? all : all.stream().dropWhile(job -> !job.id().equals(after)).skip(1).toList();
        List<SimulatedJob> page = rest.stream().limit(Integer.parseInt(limit)).toList();
        ObjectNode body = object().put("object", "list");
        var data = body.putArray("data");
        page.forEach(job -> data.add(describe(job)));
        body.put("first_id", page.isEmpty() ? null : page.get(0).id());
        body.put("last_id", page.isEmpty() ? null : page.get(page.size() - 1).id());
        return Answer.json(200, body.put("has_more", page.size() < rest.size()));
    }

    private static Answer delete(SimulatedJob job) {
        if (!job.state().ended()) {
            throw new GatewayRefusal(Trouble.INVALID, "A video that is in progress cannot be deleted.");
        }
        job.mark(JobMark.DELETED);
        return Answer.json(200, object().put("id", job.id()).put("object", "video.deleted").put("deleted", true));
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(200, object(job, "queued", 0));
    }

    @Override
    Answer status(SimulatedJob job) {
        return Answer.json(200, describe(job));
    }

    private ObjectNode describe(SimulatedJob job) {
        return switch (job.state()) {
            case QUEUED -> object(job, "queued", 0);
            case RENDERING -> object(job, "in_progress", job.progress());
            case DONE -> done(job);
            case MODERATED -> failed(object(job, job.outcomeOption("variant", "completed"), 100), "moderation_blocked",
                    job.outcomeOption("message", "The generated video was blocked by our moderation system."));
            default -> failed(object(job, "failed", 100), job.outcomeOption("code", "video_generation_failed"),
                    job.outcomeOption("message", "Video generation failed."));
        };
    }

    private ObjectNode done(SimulatedJob job) {
        ObjectNode body = object(job, "completed", 100);
        body.put("completed_at", job.finished().getEpochSecond()).put("expires_at", job.urlExpires().getEpochSecond());
        if (job.is(FaultKind.URL_ELSEWHERE)) {
            String field = job.outcomeOption("field", "metadata.url");
            ObjectNode parent = field.startsWith("metadata.") ? body.putObject("metadata") : body;
            parent.put(field.substring(field.indexOf('.') + 1), desk().url(job));
        }
        return body;
    }

    private static ObjectNode failed(ObjectNode body, String code, String message) {
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    private static ObjectNode object(SimulatedJob job, String status, int progress) {
        ObjectNode body = object().put("id", job.id()).put("object", "video").put("model", job.model()).put("status", status)
                .put("progress", progress).put("created_at", job.created().getEpochSecond());
        body.putNull("completed_at").putNull("expires_at").putNull("error");
        return body.put("seconds", Integer.toString(job.spec().seconds())).put("size", job.spec().width() + "x" + job.spec().height())
                .put("remixed_from_video_id", job.extra("remixed_from").orElse(null));
    }

    /** As LiteLLM's: it encodes to which deployment the video belongs. */
    @Override
    String newTaskId() {
        String inner = "litellm:custom_llm_provider:xai;model_id:simulator;video_id:" + UUID.randomUUID();
        return "video_" + Base64.getUrlEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    Answer error(Trouble trouble, String message) {
        return switch (trouble) {
            case NO_KEY, MALFORMED_KEY, WRONG_KEY -> error(401, "invalid_request_error", "invalid_api_key", message);
            case NO_CREDIT -> error(403, "new_api_error", "insufficient_user_quota", message);
            case NO_MODEL -> error(404, "invalid_request_error", "model_not_found", message);
            case NO_TASK, NO_PATH -> error(404, "invalid_request_error", "not_found", message);
            case RATE_LIMITED, SPEND_LIMIT -> error(429, "requests", "rate_limit_exceeded", message);
            case INTERNAL, BAD_GATEWAY, UNAVAILABLE, LIMITER_DOWN -> error(trouble.status(), "server_error", "server_error", message);
            default -> error(trouble.status(), "invalid_request_error", "invalid_value", message);
        };
    }

    private static Answer error(int status, String type, String code, String message) {
        ObjectNode body = object();
        body.putObject("error").put("message", message).put("type", type).putNull("param").put("code", code);
        return Answer.json(status, body);
    }
}
