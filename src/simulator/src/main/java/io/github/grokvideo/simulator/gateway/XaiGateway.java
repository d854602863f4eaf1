// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;

/** The official API of xAI: 202 while a job runs, moderation reported in three ways, the cost in the status, files. */
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
            case UPLOAD -> Optional.of(desk().upload(this, upload(call.form())));
            default -> call.gets("/api-key") ? Optional.of(key())
                    : call.method().equals("DELETE") ? call.segment("/files/", "").map(this::delete) : Optional.empty();
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

    private Answer upload(Form form) {
        Upload upload = form == null ? null : form.upload();
        if (upload == null || !upload.field().equals("file")) {
            throw new GatewayRefusal(Trouble.INVALID, "a multipart field 'file' is required");
        }
        Optional<String> lifetime = form.text("expires_after");
        if (lifetime.isPresent() && !form.beforeFile().contains("expires_after")) {
            throw new GatewayRefusal(Trouble.INVALID, "expires_after must come before file");
        }
        lifetime.ifPresent(XaiGateway::checkLifetime);
        String id = files.add();
        long now = System.currentTimeMillis() / 1000;
        ObjectNode body = object().put("id", id).put("object", "file").put("bytes", upload.size())
                .put("created_at", now).put("filename", upload.filename()).put("purpose", "");
        lifetime.ifPresentOrElse(seconds -> body.put("expires_at", now + Long.parseLong(seconds)), () -> body.putNull("expires_at"));
        return Answer.json(200, body);
    }

    private static void checkLifetime(String seconds) {
        if (!seconds.matches("\\d{4,7}") || Integer.parseInt(seconds) < XaiStorage.MIN_SECONDS
                || Integer.parseInt(seconds) > XaiStorage.MAX_SECONDS) {
            throw new GatewayRefusal(Trouble.INVALID, "expires_after must be " + XaiStorage.MIN_SECONDS + "-" + XaiStorage.MAX_SECONDS);
        }
    }

    private Answer delete(String fileId) {
        boolean deleted = files.delete(fileId)
                || XaiStorage.behind(fileId, desk()).filter(job -> job.mark(JobMark.FILE_DELETED)).isPresent();
        if (!deleted) {
            throw new GatewayRefusal(Trouble.NO_TASK, "File not found: " + fileId);
        }
        return Answer.json(200, object().put("id", fileId).put("object", "file").put("deleted", true));
    }

    private static Answer key() {
        ObjectNode body = object().put("redacted_api_key", "xai-...0000").put("name", "simulator")
                .put("api_key_blocked", false).put("api_key_disabled", false).put("team_blocked", false);
        body.putArray("acls").add("api-key:endpoint:*").add("api-key:model:*");
        return Answer.json(200, body);
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
            case FAILED, CANCELLED -> failed(job);
        };
    }

    private Answer done(SimulatedJob job, boolean moderationPassed) {
        ObjectNode body = object().put("status", "done").put("progress", 100)
                .put("model", job.is(FaultKind.OTHER_MODEL) ? job.outcomeOption("model", "grok-imagine-video-2") : job.model());
        ObjectNode video = body.putObject("video");
        if (moderationPassed && job.extra(JobDraft.UPLOAD_URL).isPresent()) {
            video.putNull("url");
        } else {
            video.put("url", moderationPassed ? urlIfAny(job).orElse("") : "");
        }
        video.put("duration", job.spec().seconds()).put("respect_moderation", moderationPassed);
        if (moderationPassed) {
            XaiStorage.describe(job, desk().url(job), video);
        } else {
            video.putNull("file_output").putNull("storage_error");
        }
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
        if (job.marked(JobMark.UPLOAD_FAILED)) {
            body.putObject("error").put("code", "failed_precondition")
                    .put("message", "The video could not be uploaded to output.upload_url.");
            return Answer.json(200, body);
        }
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
            case NO_KEY, MALFORMED_KEY -> "unauthenticated:no-credentials";
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
