// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;

/** UniAll: OpenAI-style video tasks under three paths, content that requires the key. Its error envelope is undocumented. */
final class UniAllGateway extends Gateway {

    /** The recommended path comes last, since it is a prefix of another. */
    private static final List<String> PATHS = List.of("/videos/generations", "/video/generations", "/videos");

    private final UniAllValidation validation;

    UniAllGateway(FrontDesk desk) {
        super("uniall", "/uniall/v1", "sk-", "USD", desk);
        this.validation = new UniAllValidation(desk);
    }

    @Override
    public RequestKind kind(Call call) {
        if (PATHS.stream().anyMatch(call::posts)) {
            return RequestKind.SUBMIT;
        }
        if (!call.method().equals("GET")) {
            return RequestKind.OTHER;
        }
        return content(call).isPresent() ? RequestKind.DOWNLOAD : task(call).isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call, validation::read));
            case POLL -> task(call).map(this::poll);
            case DOWNLOAD -> content(call).map(this::content);
            default -> Optional.empty();
        };
    }

    private static Optional<String> task(Call call) {
        return PATHS.stream().flatMap(path -> call.segment(path + "/", "").stream()).findFirst();
    }

    private static Optional<String> content(Call call) {
        return call.segment("/videos/", "/content");
    }

    private Answer content(String taskId) {
        SimulatedJob job = desk().job(this, taskId).orElseThrow(() -> new GatewayRefusal(Trouble.NO_TASK, "task not found"));
        if (job.state() != SimulatedJobState.DONE) {
            throw new GatewayRefusal(Trouble.INVALID, "task is not completed");
        }
        return Answer.media(job);
    }

    /** As the {@code openai} client for JavaScript sends every request. */
    @Override
    boolean readsForms() {
        return true;
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(200, running(job, "queued", 0));
    }

    @Override
    Answer status(SimulatedJob job) {
        SimulatedJobState state = job.state();
        ObjectNode body = switch (state) {
            case QUEUED -> running(job, "queued", 0);
            case RENDERING -> running(job, "in_progress", job.progress());
            case DONE -> running(job, "completed", 100);
            default -> object().put("id", job.id()).put("object", "video").put("model", job.model()).put("status", "failed")
                    .put("progress", 100).put("created_at", job.created().getEpochSecond());
        };
        if (state == SimulatedJobState.DONE) {
            body.put("completed_at", job.finished().getEpochSecond()).put("size", job.resolution());
            ObjectNode metadata = body.putObject("metadata");
            urlIfAny(job).ifPresent(url -> metadata.put("url", url));
        } else if (state.ended()) {
            body.putObject("error").put("code", "task_failed").put("message", job.outcomeOption("message", "request rejected"));
        }
        return Answer.json(200, body);
    }

    private static ObjectNode running(SimulatedJob job, String status, int progress) {
        return object().put("id", job.id()).put("task_id", job.id()).put("object", "video").put("model", job.model())
                .put("status", status).put("progress", progress).put("created_at", job.created().getEpochSecond())
                .put("seconds", Integer.toString(job.spec().seconds()));
    }

    @Override
    String newTaskId() {
        return "task_" + UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    Answer error(Trouble trouble, String message) {
        String type = switch (trouble) {
            case NO_KEY, MALFORMED_KEY, WRONG_KEY -> "authentication_error";
            case NO_CREDIT -> "insufficient_quota";
            case RATE_LIMITED, SPEND_LIMIT -> "rate_limit_error";
            case INTERNAL, BAD_GATEWAY, UNAVAILABLE, LIMITER_DOWN -> "server_error";
            default -> "invalid_request_error";
        };
        String code = switch (trouble) {
            case NO_KEY, MALFORMED_KEY, WRONG_KEY -> "invalid_api_key";
            case NO_CREDIT -> "insufficient_quota";
            case NO_MODEL -> "model_not_found";
            case NO_TASK -> "task_not_found";
            case RATE_LIMITED, SPEND_LIMIT -> "rate_limit_exceeded";
            case INTERNAL, BAD_GATEWAY, UNAVAILABLE, LIMITER_DOWN -> "internal_error";
            default -> "invalid_request";
        };
        ObjectNode body = object();
        body.putObject("error").put("message", message).put("type", type).putNull("param").put("code", code);
        return Answer.json(trouble.status(), body);
    }
}
