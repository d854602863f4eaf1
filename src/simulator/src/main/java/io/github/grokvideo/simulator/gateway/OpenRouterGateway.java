// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;

/** OpenRouter: 202 on submit, prices as data, the cost in the status, content behind the key. */
final class OpenRouterGateway extends Gateway {

    static final String ID = "openrouter";

    private final OpenRouterValidation validation;

    OpenRouterGateway(FrontDesk desk) {
        super(ID, "/openrouter/api/v1", "sk-or-", "USD", desk);
        this.validation = new OpenRouterValidation(desk);
    }

    @Override
    public RequestKind kind(Call call) {
        if (call.posts("/videos")) {
            return RequestKind.SUBMIT;
        }
        if (!call.method().equals("GET") || call.path().equals("/videos/models")) {
            return RequestKind.OTHER;
        }
        return call.segment("/videos/", "/content").isPresent() ? RequestKind.DOWNLOAD
                : call.segment("/videos/", "").isPresent() ? RequestKind.POLL : RequestKind.OTHER;
    }

    @Override
    Optional<Answer> route(Call call) {
        return switch (kind(call)) {
            case SUBMIT -> Optional.of(submit(call, validation::read));
            case POLL -> call.segment("/videos/", "").map(this::poll);
            case DOWNLOAD -> call.segment("/videos/", "/content").map(id -> content(id, call.query().getOrDefault("index", "0")));
            default -> call.gets("/videos/models") ? Optional.of(models()) : Optional.empty();
        };
    }

    private Answer content(String id, String index) {
        SimulatedJob job = desk().job(this, id).orElseThrow(() -> new GatewayRefusal(Trouble.NO_TASK, "Video job not found"));
        if (!job.state().ended()) {
            throw new GatewayRefusal(Trouble.CONFLICT, "Video is not ready");
        }
        if (!index.equals("0")) {
            throw new GatewayRefusal(Trouble.NO_TASK, "There is no video " + index);
        }
        if (job.state() != SimulatedJobState.DONE || job.is(FaultKind.DONE_WITHOUT_URL) || !job.serves(job.urlVersion())) {
            throw new GatewayRefusal(Trouble.GONE, "Video is no longer available");
        }
        return Answer.media(job);
    }

    private static Answer models() {
        ObjectNode body = object();
        var data = body.putArray("data");
        for (XaiModel model : XaiModel.values()) {
            ObjectNode entry = data.addObject().put("id", OpenRouterValidation.VENDOR + model.id()).put("name", "xAI: " + model.id());
            var resolutions = entry.putArray("supported_resolutions");
            model.resolutions().stream().sorted().forEach(resolutions::add);
            var ratios = entry.putArray("supported_aspect_ratios");
            for (String ratio : XaiValidation.RATIOS) {
                ratios.add(ratio);
            }
            var durations = entry.putArray("supported_durations");
            for (int seconds = 1; seconds <= 15; seconds++) {
                durations.add(seconds);
            }
            var frames = entry.putArray("supported_frame_images").add("first_frame");
            if (model == XaiModel.V15) {
                frames.add("last_frame");
            }
            entry.put("generate_audio", true).put("seed", true);
            ObjectNode prices = entry.putObject("pricing_skus");
            model.resolutions().forEach(resolution ->
                    prices.put("duration_seconds_" + resolution, model.perSecond(resolution).toPlainString()));
            prices.put("input_image", model.perImage().toPlainString());
        }
        return Answer.json(200, body);
    }

    @Override
    Answer accepted(SimulatedJob job) {
        return Answer.json(202, describe(job, "pending"));
    }

    @Override
    Answer status(SimulatedJob job) {
        return Answer.json(200, describe(job));
    }

    private ObjectNode describe(SimulatedJob job) {
        return switch (job.state()) {
            case QUEUED -> describe(job, "pending");
            case RENDERING -> describe(job, "in_progress");
            case DONE -> done(job);
            case FAILED -> failed(job, "failed", "Video generation failed");
            case MODERATED -> failed(job, "failed", "The request was blocked by the provider's content moderation");
            case EXPIRED -> failed(job, "expired", "The job expired before it was completed");
            case CANCELLED -> failed(job, "cancelled", "The job was cancelled");
        };
    }

    private ObjectNode done(SimulatedJob job) {
        ObjectNode body = describe(job, "completed").put("generation_id", "gen-vid-" + job.id());
        var urls = body.putArray("unsigned_urls");
        if (job.is(FaultKind.URL_ELSEWHERE)) {
            urls.add(desk().origin() + prefix() + "/videos/" + job.id() + "/content?index=0");
            body.putArray("urls").add(desk().url(job));
        } else {
            urlIfAny(job).ifPresent(urls::add);
        }
        body.putObject("usage").put("cost", job.price()).put("is_byok", false);
        return body;
    }

    private ObjectNode failed(SimulatedJob job, String status, String reason) {
        return describe(job, status).put("error", job.outcomeOption("message", reason));
    }

    private ObjectNode describe(SimulatedJob job, String status) {
        return object().put("id", job.id()).put("polling_url", desk().origin() + prefix() + "/videos/" + job.id()).put("status", status);
    }

    @Override
    public Optional<Callback> callback(SimulatedJob job) {
        ObjectNode data = describe(job);
        String status = data.get("status").textValue();
        ObjectNode body = object().put("type", "video.generation." + status).put("created_at", job.finished().toString());
        body.set("data", data);
        Optional<String> secret = desk().webhookSecret(this);
        return Optional.of(Callback.of(body, (bytes, time, forged) -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("x-openrouter-idempotency-key", job.id() + "-" + status);
            // Without a secret in the account's settings, nothing is signed.
            secret.ifPresent(known -> headers.put("x-openrouter-signature",
                    "t=" + time + ",v1=" + Signatures.hmac(forged ? "not " + known : known, time + ",", bytes)));
            return headers;
        }));
    }

    @Override
    String newTaskId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    @Override
    Answer error(Trouble trouble, String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", trouble.status()).put("message", message);
        return Answer.json(trouble.status(), body);
    }
}
