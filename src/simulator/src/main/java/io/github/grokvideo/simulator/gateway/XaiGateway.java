// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;

/** The official API of xAI: 202 while a job runs, moderation reported in three ways, the cost in the status. */
final class XaiGateway extends Gateway {

    private static final BigDecimal TICKS_PER_USD = new BigDecimal("10000000000");

    private final XaiFiles files;
    private final XaiValidation validation;

    XaiGateway(FrontDesk desk, XaiFiles files) {
        super("xai", "/xai/v1", "xai-", "USD", desk);
        this.files = files;
        this.validation = new XaiValidation(desk, files);
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.posts("/videos/generations") || call.posts("/videos/edits") || call.posts("/videos/extensions")) {
            return RequestKind.SUBMIT;
        }
        if (call.posts("/files")) {
            return RequestKind.UPLOAD;
        }
        return call.method().equals("GET") && call.segment("/videos/", "").isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(typed(call), fields -> validate(call.path(), fields)));
            case POLL -> call.segment("/videos/", "").map(this::poll);
            case UPLOAD -> Optional.of(desk().upload(this, upload(call.upload())));
            default -> Optional.empty();
        };
    }

    private static Call typed(Call call) {
        if (!call.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            throw new GatewayRefusal(Trouble.NO_BODY, "Expected request with `Content-Type: application/json`");
        }
        return call;
    }

    private JobDraft validate(String path, Fields fields) {
        return switch (path) {
            case "/videos/edits" -> validation.edit(fields);
            case "/videos/extensions" -> validation.extension(fields);
            default -> validation.generation(fields);
        };
    }

    private Answer upload(Upload upload) {
        if (upload == null || !upload.field().equals("file")) {
            throw new GatewayRefusal(Trouble.INVALID, "a multipart field 'file' is required");
        }
        String id = files.add();
        return Answer.json(200, object().put("id", id).put("object", "file").put("bytes", upload.size())
                .put("created_at", System.currentTimeMillis() / 1000).put("filename", upload.filename()).put("purpose", ""));
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(200, object().put("request_id", job.id()));
    }

    @Override
    Answer status(SimulatedJob job) {
        return switch (job.state()) {
            // xAI uses both: 202 without a body and with one.
            case QUEUED -> Answer.empty(202);
            case RENDERING -> Answer.json(202, object().put("status", "pending").put("progress", job.progress()));
            case DONE -> done(job, true);
            case MODERATED -> moderated(job);
            case EXPIRED -> Answer.json(200, object().put("status", "expired"));
            case FAILED -> failed(job);
        };
    }

    private Answer done(SimulatedJob job, boolean moderationPassed) {
        ObjectNode body = object().put("status", "done").put("progress", 100).put("model", job.model());
        ObjectNode video = body.putObject("video");
        video.put("url", moderationPassed ? urlIfAny(job).orElse("") : "");
        video.put("duration", job.spec().seconds()).put("respect_moderation", moderationPassed);
        video.putNull("file_output").putNull("storage_error");
        body.set("usage", usage(job));
        return Answer.json(200, body);
    }

    private Answer moderated(SimulatedJob job) {
        if (!job.outcomeOption("variant", "done").equals("http-400")) {
            return done(job, false);
        }
        ObjectNode body = object().put("code", "Client specified an invalid argument")
                .put("error", "Generated video rejected by content moderation.");
        body.set("usage", usage(job));
        return Answer.json(400, body);
    }

    private static Answer failed(SimulatedJob job) {
        ObjectNode body = object().put("status", "failed");
        body.putObject("error").put("code", job.outcomeOption("code", "internal_error"))
                .put("message", job.outcomeOption("message", "Video generation failed."));
        return Answer.json(200, body);
    }

    private static ObjectNode usage(SimulatedJob job) {
        return object().put("cost_in_usd_ticks", job.price().multiply(TICKS_PER_USD).longValueExact())
                .putNull("input_tokens").putNull("output_tokens").putNull("total_tokens");
    }

    @Override
    String newTaskId() {
        return UUID.randomUUID().toString();
    }

    @Override
    String noCredit() {
        return "Your team 00000000-0000-0000-0000-000000000000 has either used all available credits or reached its monthly spending limit."
                + " To continue making API requests, please purchase more credits or raise your spending limit.";
    }

    /** A wrong key is answered with 400, and missing credit with a missing permission. */
    @Override
    Answer error(Trouble trouble, String message) {
        int status = switch (trouble) {
            case WRONG_KEY -> 400;
            case NO_CREDIT -> 403;
            case NO_BODY -> 415;
            default -> trouble.status();
        };
        String code = switch (trouble) {
            case NO_KEY, MALFORMED_KEY -> "unauthenticated";
            case NO_CREDIT, FORBIDDEN -> "permission-denied";
            case NO_MODEL, NO_TASK, NO_PATH -> "not-found";
            case RATE_LIMITED, SPEND_LIMIT -> "resource-exhausted";
            case INTERNAL -> "internal-error";
            case BAD_GATEWAY, UNAVAILABLE, LIMITER_DOWN -> "The service is currently unavailable";
            default -> "invalid-argument";
        };
        return Answer.json(status, object().put("code", code).put("error", message));
    }
}
