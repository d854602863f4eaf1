// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.SimulatedJob;

/**
 * The answer to a request.
 *
 * @param way     whether and how it is sent
 * @param status  HTTP status; 0 if there is no answer
 * @param delay   milliseconds to wait before answering
 * @param fault   name of the fault that caused it; null if none
 * @param media   the job whose video is the body; null for an ordinary body
 */
public record Answer(Way way, int status, Map<String, String> headers, byte[] body, long delay, String fault, SimulatedJob media) {

    /** How an answer reaches the client. */
    public enum Way {
        /** As usual. */
        NORMAL,
        /** The connection is reset instead. */
        RESET,
        /** The client waits until it gives up. */
        NEVER
    }

    /** A JSON answer. */
    public static Answer json(int status, JsonNode body) {
        return text(status, "application/json", body.toString());
    }

    /** An answer of any type. */
    public static Answer text(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = bytes.length == 0 ? Map.of() : Map.of("content-type", type);
        return new Answer(Way.NORMAL, status, headers, bytes, 0, null, null);
    }

    /** An answer without a body. */
    static Answer empty(int status) {
        return text(status, "", "");
    }

    /** The video of a job, with range support. */
    public static Answer media(SimulatedJob job) {
        return new Answer(Way.NORMAL, 200, Map.of(), new byte[0], 0, null, job);
    }

    /** No answer at all. */
    static Answer none(Way way) {
        return new Answer(way, 0, Map.of(), new byte[0], 0, null, null);
    }

    Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(way, status, more, body, delay, fault, media);
    }

    Answer delayed(long millis) {
        return new Answer(way, status, headers, body, millis, fault, media);
    }

    Answer body(int otherStatus, String type, byte[] other) {
        return new Answer(way, otherStatus, Map.of("content-type", type), other, delay, fault, null);
    }

    Answer becauseOf(String faultName) {
        return new Answer(way, status, headers, body, delay, faultName, media);
    }
}
