// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;

/** Replaces a normal answer with the one a fault requires. */
public final class FaultAnswers {

    /** Stands in for a normal answer if nothing was created. */
    static final Supplier<Answer> NOTHING = () -> Answer.text(200, "application/json", "{}");

    private static final String HTML = "<!DOCTYPE html><html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FaultAnswers() {
    }

    static Answer spoil(Gateway gateway, Fault fault, Supplier<Answer> normal) {
        Answer answer = switch (fault.kind().shape()) {
            case ERROR -> error(gateway, fault);
            case RESET -> Answer.none(Answer.Way.RESET);
            case NEVER -> Answer.none(Answer.Way.NEVER);
            case SLOW -> normal.get().delayed(fault.millis("delay", "2s"));
            case MALFORMED -> cut(normal.get());
            case HTML -> html(fault.kind().status());
            case REDIRECT -> Answer.empty(fault.kind().status())
                    .header("location", fault.option("to", "https://login.example/sign-in?next=secret"));
            case EMPTY -> Answer.empty(fault.kind().status());
            case UNKNOWN_STATUS -> unknownStatus(normal.get(), fault.option("word", "pondering"));
            case OUTCOME, TRANSFER, CALLBACK -> normal.get();
        };
        return answer.becauseOf(fault.kind().id());
    }

    /** A proxy's error page. */
    public static Answer html(int status) {
        String title = status >= 400 ? status + " Bad Gateway" : "Just a moment...";
        return Answer.text(status, "text/html; charset=utf-8", HTML.formatted(title));
    }

    private static Answer error(Gateway gateway, Fault fault) {
        Trouble trouble = switch (fault.kind()) {
            case SPEND_LIMIT -> Trouble.SPEND_LIMIT;
            case SUBMIT_503_RATE_LIMIT_UNAVAILABLE -> Trouble.LIMITER_DOWN;
            default -> Trouble.ofStatus(fault.kind().status());
        };
        String words = trouble == Trouble.NO_CREDIT ? gateway.noCredit() : "simulated fault " + fault.kind().id();
        Answer answer = gateway.error(trouble, fault.option("message", words));
        String retryAfter = fault.option("retry-after", trouble == Trouble.RATE_LIMITED ? "1" : "");
        return retryAfter.isEmpty() || fault.kind() == FaultKind.SPEND_LIMIT ? answer : answer.header("retry-after", retryAfter);
    }

    private static Answer cut(Answer normal) {
        byte[] whole = normal.body().length < 4 ? "{\"id\":\"".getBytes(StandardCharsets.UTF_8) : normal.body();
        return normal.body(200, "application/json", Arrays.copyOf(whole, Math.max(3, whole.length / 2)));
    }

    private static Answer unknownStatus(Answer normal, String word) {
        try {
            ObjectNode body = normal.body().length == 0 ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(normal.body());
            body.put("status", word);
            return Answer.json(normal.status(), body);
        } catch (IOException e) {
            throw new UncheckedIOException("a gateway's own answer is JSON", e);
        }
    }
}
