// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;

/** fal's queue: a status, then a result, which is where a failure shows; requests can be cancelled. */
final class FalGateway extends Gateway {

    private static final String REQUESTS = FalEndpoint.APP + "/requests/";

    private static final String KEYS = "/.well-known/jwks.json";
    private static final String USER = "simulator";

    private final Signatures signatures;

    FalGateway(FrontDesk desk, Signatures signatures) {
        super("fal", "/fal", "fal-", "USD", desk);
        this.signatures = signatures;
    }

    @Override
    boolean open(Call call) {
        return call.gets(KEYS);
    }

    @Override
    String scheme() {
        return "Key";
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.method().equals("POST") && FalEndpoint.at(call.path()).isPresent()) {
            return RequestKind.SUBMIT;
        }
        boolean asks = call.segment(REQUESTS, "/status").isPresent() || call.segment(REQUESTS, "").isPresent();
        return call.method().equals("GET") && asks ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> FalEndpoint.at(call.path()).map(endpoint -> submit(call, fields -> draft(call, endpoint.read(fields, desk()))));
            case POLL -> call.segment(REQUESTS, "/status")
                    .map(id -> desk().poll(this, id, job -> status(job, call.query().containsKey("logs"))))
                    .or(() -> call.segment(REQUESTS, "").map(id -> desk().poll(this, id, job -> identified(job, result(job)))));
            default -> call.gets(KEYS) ? Optional.of(Answer.json(200, signatures.keySet()))
                    : call.method().equals("PUT") ? call.segment(REQUESTS, "/cancel").map(this::cancel) : Optional.empty();
        };
    }

    private static JobDraft draft(Call call, JobDraft draft) {
        if (!call.headers().getOrDefault("x-fal-queue-priority", "normal").matches("normal|low")) {
            throw new GatewayRefusal(Trouble.INVALID, "X-Fal-Queue-Priority: must be normal or low");
        }
        if (!call.headers().getOrDefault("x-fal-request-timeout", "1").matches("\\d+(\\.\\d+)?")) {
            throw new GatewayRefusal(Trouble.INVALID, "X-Fal-Request-Timeout: must be seconds");
        }
        String webhook = call.query().get("fal_webhook");
        return webhook == null ? draft : draft.with(JobDraft.CALLBACK_URL, CallbackUrl.checked("fal_webhook", webhook));
    }

    private Answer cancel(String id) {
        Optional<SimulatedJob> job = desk().job(this, id);
        if (job.isEmpty()) {
            return Answer.json(404, object().put("status", "NOT_FOUND"));
        }
        if (job.get().state().ended()) {
            return Answer.json(400, object().put("status", "ALREADY_COMPLETED"));
        }
        job.get().mark(JobMark.CANCELLED);
        return Answer.json(202, object().put("status", "CANCELLATION_REQUESTED"));
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return identified(job, Answer.json(200, queued(job)));
    }

    @Override
    Answer status(SimulatedJob job) {
        return status(job, false);
    }

    private Answer status(SimulatedJob job, boolean logs) {
        return switch (job.state()) {
            case QUEUED -> Answer.json(202, queued(job));
            case RENDERING -> Answer.json(202, request(job, "IN_PROGRESS", logs));
            case DONE -> Answer.json(200, request(job, "COMPLETED", logs));
            default -> Answer.json(200, request(job, "COMPLETED", logs).put("error", reason(job)).put("error_type", type(job)));
        };
    }

    private ObjectNode queued(SimulatedJob job) {
        return request(job).put("status", "IN_QUEUE").put("queue_position", 0);
    }

    /** With {@code logs=1} they are a list, which clients go through; the simulator writes none. */
    private ObjectNode request(SimulatedJob job, String status, boolean logs) {
        ObjectNode body = request(job).put("status", status);
        return body.set("logs", logs ? body.arrayNode() : body.nullNode());
    }

    /** fal's clients read the request's id of a result from a header. */
    private static Answer identified(SimulatedJob job, Answer answer) {
        return answer.header("x-fal-request-id", job.id());
    }

    private Answer result(SimulatedJob job) {
        return switch (job.state()) {
            case QUEUED, RENDERING -> Answer.json(400, object().put("detail", "Request is still in progress"));
            case DONE -> Answer.json(200, video(job)).header("x-fal-billable-units", Integer.toString(job.spec().seconds()));
            case MODERATED, CANCELLED -> Answer.json(422, problem(job));
            default -> Answer.json(500, object().put("detail", reason(job)));
        };
    }

    /** What is wrong with a job that has no video. */
    private static ObjectNode problem(SimulatedJob job) {
        ObjectNode body = object();
        ObjectNode detail = body.putArray("detail").addObject();
        detail.putArray("loc").add("body").add("prompt");
        detail.put("msg", reason(job)).put("type", type(job));
        return body;
    }

    private ObjectNode video(SimulatedJob job) {
        ObjectNode body = object();
        ObjectNode video = body.putObject("video");
        urlIfAny(job).ifPresent(url -> video.put("url", url));
        video.put("content_type", "video/mp4").put("file_name", job.id() + ".mp4").put("duration", job.spec().seconds())
                .put("width", job.spec().width()).put("height", job.spec().height()).put("fps", 8);
        return body;
    }

    private static String reason(SimulatedJob job) {
        return job.state() == SimulatedJobState.CANCELLED ? "Request was cancelled" : job.outcomeOption("message",
                job.state() == SimulatedJobState.MODERATED ? "The content could not be processed because it contained material"
                        + " flagged by a content checker." : "Internal server error");
    }

    private static String type(SimulatedJob job) {
        return switch (job.state()) {
            case CANCELLED -> "cancelled";
            case MODERATED -> "content_policy_violation";
            default -> job.outcomeOption("code", "internal_server_error");
        };
    }

    private ObjectNode request(SimulatedJob job) {
        String url = desk().origin() + prefix() + REQUESTS + job.id();
        return object().put("request_id", job.id()).put("response_url", url).put("status_url", url + "/status")
                .put("cancel_url", url + "/cancel");
    }

    @Override
    public Optional<Callback> callback(SimulatedJob job) {
        boolean done = job.state() == SimulatedJobState.DONE;
        ObjectNode body = object().put("request_id", job.id()).put("gateway_request_id", job.id()).put("status", done ? "OK" : "ERROR");
        if (done) {
            body.set("payload", video(job));
        } else {
            body.put("error", reason(job)).set("payload", job.state() == SimulatedJobState.MODERATED ? problem(job) : null);
        }
        return Optional.of(Callback.of(body, (bytes, time, forged) -> {
            String message = String.join("\n", job.id(), USER, Long.toString(time), Signatures.hash(bytes));
            return Map.of("x-fal-webhook-request-id", job.id(), "x-fal-webhook-user-id", USER, "x-fal-webhook-timestamp",
                    Long.toString(time), "x-fal-webhook-signature", signatures.ed25519(message, forged));
        }));
    }

    @Override
    String newTaskId() {
        return UUID.randomUUID().toString();
    }

    @Override
    String noCredit() {
        return "User is locked. Reason: Exhausted balance. Top up your balance.";
    }

    /** A text, except for fields that are wrong. */
    @Override
    Answer error(Trouble trouble, String message) {
        return switch (trouble) {
            case MISSING, INVALID, TOO_LONG, UNREADABLE, NO_BODY, UNPROCESSABLE -> wrong(trouble, message);
            case NO_CREDIT -> Answer.json(403, object().put("detail", message));
            default -> Answer.json(trouble.status(), object().put("detail", message));
        };
    }

    private static Answer wrong(Trouble trouble, String message) {
        ObjectNode body = object();
        ObjectNode detail = body.putArray("detail").addObject();
        detail.putArray("loc").add("body").add(message.split("[: ]", 2)[0]);
        detail.put("msg", message).put("type", trouble == Trouble.MISSING ? "missing" : "value_error");
        return Answer.json(422, body);
    }
}
