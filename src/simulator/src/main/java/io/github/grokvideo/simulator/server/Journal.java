// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.log.RequestLog;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** Logs requests before they are answered, so that a client with an answer finds its request in the log. */
final class Journal {

    private final RequestLog log;

    Journal(RequestLog log) {
        this.log = log;
    }

    void note(HttpServerRequest request, String gateway, RequestKind kind, int status, String fault, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LoggedRequest.MAX_BODY), StandardCharsets.UTF_8);
        log.add(new LoggedRequest(request.method().name(), request.uri(), gateway, kind, status, fault, text,
                masked(headers(request.headers())), Instant.now()));
    }

    static Map<String, String> headers(MultiMap headers) {
        Map<String, String> byName = new TreeMap<>();
        headers.forEach((name, value) -> byName.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        return byName;
    }

    /** Keeps only the scheme and the known prefix of a key: enough to identify the account, too little to use it. */
    private static Map<String, String> masked(Map<String, String> headers) {
        headers.computeIfPresent("authorization", (name, value) -> {
            int key = value.indexOf(' ') + 1;
            return value.substring(0, Math.min(value.length(), key + 3)) + "***";
        });
        return headers;
    }
}
