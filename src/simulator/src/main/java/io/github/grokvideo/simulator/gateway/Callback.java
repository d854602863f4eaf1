// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A gateway's webhook about the end of a job.
 *
 * @param body   the same for all tries
 * @param signer gives the headers of a try
 */
public record Callback(String body, Signer signer) {

    /** Headers that let the receiver know the sender. */
    @FunctionalInterface
    public interface Signer {

        /** Nothing is signed. */
        Signer NONE = (body, time, forged) -> Map.of();

        /**
         * The headers of a try.
         *
         * @param time   seconds since 1970, as the sender claims
         * @param forged whether another secret signs than the receiver's
         */
        Map<String, String> headers(byte[] body, long time, boolean forged);
    }

    static Callback of(JsonNode body, Signer signer) {
        return new Callback(body.toString(), signer);
    }

    /** The headers of a try. */
    public Map<String, String> headers(long time, boolean forged) {
        return signer.headers(bytes(), time, forged);
    }

    /** The body as it is sent. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
