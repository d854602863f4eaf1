// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;

/** ToAPIs: one endpoint with a different body for each model id, look-up by the caller's own id, uploads, balance. */
final class ToApisGateway extends Gateway {

    private static final String GENERATIONS = "/videos/generations";
    private static final BigDecimal CREDITS_PER_USD = new BigDecimal(200);

    private final ToApisValidation validation;
    private final ToApisUploads uploads = new ToApisUploads();

    ToApisGateway(FrontDesk desk) {
        super("toapis", "/toapis/v1", "sk-", "credits", desk);
        this.validation = new ToApisValidation(taskId -> desk.job(this, taskId));
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.method().equals("POST")) {
            if (call.path().equals(GENERATIONS) || earlier(call, "/extend").isPresent() || earlier(call, "/remix").isPresent()) {
                return RequestKind.SUBMIT;
            }
            return call.path().startsWith("/uploads/") ? RequestKind.UPLOAD : RequestKind.OTHER;
        }
        if (call.gets("/balance") || call.gets("/user/balance")) {
            return RequestKind.BALANCE;
        }
        return call.method().equals("GET")
                ? asked(call).map(id -> isTaskId(id) ? RequestKind.POLL : RequestKind.LOOKUP).orElse(RequestKind.OTHER)
                : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call));
            case POLL -> asked(call).map(this::poll);
            case LOOKUP -> asked(call).map(id -> desk().lookUp(this, id));
            case UPLOAD -> uploads.answer(call).map(answer -> desk().upload(this, answer));
            case BALANCE -> Optional.of(balance(call));
            default -> Optional.empty();
        };
    }

    private Answer submit(Call call) {
        return earlier(call, "/extend").map(id -> submit(call, fields -> called(fields, validation.extend(id, fields))))
                .or(() -> earlier(call, "/remix").map(id -> submit(call, fields -> called(fields, validation.remix(id, fields)))))
                .orElseGet(() -> submit(call, fields -> called(fields, validation.generation(fields))));
    }

    /** A callback needs a secret, which is configured together with the webhook. */
    private JobDraft called(Fields fields, JobDraft draft) {
        if (!fields.has("callback_url")) {
            return draft;
        }
        if (desk().webhookSecret(this).isEmpty()) {
            throw new GatewayRefusal(Trouble.NO_WEBHOOK, "No webhook is configured for this token");
        }
        return draft.with(JobDraft.CALLBACK_URL, fields.url("callback_url"));
    }

    @Override
    public Optional<Callback> callback(SimulatedJob job) {
        String id = "evt_" + job.id();
        boolean done = job.state() == SimulatedJobState.DONE;
        ObjectNode body = object().put("id", id).put("type", done ? "generation.completed" : "generation.failed")
                .put("api_version", "v1").put("created_at", job.finished().getEpochSecond());
        ObjectNode polled = describe(job);
        ObjectNode data = body.putObject("data").put("task_id", job.id());
        if (job.clientBusinessId() != null) {
            data.put("client_business_id", job.clientBusinessId());
        }
        data.put("task_type", "video").put("model", job.model()).put("status", done ? "SUCCESS" : "FAILURE").put("progress", "100%");
        data.set("result", polled.get("result"));
        data.set("error", polled.get("error"));
        data.put("submitted_at", job.created().getEpochSecond()).put("finished_at", job.finished().getEpochSecond());
        String secret = desk().webhookSecret(this).orElse("");
        return Optional.of(Callback.of(body, (bytes, time, forged) -> Map.of("user-agent", "ToAPIs-Webhook/1.0",
                "x-toapis-webhook-id", id, "x-toapis-webhook-timestamp", Long.toString(time), "x-toapis-webhook-signature",
                "v1=" + Signatures.hmac(forged ? "not " + secret : secret, id + "." + time + ".", bytes))));
    }

    private static Optional<String> earlier(Call call, String verb) {
        return call.segment("/videos/", verb);
    }

    private static Optional<String> asked(Call call) {
        return call.segment(GENERATIONS + "/", "");
    }

    private static boolean isTaskId(String id) {
        return id.startsWith("task_") || id.startsWith("video_");
    }

    private Answer balance(Call call) {
        BigDecimal remaining = desk().credit(this, call);
        BigDecimal used = desk().spent(this);
        return Answer.json(200, object().put("success", true).put("remain_balance", usd(remaining)).put("used_balance", usd(used))
                .put("remain_credits", remaining).put("used_credits", used).put("credits_per_usd", 200)
                .put("unlimited_quota", false));
    }

    private static BigDecimal usd(BigDecimal credits) {
        return credits.divide(CREDITS_PER_USD, 6, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(200, task(job, "queued", 0));
    }

    @Override
    Answer status(SimulatedJob job) {
        return Answer.json(200, describe(job));
    }

    private ObjectNode describe(SimulatedJob job) {
        SimulatedJobState state = job.state();
        ObjectNode body = switch (state) {
            case QUEUED -> task(job, "queued", 0);
            case RENDERING -> task(job, "in_progress", job.progress());
            case DONE -> task(job, "completed", 100);
            default -> task(job, "failed", job.progress());
        };
        if (state == SimulatedJobState.DONE) {
            body.put("completed_at", job.finished().getEpochSecond()).put("expires_at", job.urlExpires().getEpochSecond());
            var data = body.putObject("result").put("type", "video").putArray("data");
            urlIfAny(job).ifPresent(url -> data.addObject().put("url", url).put("format", "mp4"));
        } else if (state.ended()) {
            boolean moderated = state == SimulatedJobState.MODERATED;
            body.putObject("error").put("code", moderated ? "content_policy_violation" : "generation_failed")
                    .put("message", job.outcomeOption("message", moderated ? "Content policy violation" : "Video generation failed"));
        }
        return body;
    }

    private static ObjectNode task(SimulatedJob job, String status, int progress) {
        ObjectNode body = object().put("id", job.id()).put("object", "generation.task").put("model", job.model())
                .put("status", status).put("progress", progress).put("created_at", job.created().getEpochSecond());
        body.putObject("metadata");
        if (job.clientBusinessId() != null) {
            body.put("client_business_id", job.clientBusinessId());
        }
        return body;
    }

    @Override
    String newTaskId() {
        return "task_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Two envelopes, as documented: integer codes with a type, and text codes without. */
    @Override
    Answer error(Trouble trouble, String message) {
        return switch (trouble) {
            case NO_KEY, MALFORMED_KEY, WRONG_KEY -> numbered(401, message, "authentication_error");
            case NO_MODEL, NO_TASK, NO_PATH -> numbered(404, message, trouble == Trouble.NO_TASK ? "task_not_found" : "not_found");
            case NO_CREDIT -> worded(402, "insufficient_quota", message);
            case FORBIDDEN -> worded(403, "forbidden", message);
            case TOO_LARGE -> worded(413, "invalid_request", message);
            case UNPROCESSABLE -> worded(422, "content_policy_violation", message);
            case RATE_LIMITED, SPEND_LIMIT -> worded(429, "rate_limit_exceeded", message).header("x-ratelimit-limit", "300")
                    .header("x-ratelimit-remaining", "0").header("x-ratelimit-category", "async_submit");
            case INTERNAL, BAD_GATEWAY, UNAVAILABLE -> worded(trouble.status(), "internal_error", message);
            case LIMITER_DOWN -> worded(503, "rate_limit_unavailable", message);
            case NO_WEBHOOK -> worded(400, "webhook_not_configured", message);
            default -> invalid(message);
        };
    }

    /** The API reference documents the code, the model guides the type. */
    private static Answer invalid(String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", "invalid_request").put("message", message).put("type", "invalid_request_error");
        return Answer.json(400, body);
    }

    private static Answer numbered(int status, String message, String type) {
        ObjectNode body = object();
        body.putObject("error").put("code", status).put("message", message).put("type", type);
        return Answer.json(status, body);
    }

    private static Answer worded(int status, String code, String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", code).put("message", message);
        return Answer.json(status, body);
    }
}
