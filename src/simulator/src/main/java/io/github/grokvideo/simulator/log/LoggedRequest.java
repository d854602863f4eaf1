// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.log;

import java.time.Instant;
import java.util.Map;

/**
 * One request to a gateway, or one the simulator has sent.
 *
 * @param path    with the query; the whole URL of a request the simulator has sent
 * @param status  the HTTP status answered; 0 if there was no answer
 * @param fault   name of the fault applied to it; null if none
 * @param body    start of the request body as text, at most {@link #MAX_BODY} characters; empty for uploads
 * @param headers by lower-case name, with the key masked
 */
public record LoggedRequest(String method, String path, String gateway, RequestKind kind, int status, String fault, String body,
        Map<String, String> headers, Instant time) {

    /** Characters of a body that are kept. */
    public static final int MAX_BODY = 4096;
}
