// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;

/**
 * One gateway as its clients see it: paths, key, validation, envelopes and status words. What all gateways share (credit, ledger, faults)
 * is in {@link FrontDesk}.
 */
public abstract class Gateway {

    /** Keys that contain this are refused as unknown. */
    static final String INVALID_KEY = "invalid";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id;
    private final String prefix;
    private final String keyPrefix;
    private final String unit;
    private final FrontDesk desk;

    /**
     * @param prefix    path of the base URL
     * @param keyPrefix prefix of all its keys
     * @param unit      billing unit
     */
    Gateway(String id, String prefix, String keyPrefix, String unit, FrontDesk desk) {
        this.id = id;
        this.prefix = prefix;
        this.keyPrefix = keyPrefix;
        this.unit = unit;
        this.desk = desk;
    }

    /** Its name, as in {@link Gateways}. */
    public final String id() {
        return id;
    }

    /** Path of the base URL, such as {@code /xai/v1}. */
    public final String prefix() {
        return prefix;
    }

    /** A key this gateway accepts. */
    public final String sampleKey() {
        return keyPrefix + "simulator0000000000000000";
    }

    /** {@code USD} or {@code credits}. */
    public final String unit() {
        return unit;
    }

    /** Answers a request; never throws because of a client's mistake. */
    public final Answer handle(Call call) {
        try {
            if (!open(call)) {
                authorize(call);
            }
            return route(call).orElseThrow(() -> new GatewayRefusal(
                    Trouble.NO_PATH, "No such endpoint: " + call.method() + " " + call.path()));
        } catch (GatewayRefusal refusal) {
            return error(refusal.trouble(), refusal.getMessage());
        }
    }

    /** What a request is for. */
    public abstract RequestKind kind(Call call);

    /** Whether anybody may make this request, without a key. */
    boolean open(Call call) {
        return false;
    }

    /** The webhook about the end of a job whose request names a URL; empty if this gateway sends none. */
    public Optional<Callback> callback(SimulatedJob job) {
        return Optional.empty();
    }

    /** Answers an authorised request; empty if there is no such path. */
    abstract Optional<Answer> route(Call call);

    /** A refusal with this gateway's own envelope, status and text. */
    abstract Answer error(Trouble trouble, String message);

    /** This gateway's message for an account without credit. */
    String noCredit() {
        return "Your credit balance is too low. Please top up.";
    }

    /** The answer to a submit. */
    abstract Answer accepted(SimulatedJob job);

    /** The answer to a status query. */
    abstract Answer status(SimulatedJob job);

    /** A new task id in this gateway's style. */
    abstract String newTaskId();

    /** The scheme of the Authorization header. */
    String scheme() {
        return "Bearer";
    }

    /** The key of a request; empty if there is none, or under another scheme. */
    final Optional<String> key(Call call) {
        return call.key(scheme());
    }

    final FrontDesk desk() {
        return desk;
    }

    /** Reads the body, validates it and passes it to the front desk. */
    final Answer submit(Call call, Function<Fields, JobDraft> validation) {
        return submit(call, validation.apply(new Fields(body(call))));
    }

    /** Passes a validated request to the front desk. */
    final Answer submit(Call call, JobDraft draft) {
        return desk.submit(this, call, draft);
    }

    /** Answers a status query about a task id of this gateway. */
    final Answer poll(String taskId) {
        return desk.poll(this, taskId);
    }

    /** The URL of a finished job's video; empty if a fault omits it. */
    final Optional<String> urlIfAny(SimulatedJob job) {
        return job.is(FaultKind.DONE_WITHOUT_URL) ? Optional.empty() : Optional.of(desk.url(job));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static BigDecimal amount(String perSecond, int seconds) {
        return new BigDecimal(perSecond).multiply(BigDecimal.valueOf(seconds));
    }

    private void authorize(Call call) {
        if (!call.headers().containsKey("authorization")) {
            throw new GatewayRefusal(Trouble.NO_KEY, "Missing Authorization header");
        }
        String key = key(call).orElseThrow(() -> new GatewayRefusal(
                Trouble.MALFORMED_KEY, "Authorization must be: " + scheme() + " <key>"));
        if (!key.startsWith(keyPrefix) || key.length() == keyPrefix.length() || key.contains(INVALID_KEY)) {
            throw new GatewayRefusal(Trouble.WRONG_KEY, "Incorrect API key provided");
        }
    }

    /** Whether it takes multipart requests as it takes JSON. */
    boolean readsForms() {
        return false;
    }

    /** The body as a JSON object. */
    final JsonNode body(Call call) {
        if (call.form() != null && readsForms()) {
            return FormBody.of(call.form());
        }
        if (call.body().length == 0) {
            throw new GatewayRefusal(Trouble.NO_BODY, "Request body is empty");
        }
        try {
            JsonNode json = JSON.readTree(call.body());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new GatewayRefusal(Trouble.UNREADABLE, "Request body is not valid JSON");
        }
        throw new GatewayRefusal(Trouble.UNREADABLE, "Request body must be a JSON object");
    }
}
